// One SEQPACKET socket: message borders are the kernel's, and end-of-file is the other side's
// death.
#include "runtime/container/channel.h"

#include <sys/socket.h>

#include <cerrno>
#include <cstring>

#include "runtime/base/error.h"
#include "runtime/base/sys.h"

namespace tare {

Channel::Channel() {
  sys::socketpair_seqpacket(ours_, theirs_);
}

std::optional<Received> Channel::receive() {
  Received received;
  iovec part{&received.report, sizeof received.report};
  alignas(cmsghdr) char control[CMSG_SPACE(sizeof(int))] = {};
  msghdr message{};
  message.msg_iov = &part;
  message.msg_iovlen = 1;
  message.msg_control = control;
  message.msg_controllen = sizeof control;
  ssize_t size = 0;
  do {
    size = ::recvmsg(ours_.get(), &message, MSG_CMSG_CLOEXEC);
  } while (size < 0 && errno == EINTR);
  if (size < 0 && errno != ECONNRESET) throw Error(errno, "recvmsg", "container init");
  if (const cmsghdr* header = CMSG_FIRSTHDR(&message);
      size > 0 && header != nullptr && header->cmsg_type == SCM_RIGHTS) {
    int fd = -1;
    std::memcpy(&fd, CMSG_DATA(header), sizeof fd);
    received.fd = Fd(fd);
  }
  if (size <= 0) return std::nullopt;
  if (size != sizeof received.report || received.report.magic != act::kReportMagic) {
    throw Error("container init sent something that is no report");
  }
  return received;
}

void Channel::go_on(act::SyncPoint point, const Fd& fd) {
  send(static_cast<int32_t>(point), fd);
}

void Channel::child_prepared() {
  send(0);
}

void Channel::send(int32_t value, const Fd& fd) {
  act::Report report;
  report.type = act::ReportType::Continue;
  report.value = value;
  int number = fd.get();
  sys::send_with_fds(ours_, std::as_bytes(std::span(&report, 1)), {&number, fd ? 1U : 0U});
}

}  // namespace tare
