// One request at a time, so that everything received belongs to it; what another process or an
// earlier request would have sent is not listened to. The kernel answers before sendmsg returns,
// only a long dump is continued by reading: nothing here waits.
//
// A netlink socket belongs to the network namespace it was made in, and every request on it is
// judged by the rights of its maker too (netlink_capable): one that tare-init had made in a user
// namespace could not move an interface back to the host. So a child of ours makes it, which shares
// our table of descriptors and is gone before we go on.
#include "namespaces/route_socket.h"

#include <linux/rtnetlink.h>
#include <linux/sockios.h>
#include <sched.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/wait.h>

#include <cerrno>

#include "runtime/base/error.h"
#include "runtime/base/sys.h"

namespace tare::namespaces {
namespace {

constexpr size_t kDatagram = 32768;  // the most that the kernel puts into one answer
constexpr int kDumps = 16;           // tries at a list that changes while it is read

int route_socket() {
  return ::socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_ROUTE);
}

[[noreturn]] void refuse(const RouteVerdict& verdict, std::string_view what) {
  Error error(verdict.error, what, "");
  if (!verdict.words.empty()) error.with_hint(verdict.words);
  throw error;
}

// In a copy of tare that shares its descriptors: puts a socket of the namespace into `place`.
[[noreturn]] void make_socket_inside(const Fd& pidfd, const Fd& place) {
  if (::setns(pidfd.get(), CLONE_NEWNET) != 0) ::_exit(errno);
  int socket = route_socket();
  if (socket < 0 || ::dup3(socket, place.get(), O_CLOEXEC) < 0) ::_exit(errno);
  ::close(socket);
  ::_exit(0);
}

}  // namespace

RouteSocket::RouteSocket() : RouteSocket(Fd(route_socket())) {}

RouteSocket RouteSocket::inside(const Fd& pidfd) {
  Fd place = sys::dup_cloexec(pidfd);
  Fd child;
  if (sys::clone3(CLONE_FILES, &child, -1) == 0) make_socket_inside(pidfd, place);
  auto end = sys::waitid(child, WEXITED);
  if (end && end->si_code == CLD_EXITED && end->si_status == 0)
    return RouteSocket(std::move(place));
  int error = end && end->si_code == CLD_EXITED ? end->si_status : ECHILD;
  throw Error(error, "open a socket in", "the container's network namespace");
}

RouteSocket::RouteSocket(Fd socket) : socket_(std::move(socket)) {
  if (!socket_) throw Error(errno, "socket", "rtnetlink");
  for (int option : {NETLINK_CAP_ACK, NETLINK_EXT_ACK, NETLINK_GET_STRICT_CHK}) {
    const int on = 1;
    if (::setsockopt(socket_.get(), SOL_NETLINK, option, &on, sizeof on) != 0) {
      throw Error(errno, "setsockopt", "rtnetlink");
    }
  }
  sockaddr_nl address{};
  address.nl_family = AF_NETLINK;
  socklen_t size = sizeof address;
  if (::bind(socket_.get(), reinterpret_cast<sockaddr*>(&address), size) != 0 ||
      ::getsockname(socket_.get(), reinterpret_cast<sockaddr*>(&address), &size) != 0) {
    throw Error(errno, "bind", "rtnetlink");
  }
  port_ = address.nl_pid;
}

Fd RouteSocket::network_namespace() const {
  Fd ns(::ioctl(socket_.get(), SIOCGSKNS));
  if (!ns) throw Error(errno, "ioctl", "the network namespace of a socket");
  return ns;
}

void RouteSocket::send(const RouteRequest& request, uint16_t flags) {
  std::string bytes = request.bytes(flags, ++sequence_, port_);
  sockaddr_nl kernel{};
  kernel.nl_family = AF_NETLINK;
  ssize_t sent = ::sendto(socket_.get(), bytes.data(), bytes.size(), 0,
                          reinterpret_cast<sockaddr*>(&kernel), sizeof kernel);
  if (sent != static_cast<ssize_t>(bytes.size())) throw Error(errno, "send", "rtnetlink");
}

// The messages of one datagram that answer the last request.
std::vector<RouteReply> RouteSocket::receive() {
  std::string buffer(kDatagram, '\0');
  for (;;) {
    sockaddr_nl sender{};
    iovec part{buffer.data(), buffer.size()};
    msghdr message{};
    message.msg_name = &sender;
    message.msg_namelen = sizeof sender;
    message.msg_iov = &part;
    message.msg_iovlen = 1;
    ssize_t size = ::recvmsg(socket_.get(), &message, 0);
    if (size < 0 && errno == EINTR) continue;
    if (size < 0) throw Error(errno, "recvmsg", "rtnetlink");
    if ((message.msg_flags & MSG_TRUNC) != 0) throw Error(EMSGSIZE, "recvmsg", "rtnetlink");
    if (sender.nl_pid != 0) continue;
    auto replies = route_replies({buffer.data(), static_cast<size_t>(size)});
    std::erase_if(replies, [&](const RouteReply& reply) {
      return reply.sequence != sequence_ || reply.port != port_;
    });
    if (!replies.empty()) return replies;
  }
}

void RouteSocket::order(const RouteRequest& request, std::string_view what) {
  send(request, NLM_F_ACK);
  for (const RouteReply& reply : receive()) {
    if (reply.type != NLMSG_ERROR) continue;
    if (RouteVerdict verdict = route_verdict(reply); verdict.error != 0) refuse(verdict, what);
    return;
  }
  throw Error(EPROTO, what, "");
}

std::optional<RouteReply> RouteSocket::ask(const RouteRequest& request, std::string_view what) {
  send(request, 0);
  RouteReply reply = receive().front();
  if (reply.type != NLMSG_ERROR) return reply;
  RouteVerdict verdict = route_verdict(reply);
  if (verdict.error != ENODEV) refuse(verdict, what);
  return std::nullopt;
}

std::vector<RouteReply> RouteSocket::list(const RouteRequest& request, std::string_view what) {
  for (int i = 0; i < kDumps; ++i) {
    if (auto replies = try_list(request, what)) return std::move(*replies);
  }
  throw Error(EAGAIN, what, "");
}

// Nothing when the list changed while it was read (NLM_F_DUMP_INTR).
std::optional<std::vector<RouteReply>> RouteSocket::try_list(const RouteRequest& request,
                                                             std::string_view what) {
  send(request, NLM_F_DUMP);
  std::vector<RouteReply> all;
  bool whole = true;
  for (;;) {
    for (RouteReply& reply : receive()) {
      whole = whole && (reply.flags & NLM_F_DUMP_INTR) == 0;
      if (reply.type == NLMSG_ERROR) refuse(route_verdict(reply), what);
      if (reply.type == NLMSG_DONE) {
        if (int error = reply.body<int>(); error < 0) refuse({-error, ""}, what);
        return whole ? std::optional(std::move(all)) : std::nullopt;
      }
      all.push_back(std::move(reply));
    }
  }
}

}  // namespace tare::namespaces
