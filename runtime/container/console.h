// Handing descriptors to the caller over the sockets it named.
#pragma once

#include <string>
#include <string_view>

#include "runtime/base/fd.h"

namespace tare {

// --console-socket: the pty's master and, as payload, its name (go-runc wants neither empty).
void send_console(const Fd& socket, const Fd& master, std::string_view name);

// --pidfd-socket: the pidfd of init, payload "standard".
void send_pidfd(const Fd& socket, const Fd& pidfd);

// Connects to either, before anything is made: a path that is wrong costs nothing then. Throws an
// Error naming `option` ("--console-socket").
Fd connect_caller_socket(std::string_view option, const std::string& path);

}  // namespace tare
