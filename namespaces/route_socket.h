// A conversation with the kernel about the interfaces of one network namespace: rtnetlink(7).
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "namespaces/route_message.h"
#include "runtime/base/fd.h"

namespace tare::namespaces {

class RouteSocket {
 public:
  // Of the caller's own network namespace.
  RouteSocket();
  // Of the one that the process behind `pidfd` is in. Needs CAP_SYS_ADMIN over it. The caller stays
  // where it is: a short-lived child goes there for the socket.
  static RouteSocket inside(const Fd& pidfd);

  // The network namespace, for IFLA_NET_NS_FD. It lives as long as the socket does.
  Fd network_namespace() const;

  // Has the request carried out. Throws the kernel's refusal: "`what`: errno text (its words)".
  void order(const RouteRequest& request, std::string_view what);
  // The one message that answers, nothing where there is no such interface (ENODEV).
  std::optional<RouteReply> ask(const RouteRequest& request, std::string_view what);
  // Every message of a dump, taken at one moment.
  std::vector<RouteReply> list(const RouteRequest& request, std::string_view what);

 private:
  explicit RouteSocket(Fd socket);
  void send(const RouteRequest& request, uint16_t flags);
  std::vector<RouteReply> receive();
  std::optional<std::vector<RouteReply>> try_list(const RouteRequest& request,
                                                  std::string_view what);

  Fd socket_;
  uint32_t port_ = 0;
  uint32_t sequence_ = 0;
};

}  // namespace tare::namespaces
