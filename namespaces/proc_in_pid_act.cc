// A procfs shows the pid namespace of the process that makes it. When the container joins one that
// others inhabit we stay outside of it until the very end (join_act.cc), so a helper makes the
// mount: before it enters it has no root, no working directory and no descriptor of the host, only
// the socket it answers on. Seen from inside it is an empty shell.
#include <linux/mount.h>
#include <linux/prctl.h>
#include <linux/sched.h>

#include "namespaces/proc_in_pid.h"
#include "runtime/act/kernel.h"
#include "runtime/act/syscall.h"

namespace tare::act {
namespace {

constexpr int kAfUnix = 1;
constexpr int kSockSeqpacket = 5;
constexpr int kSignalChild = 17;

// Nothing of the host: the root becomes an empty, unattached tmpfs.
void shed_host(Context& context) {
  ScopedFd filesystem(must(context, call(__NR_fsopen, "tmpfs", FSOPEN_CLOEXEC), "fsopen", "tmpfs"));
  must(context, call(__NR_fsconfig, filesystem.get(), FSCONFIG_CMD_CREATE, 0, 0, 0), "fsconfig");
  ScopedFd empty(must(context,
                      call(__NR_fsmount, filesystem.get(), FSMOUNT_CLOEXEC, MOUNT_ATTR_RDONLY),
                      "fsmount", "tmpfs"));
  must(context, call(__NR_fchdir, empty.get()), "fchdir");
  must(context, call(__NR_chroot, "."), "chroot");
}

long make_proc(uint64_t attributes) {
  ScopedFd filesystem(call(__NR_fsopen, "proc", FSOPEN_CLOEXEC));
  if (filesystem.get() < 0) return filesystem.get();
  long result = call(__NR_fsconfig, filesystem.get(), FSCONFIG_CMD_CREATE, 0, 0, 0);
  if (result < 0) return result;
  return call(__NR_fsmount, filesystem.get(), FSMOUNT_CLOEXEC, attributes);
}

[[noreturn]] void leave(Context& context, int answer_fd, long result) {
  context.channel = answer_fd;
  Report report;
  report.type = ReportType::Forked;
  report.error = result < 0 ? static_cast<int32_t>(-result) : 0;
  send_report(context, report, result < 0 ? -1 : static_cast<int>(result));
  call(__NR_exit_group, 0);
  __builtin_unreachable();
}

long spawn() {
  struct clone_args arguments {};
  arguments.exit_signal = kSignalChild;
  return call(__NR_clone3, &arguments, sizeof arguments);
}

[[noreturn]] void helper(Context& context, int answer_fd, int pid_ns, uint64_t attributes) {
  call(__NR_prctl, PR_SET_PDEATHSIG, 9, 0, 0, 0);
  call(__NR_prctl, PR_SET_DUMPABLE, 0, 0, 0, 0);
  shed_host(context);
  long result = call(__NR_setns, pid_ns, CLONE_NEWPID);
  if (result < 0) leave(context, answer_fd, result);
  // Everything but the answer's socket goes before the namespace's inhabitants can see a process.
  call(__NR_close_range, 0, answer_fd - 1, 0);
  call(__NR_close_range, answer_fd + 1, ~0U, 0);
  long child = spawn();
  if (child < 0) leave(context, answer_fd, child);
  if (child == 0) leave(context, answer_fd, make_proc(attributes));
  call(__NR_wait4, child, 0, 0, 0);
  call(__NR_exit_group, 0);
  __builtin_unreachable();
}

}  // namespace

int proc_of_pid_namespace(Context& context, int pid_ns, uint64_t attributes) {
  int pair[2];
  must(context, call(__NR_socketpair, kAfUnix, kSockSeqpacket | O_CLOEXEC, 0, pair), "socketpair");
  long child = must(context, spawn(), "clone3");
  if (child == 0) helper(context, pair[1], pid_ns, attributes);
  call(__NR_close, pair[1]);
  Report answer;
  int fd = -1;
  long received = receive_report(pair[0], answer, &fd);
  call(__NR_close, pair[0]);
  call(__NR_wait4, child, 0, 0, 0);
  if (received != sizeof answer || fd < 0) {
    fail(context, "fsmount", answer.error != 0 ? answer.error : EPIPE,
         "procfs of the joined pid namespace");
  }
  return fd;
}

}  // namespace tare::act
