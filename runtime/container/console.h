// Handing descriptors to the caller over the sockets it named.
#pragma once

#include <string>
#include <string_view>

#include "runtime/base/fd.h"

namespace tare {

// A connection to a socket that the caller named. False: it named none.
struct CallerSocket {
  std::string name;  // "--console-socket PATH", for errors
  Fd fd;

  explicit operator bool() const { return static_cast<bool>(fd); }
};

// --console-socket: the pty's master and, as payload, its name (go-runc wants neither empty).
void send_console(const CallerSocket& socket, const Fd& master, std::string_view name);

// --pidfd-socket: the pidfd of init, payload "standard"; of a process that joins, "setns".
void send_pidfd(const CallerSocket& socket, std::string_view payload, const Fd& pidfd);

// Connects to either, before anything is made: a path that is wrong costs nothing then. Throws an
// Error naming `option` ("--console-socket") and the path.
CallerSocket connect_caller_socket(std::string_view option, const std::string& path);

}  // namespace tare
