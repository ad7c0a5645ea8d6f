// Loading a system call filter, and handing the listener of one that notifies to the parent.
//
// From the load on, any system call of ours may wait for an agent, which has to have the listener
// first (seccomp_unotify(2)). So ours is not the process that hands it over: a helper that has no
// filter, but one table of descriptors with us, sees the number appear in shared memory, sends the
// listener and closes it for both. Whatever is notified, the first to wait is answered; and when
// the agent lets go, nobody holds a listener that would keep us waiting.
//
// Making the helper is an operation of its own: where the filter is loaded with all capabilities
// and a pid namespace of others is joined, the helper must be from before, or it would be seen
// there (plan.cc).
#include <linux/filter.h>
#include <linux/mman.h>
#include <linux/sched.h>
#include <linux/seccomp.h>

#include "runtime/act/kernel.h"
#include "runtime/act/syscall.h"
#include "runtime/process/ops.h"

namespace tare::act {
namespace {

constexpr long kPending = -4096;  // no descriptor and no errno

long load(const Context& context, Ref filter, uint64_t flags) {
  struct sock_fprog program {};
  program.len = static_cast<unsigned short>(filter.length / sizeof(struct sock_filter));
  program.filter = reinterpret_cast<struct sock_filter*>(const_cast<char*>(context.text(filter)));
  return call(__NR_seccomp, SECCOMP_SET_MODE_FILTER, flags, &program);
}

// The helper. It must not outlive the process it helps, which may be killed at any time.
[[noreturn]] void hand_over(Context& context, const long* loaded, long helped) {
  long listener = kPending;
  while ((listener = __atomic_load_n(loaded, __ATOMIC_ACQUIRE)) == kPending) {
    if (call(__NR_getppid) != helped) end_process(1);
    call(__NR_sched_yield);
  }
  if (listener >= 0) {
    Report report;
    report.type = ReportType::Listener;
    send_report(context, report, static_cast<int>(listener));
    call(__NR_close, listener);
  }
  end_process(0);
}

}  // namespace

void load_filter(Context& context, Ref filter, uint64_t flags) {
  long result = load(context, filter, flags);
  if (result != 0) fail(context, "seccomp", result < 0 ? -result : EBUSY);
}

void seccomp(Context& context, const Op& op) {
  load_filter(context, op.data, op.number);
}

void listener_helper(Context& context, const Op&) {
  // Never unmapped: that would be a call the filter may not allow. It goes with execve.
  context.listener = reinterpret_cast<long*>(must(
      context,
      call(__NR_mmap, 0, sizeof(long), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0),
      "mmap"));
  *context.listener = kPending;
  long self = call(__NR_getpid);
  struct clone_args arguments {};
  arguments.flags = CLONE_FILES;
  arguments.exit_signal = kSigchld;
  context.helper = must(context, call(__NR_clone3, &arguments, sizeof arguments), "clone3");
  if (context.helper == 0) hand_over(context, context.listener, self);
}

void seccomp_listener(Context& context, const Op& op) {
  if (context.helper == 0) fail(context, "seccomp", EINVAL, "helper");
  long helper = context.helper;
  context.helper = 0;
  long result = load(context, op.data, op.number);
  __atomic_store_n(context.listener, result, __ATOMIC_RELEASE);
  int status = 0;
  // A filter that refuses wait4 leaves a dead helper to the program, and the order of our reports
  // open.
  long waited = call(__NR_wait4, helper, &status, 0, 0);
  if (is_error(result)) fail(context, "seccomp", -result, "listener");
  if (waited == helper && status != 0) fail(context, "sendmsg", ECHILD, "listener");
}

}  // namespace tare::act
