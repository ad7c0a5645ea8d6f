// An interface is moved by one request on a socket of the namespace it is in; the target is named
// by a descriptor. The kernel closes the interface on the way and drops its addresses, so they are
// read before and set again behind it (runtime-spec config-linux.md, "Network Devices").
//
// The index there is chosen by us (IFLA_NEW_IFINDEX, Linux 5.13): that is how the interface is
// found again when the kernel picks its name. The request moves first and renames then; refused
// half-way, the interface is there already. So what is about to be moved is noted before, and
// giving back asks where it is.
//
// Our socket keeps the container's network namespace alive when its init has died already;
// otherwise the kernel would destroy virtual interfaces with it.
#include "namespaces/net_devices.h"

#include <linux/if_addr.h>
#include <linux/if_link.h>
#include <linux/rtnetlink.h>
#include <net/if.h>

#include <algorithm>
#include <cerrno>
#include <utility>

#include "runtime/base/error.h"
#include "runtime/base/log.h"
#include "runtime/base/strings.h"
#include "runtime/base/sys.h"

namespace tare::namespaces {
namespace {

// What a user can ask for; the others tell a state.
constexpr uint32_t kKeptFlags = IFA_F_NODAD | IFA_F_HOMEADDRESS | IFA_F_MANAGETEMPADDR |
                                IFA_F_NOPREFIXROUTE | IFA_F_MCAUTOJOIN | IFA_F_OPTIMISTIC;
constexpr uint16_t kKeptAttributes[] = {IFA_ADDRESS,   IFA_LOCAL,     IFA_LABEL,
                                        IFA_BROADCAST, IFA_CACHEINFO, IFA_RT_PRIORITY};

// --- asking

struct Link {
  std::string name;
  int index = 0;
  unsigned flags = 0;  // IFF_*
};

std::optional<Link> ask_link(RouteSocket& socket, const RouteRequest& request) {
  auto reply = socket.ask(request, "look at");
  if (!reply) return std::nullopt;
  auto body = reply->body<ifinfomsg>();
  return Link{reply->text(sizeof body, IFLA_IFNAME), body.ifi_index, body.ifi_flags};
}

std::optional<Link> find_link(RouteSocket& socket, const std::string& name) {
  RouteRequest request(RTM_GETLINK, ifinfomsg{});
  return ask_link(socket, request.add_text(IFLA_IFNAME, name));
}

std::optional<Link> find_link(RouteSocket& socket, int index) {
  ifinfomsg body{};
  body.ifi_index = index;
  return ask_link(socket, RouteRequest(RTM_GETLINK, body));
}

NetAddress address_of(const RouteReply& reply) {
  auto body = reply.body<ifaddrmsg>();
  NetAddress address{body.ifa_family, body.ifa_prefixlen, body.ifa_scope, body.ifa_flags, {}};
  for (const RouteAttribute& attribute : reply.attributes(sizeof body)) {
    if (attribute.type == IFA_FLAGS && attribute.bytes.size() == sizeof address.flags) {
      std::memcpy(&address.flags, attribute.bytes.data(), sizeof address.flags);
    }
    if (std::count(std::begin(kKeptAttributes), std::end(kKeptAttributes), attribute.type) != 0) {
      address.attributes.emplace_back(attribute.type, attribute.bytes);
    }
  }
  return address;
}

std::vector<NetAddress> addresses_of(RouteSocket& socket, int index) {
  ifaddrmsg body{};
  body.ifa_index = static_cast<uint32_t>(index);
  std::vector<NetAddress> found;
  for (const RouteReply& reply : socket.list(RouteRequest(RTM_GETADDR, body), "list addresses")) {
    // Not every family knows how to leave the others out.
    if (reply.body<ifaddrmsg>().ifa_index == body.ifa_index) found.push_back(address_of(reply));
  }
  return found;
}

// An index that is free there, the same if possible: that is how it can be found again.
int free_index(RouteSocket& socket, int index) {
  while (find_link(socket, index)) ++index;
  return index;
}

// --- changing

struct Move {
  int index = 0;
  const RouteSocket& target;
  std::string name;
  int new_index = 0;
};

void move_link(RouteSocket& socket, const Move& move) {
  Fd ns = move.target.network_namespace();
  ifinfomsg body{};
  body.ifi_index = move.index;
  RouteRequest request(RTM_SETLINK, body);
  request.add_number(IFLA_NET_NS_FD, ns.get());
  request.add_number(IFLA_NEW_IFINDEX, move.new_index);
  request.add_text(IFLA_IFNAME, move.name);
  socket.order(request, "move");
}

void bring_up(RouteSocket& socket, int index) {
  ifinfomsg body{};
  body.ifi_index = index;
  body.ifi_flags = body.ifi_change = IFF_UP;
  socket.order(RouteRequest(RTM_SETLINK, body), "bring up");
}

enum class Label { Same, New };

// A label begins with the interface's name (ip-address(8)); without one the kernel takes the name.
void add_address(RouteSocket& socket, int index, const NetAddress& address, Label label) {
  ifaddrmsg body{};
  body.ifa_family = address.family;
  body.ifa_prefixlen = address.prefix_length;
  body.ifa_scope = address.scope;
  body.ifa_index = static_cast<uint32_t>(index);
  RouteRequest request(RTM_NEWADDR, body);
  request.add_number(IFA_FLAGS, address.flags & kKeptFlags);
  for (const auto& [type, bytes] : address.attributes) {
    if (type != IFA_LABEL || label == Label::Same) request.add(type, bytes);
  }
  socket.order(request, "add an address to");
}

bool is_pattern(const std::string& name) {
  return name.ends_with("%d");
}

bool is_carried(const NetAddress& address) {
  return (address.flags & IFA_F_PERMANENT) != 0 && address.scope == RT_SCOPE_UNIVERSE;
}

// Not what the kernel makes by itself from others (privacy extensions of IPv6).
bool is_restorable(const NetAddress& address) {
  return address.family != AF_INET6 || (address.flags & IFA_F_TEMPORARY) == 0;
}

}  // namespace

std::vector<NetDevice> find_net_devices(const oci::Map<oci::NetDevice>& wanted) {
  std::vector<NetDevice> devices;
  if (wanted.empty()) return devices;
  if (::geteuid() != 0) throw Error("network devices are not supported for rootless containers");
  RouteSocket socket;
  for (const auto& [name, configured] : wanted) {
    Scope scope("network device " + name);
    auto link = find_link(socket, name);
    if (!link) throw Error("no such device");
    if ((link->flags & IFF_LOOPBACK) != 0) {
      throw Error("the loopback interface cannot leave its network namespace");
    }
    for (const NetDevice& other : devices) {
      if (other.index == link->index) throw Error("is the same interface as " + other.name);
    }
    devices.push_back({link->name, configured.name.empty() ? link->name : configured.name,
                       link->index, (link->flags & IFF_UP) != 0,
                       addresses_of(socket, link->index)});
  }
  return devices;
}

MovedNetDevices::MovedNetDevices(const std::vector<NetDevice>& devices, const Fd& pidfd)
    : host_(RouteSocket()), container_(RouteSocket::inside(pidfd)) {
  check_names(devices);
  moved_.reserve(devices.size());
  // A constructor that throws has no destructor to give back what it moved.
  try {
    for (const NetDevice& device : devices) take(device);
  } catch (const Error&) {
    give_back();
    throw;
  }
}

MovedNetDevices& MovedNetDevices::operator=(MovedNetDevices&& other) noexcept {
  if (this == &other) return *this;
  give_back();
  host_ = std::move(other.host_);
  container_ = std::move(other.container_);
  moved_ = std::exchange(other.moved_, {});
  return *this;
}

void MovedNetDevices::check_names(const std::vector<NetDevice>& devices) {
  if (sys::is_same_file(sys::fstat(host_->network_namespace()),
                        sys::fstat(container_->network_namespace()))) {
    throw Error("unable to move network devices: the container is in our own network namespace");
  }
  for (const NetDevice& device : devices) {
    if (is_pattern(device.container_name)) continue;
    if (!find_link(*container_, device.container_name)) continue;
    throw Error("network device " + device.name + ": an interface " + quote(device.container_name) +
                " exists already in the container's network namespace");
  }
}

void MovedNetDevices::take(const NetDevice& device) {
  Scope scope("network device " + device.name);
  int index = free_index(*container_, device.index);
  moved_.push_back({device, index});
  move_link(*host_, {device.index, *container_, device.container_name, index});
  auto link = find_link(*container_, index);
  bool named = link && (is_pattern(device.container_name) || link->name == device.container_name);
  if (!named) throw Error("is not what was moved");
  Label label = link->name == device.name ? Label::Same : Label::New;
  for (const NetAddress& address : device.addresses) {
    if (is_carried(address)) add_address(*container_, index, address, label);
  }
  bring_up(*container_, index);
}

void MovedNetDevices::give_back() noexcept {
  // Last first, so that each finds the place it left.
  for (; !moved_.empty(); moved_.pop_back()) {
    const Moved& moved = moved_.back();
    Scope scope("give back network device " + moved.device.name);
    try {
      give_back(moved);
    } catch (const Error& error) {
      log_warning(error.what());
    }
  }
}

void MovedNetDevices::give_back(const Moved& moved) {
  const NetDevice& device = moved.device;
  auto at_home = find_link(*host_, device.index);
  if (at_home && at_home->name == device.name) return;  // it never left
  int index = free_index(*host_, device.index);
  move_link(*container_, {moved.index, *host_, device.name, index});
  for (const NetAddress& address : device.addresses) {
    if (is_restorable(address)) add_address(*host_, index, address, Label::Same);
  }
  if (device.up) bring_up(*host_, index);
}

}  // namespace tare::namespaces
