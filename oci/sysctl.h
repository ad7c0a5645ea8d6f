// Names of kernel parameters.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace tare::oci {

// The path below /proc/sys that `name` means, in either spelling, as sysctl(8) reads it:
// "net.ipv4.conf.eth0/1.mtu" and "net/ipv4/conf/eth0.1/mtu" are both "net/ipv4/conf/eth0.1/mtu".
// Nothing when it is malformed: an empty component, "." or "..", or a character other than letters,
// digits, "_", "-" and ".".
std::optional<std::string> sysctl_path(std::string_view name);

// The type of the namespace ("ipc", "network", "uts", "user") that has a parameter of its own at
// `path`; empty when the parameter is the whole host's.
std::string_view sysctl_namespace(std::string_view path);

}  // namespace tare::oci
