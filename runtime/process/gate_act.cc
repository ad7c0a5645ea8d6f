// Waiting for others: the creating parent at its sync points, `start` at the gate.
#include <linux/prctl.h>

#include "runtime/act/kernel.h"
#include "runtime/act/syscall.h"
#include "runtime/process/ops.h"

namespace tare::act {
namespace {

// As the kernel takes it; x86 insists on a restorer, which a handler that ends us never returns to.
struct Action {
  void (*handler)(int);
  unsigned long flags;
  void (*restorer)();
  uint64_t mask;
};
constexpr unsigned long kRestorer = 0x04000000;  // SA_RESTORER
constexpr int kEnding[] = {1, 2, 3, 15};         // SIGHUP, SIGINT, SIGQUIT, SIGTERM

void end_by(int signal) {
  end_process(128 + signal);
}

// The first process of a pid namespace is deaf to signals it does not handle (pid_namespaces(7)).
// A created container can be ended all the same; the program gets its defaults with execve. Where
// the container's filter refuses even this, it stays as the kernel has it.
void be_ended_by_signals() {
  for (int signal : kEnding) {
    Action action{end_by, kRestorer, nullptr, 0};
    call(__NR_rt_sigaction, signal, &action, nullptr, sizeof action.mask);
  }
}

}  // namespace

void close_slots(Context& context, const Op& op) {
  auto* kept = reinterpret_cast<const int32_t*>(context.text(op.data));
  size_t count = op.data.length / sizeof(int32_t);
  bool keep_root = (op.flags & flag::kKeepRoot) != 0;
  for (uint32_t i = 0; i < context.plan->slot_count; ++i) {
    bool keep = keep_root && context.slots[i] == context.root;
    for (size_t k = 0; k < count; ++k) keep = keep || kept[k] == static_cast<int32_t>(i);
    if (keep) continue;
    if (context.slots[i] >= 0) call(__NR_close, context.slots[i]);
    context.slots[i] = -1;
  }
  if (!keep_root) context.root = -1;
}

// The offsets are written into a file of ours, which is root's while we are not dumpable: out of
// reach for an ordinary user's tare. Nobody else is in our namespaces yet.
void sync_with_parent(Context& context, const Op& op) {
  // Before anybody is told that the container is created.
  if (op.number == static_cast<uint32_t>(SyncPoint::Ready)) be_ended_by_signals();
  bool offsets = op.number == static_cast<uint32_t>(SyncPoint::TimeOffsets);
  if (offsets) call(__NR_prctl, PR_SET_DUMPABLE, 1, 0, 0, 0);
  int answer = sync(context, op.number, context.slot(op.fd2));
  if (op.fd >= 0) context.slots[op.fd] = answer;
  if (offsets) call(__NR_prctl, PR_SET_DUMPABLE, 0, 0, 0, 0);
}

// The connection is what `start` hears from us on, and its end tells that the program was executed.
// The listening socket stays open until then: having an owner is what makes the container
// `created`.
void await_start(Context& context, const Op& op) {
  call(__NR_close, context.channel);
  context.channel = -1;
  long connection;
  do {
    connection = call(__NR_accept4, context.slot(op.fd), 0, 0, O_CLOEXEC);
  } while (connection == -EINTR || connection == -ECONNABORTED);
  must(context, connection, "accept");
  context.channel = static_cast<int>(connection);
  context.started = true;
}

}  // namespace tare::act
