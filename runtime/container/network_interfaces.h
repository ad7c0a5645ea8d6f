// The network interfaces of a container and what went through them.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/base/pid.h"

namespace tare {

struct NetworkInterface {
  std::string name;
  uint64_t received_bytes = 0, received_packets = 0, received_errors = 0, received_dropped = 0;
  uint64_t sent_bytes = 0, sent_packets = 0, sent_errors = 0, sent_dropped = 0;
};

// Those of the network namespace of the container's init; none when that is our own, whose
// interfaces are not the container's, or init is gone, or not ours to look at. At most the first
// 1000: the container may have made as many as it likes.
std::vector<NetworkInterface> network_interfaces(const ProcessIdentity& init);

// The same of the text of /proc/PID/net/dev.
std::vector<NetworkInterface> parse_net_dev(std::string_view text);

}  // namespace tare
