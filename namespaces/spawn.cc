// Between clone3 and execveat the child is tare: it allocates nothing, opens nothing and touches
// only what the next program needs (signals as new, descriptors of the plan, capabilities in its
// user namespace). From execveat on nothing of tare is in the container.
#include "namespaces/spawn.h"

#include <fcntl.h>
#include <linux/capability.h>
#include <linux/prctl.h>
#include <linux/sched.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>

#include <cerrno>
#include <cstdio>
#include <cstring>

#include "runtime/act/report.h"
#include "runtime/act/syscall.h"
#include "runtime/base/error.h"
#include "runtime/base/sys.h"

namespace tare::namespaces {
namespace {

[[noreturn]] void fail(int channel, const char* call) {
  act::Report report;
  report.type = act::ReportType::Failed;
  report.op = ~0U;
  report.error = errno;
  std::strncpy(report.call, call, sizeof report.call - 1);
  [[maybe_unused]] ssize_t n = ::write(channel, &report, sizeof report);
  ::_exit(1);
}

// What the cgroup says of a process that comes in: 0 or an errno.
int move_to(int processes) {
  return ::write(processes, "0", 1) == 1 ? 0 : errno;
}

void enter_cgroup(const SpawnRequest& request) {
  if (request.processes_fd < 0) return;
  int error = move_to(request.processes_fd);
  if (error == EBUSY && request.otherwise_fd >= 0) error = move_to(request.otherwise_fd);
  errno = error;
  if (error != 0) fail(request.channel_fd, "write cgroup.procs");
}

// By the child itself: what its parent wrote later might miss the process that it has forked.
void adjust_oom_score(const SpawnRequest& request) {
  const std::string_view text = request.oom_score_adj;
  if (text.empty()) return;
  int file = ::open("/proc/self/oom_score_adj", O_WRONLY | O_CLOEXEC);
  if (file < 0) fail(request.channel_fd, "open oom_score_adj");
  if (::write(file, text.data(), text.size()) < 0) fail(request.channel_fd, "oom_score_adj");
  ::close(file);
}

// Across execve, which takes them from whoever is not root in its user namespace; before its maps
// are written nobody is.
void keep_capabilities(const SpawnRequest& request) {
  int channel = request.channel_fd;
  __user_cap_header_struct header{_LINUX_CAPABILITY_VERSION_3, 0};
  __user_cap_data_struct sets[_LINUX_CAPABILITY_U32S_3] = {};
  if (::syscall(SYS_capget, &header, sets) != 0) fail(channel, "capget");
  for (unsigned i = 0; i < _LINUX_CAPABILITY_U32S_3; ++i) {
    sets[i].inheritable = sets[i].permitted & static_cast<uint32_t>(request.capabilities >> 32 * i);
  }
  if (::syscall(SYS_capset, &header, sets) != 0) fail(channel, "capset");
  for (unsigned capability = 0; capability < 64; ++capability) {
    if ((sets[capability / 32].inheritable >> (capability % 32) & 1U) == 0) continue;
    if (::prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_RAISE, capability, 0, 0) != 0) {
      fail(channel, "prctl");
    }
  }
}

[[noreturn]] void become_init(const SpawnRequest& request, char* const argv[]) {
  int channel = request.channel_fd;
  if (::prctl(PR_SET_PDEATHSIG, SIGKILL) != 0) fail(channel, "prctl");
  adjust_oom_score(request);
  const std::string_view affinity = request.affinity;
  if (!affinity.empty() &&
      ::syscall(SYS_sched_setaffinity, 0, affinity.size(), affinity.data()) != 0) {
    fail(channel, "sched_setaffinity");
  }
  enter_cgroup(request);
  sys::reset_signals();
  if (request.wait_for_cgroup) {
    // Should its parent have ended before it was to die with it, the channel tells, unless it holds
    // the other end itself.
    ::close(request.parent_channel_fd);
    act::Report answer;
    if (::read(channel, &answer, sizeof answer) != sizeof answer) ::_exit(1);
  }
  if (request.maps_follow) keep_capabilities(request);
  for (int number = 0; number < 3; ++number) {
    int stream = request.streams[static_cast<size_t>(number)];
    if (stream >= 0 && ::dup2(stream, number) < 0) fail(channel, "dup2");
  }
  for (const Fd& fd : request.fds) {
    if (fd && ::fcntl(fd.get(), F_SETFD, 0) != 0) fail(channel, "fcntl");
  }
  for (int fd : {channel, request.plan_fd}) {
    if (::fcntl(fd, F_SETFD, 0) != 0) fail(channel, "fcntl");
  }
  for (int fd : request.preserved) {
    if (::fcntl(fd, F_SETFD, 0) != 0) fail(channel, "fcntl");
  }
  char* const no_environment[] = {nullptr};
  ::syscall(SYS_execveat, request.init_fd, "", argv, no_environment, AT_EMPTY_PATH);
  fail(channel, "execveat");
}

// Unless it has to wait for us, the child borrows our memory until it executes tare-init: no page
// table to copy, no page to copy on write.
[[gnu::noinline]] long clone_init(const SpawnRequest& request, char* const argv[], int* pidfd) {
  struct clone_args arguments {};
  arguments.flags = clone_flags(request);
  arguments.exit_signal = SIGCHLD;
  arguments.pidfd = reinterpret_cast<uint64_t>(pidfd);
  if (request.cgroup_fd >= 0) arguments.cgroup = static_cast<uint64_t>(request.cgroup_fd);
  long pid = act::call(SYS_clone3, &arguments, sizeof arguments);
  if (pid == 0) become_init(request, argv);
  return pid;
}

}  // namespace

uint64_t clone_flags(const SpawnRequest& request) {
  return request.flags | CLONE_PIDFD | (request.wait_for_cgroup ? 0 : kBorrowMemory | CLONE_VFORK) |
         (request.cgroup_fd >= 0 ? CLONE_INTO_CGROUP : 0);
}

Child& Child::operator=(Child&& other) noexcept {
  if (this != &other) {
    end();
    pid_ = std::exchange(other.pid_, 0);
    pidfd_ = std::move(other.pidfd_);
  }
  return *this;
}

void Child::end() noexcept {
  if (pid_ == 0 || !pidfd_) return;
  ::syscall(SYS_pidfd_send_signal, pidfd_.get(), SIGKILL, nullptr, 0);
  siginfo_t info;
  while (::waitid(P_PIDFD, static_cast<id_t>(pidfd_.get()), &info, WEXITED) != 0 &&
         errno == EINTR) {
  }
  pid_ = 0;
}

Child spawn(const SpawnRequest& request) {
  char channel[16];
  char plan[16];
  char name[] = "tare-init";
  std::snprintf(channel, sizeof channel, "%d", request.channel_fd);
  std::snprintf(plan, sizeof plan, "%d", request.plan_fd);
  char* const argv[] = {name, channel, plan, nullptr};
  int pidfd = -1;
  long pid = clone_init(request, argv, &pidfd);
  if (pid < 0) throw Error(static_cast<int>(-pid), "clone3", "container init");
  return {static_cast<pid_t>(pid), Fd(pidfd)};
}

}  // namespace tare::namespaces
