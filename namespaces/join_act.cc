// Entering namespaces. A pid namespace holds for children only, so whoever must live in one is
// forked into it; with one that others already inhabit that happens last of all, when nothing of
// the host is left in this process (no directory, no mount, no descriptor, no privilege), because
// from that moment on a neighbour with CAP_SYS_PTRACE can look at us.
#include <linux/prctl.h>
#include <linux/sched.h>

#include "namespaces/ops.h"
#include "runtime/act/kernel.h"
#include "runtime/act/syscall.h"

namespace tare::act {
void join(Context& context, const Op& op) {
  must(context, call(__NR_setns, context.slot(op.fd), op.number), "setns", context.text(op.text));
}

void unshare(Context& context, const Op& op) {
  must(context, call(__NR_unshare, op.number), "unshare");
}

void become_root(Context& context, const Op& op) {
  if ((op.flags & flag::kKeepGroups) == 0) {
    must(context, call(__NR_setgroups, 0, 0), "setgroups");
  }
  must(context, call(__NR_setresgid, 0, 0, 0), "setresgid");
  must(context, call(__NR_setresuid, 0, 0, 0), "setresuid");
}

// The child becomes our sibling (CLONE_PARENT), so that tare, and later the engine, is its parent.
// The container's filter may be loaded already: engines' profiles allow clone but refuse clone3,
// whose flags a filter cannot see.
void fork_into_namespace(Context& context, const Op&) {
  int pidfd = -1;
  long pid = must(context, call(__NR_clone, CLONE_PARENT | CLONE_PIDFD, 0, &pidfd, 0, 0), "clone");
  if (pid == 0) {
    // Not inherited: without it a killed tare would leave us behind.
    must(context, call(__NR_prctl, PR_SET_PDEATHSIG, kSigkill, 0, 0, 0), "prctl");
    call(__NR_prctl, PR_SET_DUMPABLE, 0, 0, 0, 0);
    return;
  }
  Report report;
  report.type = ReportType::Forked;
  report.value = static_cast<int32_t>(pid);
  send_report(context, report, pidfd);
  call(__NR_exit_group, 0);
}

// unshare(CLONE_NEWTIME) makes the namespace for children; its offsets are written by the parent
// before anybody is in it. setns on our own link enters (Linux 5.6; execve would do from 6.1 on).
void enter_time(Context& context, const Op&) {
  constexpr const char* kPath = "/proc/self/ns/time_for_children";
  ScopedFd ns(
      must(context, call(__NR_openat, AT_FDCWD, kPath, O_RDONLY | O_CLOEXEC), "open", kPath));
  must(context, call(__NR_setns, ns.get(), CLONE_NEWTIME), "setns", "time");
}

}  // namespace tare::act
