// The conversation with whoever waits for us. Before `start` that is the creating parent on a
// SEQPACKET socket; afterwards the connection of `start`. One fixed structure either way.
#include "runtime/act/context.h"
#include "runtime/act/kernel.h"
#include "runtime/act/syscall.h"
#include "runtime/act/text.h"

namespace tare::act {
namespace {

// The kernel's own layouts (linux/socket.h has no user-space header without libc).
struct Vector {
  void* base;
  size_t length;
};
struct Message {
  void* name;
  int name_length;
  Vector* vectors;
  size_t vector_count;
  void* control;
  size_t control_length;
  unsigned flags;
};
struct ControlFd {
  size_t length;
  int level;
  int type;
  int fd;
};
constexpr int kSolSocket = 1;
constexpr int kScmRights = 1;
constexpr int kMsgNoSignal = 0x4000;
constexpr int kMsgCmsgCloexec = 0x40000000;

}  // namespace

void send_report(Context& context, Report& report, int fd) {
  report.op = context.current;
  if (context.ops != nullptr && context.current < context.plan->op_count) {
    const Op& op = context.ops[context.current];
    report.op_kind = static_cast<uint32_t>(op.kind);
    if (op.kind == OpKind::Hook) report.place = static_cast<uint32_t>(op.b);
  }
  Vector vector{&report, sizeof report};
  ControlFd control{sizeof(size_t) + 3 * sizeof(int), kSolSocket, kScmRights, fd};
  Message message{};
  message.vectors = &vector;
  message.vector_count = 1;
  if (fd >= 0) {
    message.control = &control;
    message.control_length = sizeof control;
  }
  long sent;
  do {
    sent = call(__NR_sendmsg, context.channel, &message, kMsgNoSignal);
  } while (sent == -EINTR);
  // Nobody listens any more: the creating parent is dead, and so is the creation.
  if (sent < 0 && !context.started) end_process(1);
}

void fail(Context& context, const char* call_name, long error, const char* text) {
  Report report;
  report.type = ReportType::Failed;
  report.error = static_cast<int32_t>(error);
  report.value = context.value;
  for (size_t i = 0; i + 1 < sizeof report.call && call_name[i] != 0; ++i) {
    report.call[i] = call_name[i];
  }
  const char* source = text != nullptr ? text : context.detail;
  size_t size = text != nullptr ? length(text) : context.detail_length;
  if (size > kReportText) size = kReportText;
  if (source != nullptr) copy(report.text, source, size);
  report.text_length = source != nullptr ? static_cast<uint32_t>(size) : 0;
  send_report(context, report, -1);
  end_process(1);
}

long receive_report(int socket, Report& report, int* fd) {
  Vector vector{&report, sizeof report};
  ControlFd control{};
  Message message{};
  message.vectors = &vector;
  message.vector_count = 1;
  message.control = &control;
  message.control_length = sizeof control;
  *fd = -1;
  long received;
  do {
    received = call(__NR_recvmsg, socket, &message, kMsgCmsgCloexec);
  } while (received == -EINTR);
  bool carries_fd = message.control_length >= sizeof(size_t) + 3 * sizeof(int) &&
                    control.level == kSolSocket && control.type == kScmRights;
  if (received >= 0 && carries_fd) *fd = control.fd;
  return received;
}

int sync(Context& context, uint32_t point, int sent) {
  Report report;
  report.type = ReportType::Sync;
  report.value = static_cast<int32_t>(point);
  send_report(context, report, sent);
  Report answer;
  int fd = -1;
  long received = receive_report(context.channel, answer, &fd);
  if (received != sizeof answer || answer.type != ReportType::Continue ||
      answer.value != report.value) {
    end_process(1);
  }
  return fd;
}

}  // namespace tare::act
