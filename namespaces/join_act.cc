// Entering namespaces. A pid namespace holds for children only, so whoever must live in one is
// forked into it; with one that others already inhabit that happens last of all, when nothing of
// the host is left in this process (no directory, no mount, no descriptor, no privilege), because
// from that moment on a neighbour with CAP_SYS_PTRACE can look at us.
#include <linux/poll.h>
#include <linux/prctl.h>
#include <linux/sched.h>

#include "namespaces/ops.h"
#include "runtime/act/kernel.h"
#include "runtime/act/syscall.h"

namespace tare::act {
namespace {

// The new process's number in the one that was there before, of which the parent is told; 0 in the
// new one. The container's filter may be loaded already: engines' profiles allow clone but refuse
// clone3, whose flags a filter cannot see.
long fork_announced(Context& context, long flags) {
  int pidfd = -1;
  long pid = must(context, call(__NR_clone, flags | CLONE_PIDFD, 0, &pidfd, 0, 0), "clone");
  // Not inherited: without it a killed tare would leave us behind.
  must(context, call(__NR_prctl, PR_SET_PDEATHSIG, kSigkill, 0, 0, 0), "prctl");
  if (pid == 0) {
    call(__NR_prctl, PR_SET_DUMPABLE, 0, 0, 0, 0);
    return 0;
  }
  Report report;
  report.type = ReportType::Forked;
  report.value = static_cast<int32_t>(pid);
  send_report(context, report, pidfd);
  return pid;
}

bool parent_is_gone(Context& context) {
  pollfd end = {context.channel, 0, 0};
  long now[2] = {0, 0};
  return call(__NR_ppoll, &end, 1, now, 0, 0) > 0 && (end.revents & POLLHUP) != 0;
}

}  // namespace

void join(Context& context, const Op& op) {
  must(context, call(__NR_setns, context.slot(op.fd), op.number), "setns", context.text(op.text));
}

void unshare(Context& context, const Op& op) {
  must(context, call(__NR_unshare, op.number), "unshare");
}

// They are files of ours, which are root's while we are not dumpable: out of reach for an ordinary
// user's tare. Nobody else is in our namespaces yet.
void await_maps(Context& context, const Op&) {
  Report answer;
  if (call(__NR_read, context.channel, &answer, sizeof answer) != sizeof answer) {
    call(__NR_exit_group, 1);  // the parent has said why, or is gone
  }
  must(context, call(__NR_prctl, PR_SET_DUMPABLE, 0, 0, 0, 0), "prctl");
}

void become_root(Context& context, const Op& op) {
  if ((op.flags & flag::kKeepGroups) == 0) {
    must(context, call(__NR_setgroups, 0, 0), "setgroups");
  }
  must(context, call(__NR_setresgid, 0, 0, 0), "setresgid");
  must(context, call(__NR_setresuid, 0, 0, 0), "setresuid");
}

// The child becomes our sibling, so that tare, and later the engine, is its parent.
void fork_into_namespace(Context& context, const Op&) {
  if (fork_announced(context, CLONE_PARENT) != 0) call(__NR_exit_group, 0);
}

// The init of the pid namespace: what the program leaves behind becomes our child. Our end is the
// end of everybody in the namespace; it comes with the program's, whose status goes to fd, or with
// tare's. Should that be gone before the death signal was set, the channel tells.
void reaper(Context& context, const Op& op) {
  long program = fork_announced(context, kSigchld);
  if (program == 0) return;
  if (parent_is_gone(context)) call(__NR_exit_group, 0);
  int to_parent = context.slot(op.fd);
  if (to_parent > 0) call(__NR_close_range, 0, to_parent - 1, 0);
  call(__NR_close_range, to_parent + 1, ~0U, 0);
  int status = 0;
  long ended = 0;
  do {
    ended = call(__NR_wait4, -1, &status, 0, 0);
  } while (ended != program && (ended > 0 || ended == -EINTR));
  if (ended == program) call(__NR_write, to_parent, &status, sizeof status);
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
