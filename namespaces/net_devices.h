// Interfaces of the host that become the container's (linux.netDevices).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "namespaces/route_socket.h"
#include "oci/config.h"
#include "runtime/base/fd.h"

namespace tare::namespaces {

// An address as a dump has it: what is needed to give it to the interface again.
struct NetAddress {
  uint8_t family = 0, prefix_length = 0, scope = 0;
  uint32_t flags = 0;  // IFA_F_*
  std::vector<std::pair<uint16_t, std::string>> attributes;
};

// One interface as it is in the runtime's own network namespace.
struct NetDevice {
  std::string name;
  std::string container_name;  // may end in %d: the kernel puts a number there
  int index = 0;
  bool up = false;
  std::vector<NetAddress> addresses;
};

// Looks at the interfaces that `wanted` names. Throws when one is not there, is the loopback or
// is named twice, and for an ordinary user, who may not move any.
std::vector<NetDevice> find_net_devices(const oci::Map<oci::NetDevice>& wanted);

// Interfaces that have been moved. The destructor gives them back unless they are kept: with their
// name, index, addresses and state. What cannot be given back is said as a warning.
class MovedNetDevices {
 public:
  MovedNetDevices() = default;
  // Moves `devices` into the network namespace of the process behind `pidfd`, under the names they
  // shall have there, with their permanent global addresses, and brings them up. Throws with none
  // moved when a name is taken there or that namespace is the runtime's own.
  MovedNetDevices(const std::vector<NetDevice>& devices, const Fd& pidfd);
  MovedNetDevices(MovedNetDevices&&) = default;
  MovedNetDevices& operator=(MovedNetDevices&& other) noexcept;
  ~MovedNetDevices() { give_back(); }

  // They are the container's now: the runtime does not look at them again (netdev-8, netdev-9).
  void keep() { moved_.clear(); }

 private:
  struct Moved {
    NetDevice device;
    int index = 0;  // in the container's network namespace
  };
  void check_names(const std::vector<NetDevice>& devices);
  void take(const NetDevice& device);
  void give_back() noexcept;
  void give_back(const Moved& moved);

  std::optional<RouteSocket> host_, container_;
  std::vector<Moved> moved_;  // or about to be
};

}  // namespace tare::namespaces
