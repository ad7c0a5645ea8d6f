// A procfs shows the pid namespace of the process that opens it. When the container joins one that
// others inhabit we stay outside of it until the very end (join_act.cc); Linux 6.17 takes the
// namespace as an option ("pidns"). Before that a helper opens the file system inside: it goes
// there without root, working directory, descriptors of the host and all capabilities but the one
// that this takes, as an empty shell, and hands the opened file system out.
#include <linux/capability.h>
#include <linux/mount.h>
#include <linux/prctl.h>
#include <linux/sched.h>

#include "namespaces/empty_directory.h"
#include "namespaces/proc_in_pid.h"
#include "runtime/act/kernel.h"
#include "runtime/act/syscall.h"

namespace tare::act {
namespace {

constexpr int kAfUnix = 1;
constexpr int kSockSeqpacket = 5;

// The root becomes an empty, unattached tmpfs.
void shed_host(Context& context) {
  ScopedFd empty(empty_directory(context, ""));
  must(context, call(__NR_fchdir, empty.get()), "fchdir");
  must(context, call(__NR_chroot, "."), "chroot");
}

void shed_capabilities(Context& context) {
  __user_cap_header_struct header{_LINUX_CAPABILITY_VERSION_3, 0};
  __user_cap_data_struct sets[_LINUX_CAPABILITY_U32S_3] = {};
  sets[0].permitted = sets[0].effective = 1U << CAP_SYS_ADMIN;
  must(context, call(__NR_capset, &header, sets), "capset");
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
  arguments.exit_signal = kSigchld;
  return call(__NR_clone3, &arguments, sizeof arguments);
}

[[noreturn]] void helper(Context& context, int answer_fd, int pid_ns) {
  call(__NR_prctl, PR_SET_PDEATHSIG, kSigkill, 0, 0, 0);
  call(__NR_prctl, PR_SET_DUMPABLE, 0, 0, 0, 0);
  shed_host(context);
  long result = call(__NR_setns, pid_ns, CLONE_NEWPID);
  if (result < 0) leave(context, answer_fd, result);
  shed_capabilities(context);
  // Everything but the answer's socket goes before the namespace's inhabitants can see a process.
  call(__NR_close_range, 0, answer_fd - 1, 0);
  call(__NR_close_range, answer_fd + 1, ~0U, 0);
  long child = spawn();
  if (child < 0) leave(context, answer_fd, child);
  if (child == 0) leave(context, answer_fd, call(__NR_fsopen, "proc", FSOPEN_CLOEXEC));
  call(__NR_wait4, child, 0, 0, 0);
  call(__NR_exit_group, 0);
  __builtin_unreachable();
}

}  // namespace

int open_proc_inside(Context& context, int pid_ns) {
  int pair[2];
  must(context, call(__NR_socketpair, kAfUnix, kSockSeqpacket | O_CLOEXEC, 0, pair), "socketpair");
  long child = must(context, spawn(), "clone3");
  if (child == 0) helper(context, pair[1], pid_ns);
  call(__NR_close, pair[1]);
  Report answer;
  int fd = -1;
  long received = receive_report(pair[0], answer, &fd);
  call(__NR_close, pair[0]);
  call(__NR_wait4, child, 0, 0, 0);
  if (received != sizeof answer || fd < 0) {
    fail(context, "fsopen", answer.error != 0 ? answer.error : EPIPE,
         "procfs of the joined pid namespace");
  }
  return fd;
}

int open_proc_of(Context& context, int pid_ns) {
  ScopedFd filesystem(must(context, call(__NR_fsopen, "proc", FSOPEN_CLOEXEC), "fsopen", "proc"));
  if (call(__NR_fsconfig, filesystem.get(), FSCONFIG_SET_FD, "pidns", 0, pid_ns) == 0) {
    return filesystem.release();
  }
  return open_proc_inside(context, pid_ns);
}

}  // namespace tare::act
