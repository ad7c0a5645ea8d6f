// One SEQPACKET socket: message borders are the kernel's, and end-of-file is the other side's
// death.
#include "runtime/container/channel.h"

#include <span>
#include <utility>

#include "runtime/base/error.h"
#include "runtime/base/sys.h"

namespace tare {

Channel::Channel() {
  sys::socketpair_seqpacket(ours_, theirs_);
}

std::optional<Received> Channel::receive() {
  Received received;
  sys::Message message = sys::receive_with_fds(
      ours_, std::as_writable_bytes(std::span(&received.report, 1)), "container init");
  if (message.size == 0) return std::nullopt;
  if (message.size != sizeof received.report || received.report.magic != act::kReportMagic) {
    throw Error("container init sent something that is no report");
  }
  if (!message.fds.empty()) received.fd = std::move(message.fds.front());
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
