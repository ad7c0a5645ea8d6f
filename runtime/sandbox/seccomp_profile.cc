// Calls by what they are good for. What is not in any group is refused: modules, mounts,
// namespaces, keys, bpf, perf, io_uring, swap, clocks, reboot, ptrace of others' threads' memory by
// address (process_vm_*), file handles, and whatever a later kernel brings.
#include "runtime/sandbox/seccomp_profile.h"

#include <array>
#include <cerrno>
#include <span>

#include "oci/json.h"
#include "oci/reader.h"
#include "oci/validate.h"
#include "runtime/base/error.h"
#include "runtime/base/strings.h"
#include "runtime/base/sys.h"

namespace tare::sandbox {
namespace {

constexpr uint64_t kNamespaceFlags = 0x7e020000;  // CLONE_NEW* of clone(2)
constexpr uint64_t kVsock = 40;                   // AF_VSOCK: reaches the host of a virtual machine
constexpr size_t kMaxProfile = 1U << 20U;

struct Group {
  const char* reason;
  bool strict;  // part of the strict filter too
  const char* names;
};

constexpr Group kGroups[] = {
    {"files by descriptor and path", true,
     "access chdir chmod chown chown32 close close_range copy_file_range creat dup dup2 dup3 "
     "faccessat faccessat2 fadvise64 fadvise64_64 fallocate fchdir fchmod fchmodat fchmodat2 "
     "fchown "
     "fchown32 fchownat fcntl fcntl64 fdatasync flock fstat fstat64 fstatat64 fstatfs fstatfs64 "
     "fsync ftruncate ftruncate64 futimesat getcwd getdents getdents64 ioctl lchown lchown32 link "
     "linkat _llseek lseek lstat lstat64 mkdir mkdirat mknod mknodat newfstatat open openat "
     "openat2 "
     "pread64 preadv preadv2 pwrite64 pwritev pwritev2 read readahead readlink readlinkat readv "
     "rename renameat renameat2 rmdir sendfile sendfile64 splice stat stat64 statfs statfs64 statx "
     "symlink symlinkat sync sync_file_range syncfs tee truncate truncate64 umask unlink unlinkat "
     "utime utimensat utimensat_time64 utimes vmsplice write writev cachestat"},
    {"extended attributes", true,
     "fgetxattr flistxattr fremovexattr fsetxattr getxattr lgetxattr listxattr llistxattr "
     "lremovexattr lsetxattr removexattr setxattr"},
    {"memory", true,
     "brk madvise map_shadow_stack memfd_create mincore mlock mlock2 mlockall mmap mmap2 mprotect "
     "mremap msync munlock munlockall munmap pkey_alloc pkey_free pkey_mprotect remap_file_pages"},
    {"processes and threads", true,
     "execve execveat exit exit_group fork futex futex_requeue futex_time64 futex_wait futex_waitv "
     "futex_wake get_robust_list get_thread_area getcpu gettid kill membarrier pidfd_open "
     "pidfd_send_signal prctl rseq set_robust_list set_thread_area set_tid_address tgkill tkill "
     "vfork wait4 waitid waitpid arch_prctl modify_ldt"},
    {"who one is, and changing it within what the user namespace has", true,
     "capget capset getegid getegid32 geteuid geteuid32 getgid getgid32 getgroups getgroups32 "
     "getpgid getpgrp getpid getppid getresgid getresgid32 getresuid getresuid32 getsid getuid "
     "getuid32 setfsgid setfsgid32 setfsuid setfsuid32 setgid setgid32 setgroups setgroups32 "
     "setpgid setregid setregid32 setresgid setresgid32 setresuid setresuid32 setreuid setreuid32 "
     "setsid setuid setuid32"},
    {"signals", true,
     "alarm pause restart_syscall rt_sigaction rt_sigpending rt_sigprocmask rt_sigqueueinfo "
     "rt_sigreturn rt_sigsuspend rt_sigtimedwait rt_sigtimedwait_time64 rt_tgsigqueueinfo "
     "sigaltstack signalfd signalfd4 sigprocmask sigreturn"},
    {"reading clocks, timers", true,
     "clock_getres clock_getres_time64 clock_gettime clock_gettime64 clock_nanosleep "
     "clock_nanosleep_time64 getitimer gettimeofday nanosleep setitimer time timer_create "
     "timer_delete timer_getoverrun timer_gettime timer_gettime64 timer_settime timer_settime64 "
     "timerfd_create timerfd_gettime timerfd_gettime64 timerfd_settime timerfd_settime64 times"},
    {"waiting for events", true,
     "epoll_create epoll_create1 epoll_ctl epoll_ctl_old epoll_pwait epoll_pwait2 epoll_wait "
     "epoll_wait_old eventfd eventfd2 inotify_add_watch inotify_init inotify_init1 "
     "inotify_rm_watch "
     "_newselect pipe pipe2 poll ppoll ppoll_time64 pselect6 pselect6_time64 select"},
    {"limits and scheduling of one's own", true,
     "getpriority getrlimit getrusage ioprio_get prlimit64 sched_get_priority_max "
     "sched_get_priority_min sched_getaffinity sched_getattr sched_getparam sched_getscheduler "
     "sched_rr_get_interval sched_rr_get_interval_time64 sched_setaffinity sched_yield setpriority "
     "setrlimit sysinfo ugetrlimit uname getrandom"},
    {"asking for less: further filters and Landlock", true,
     "landlock_add_rule landlock_create_ruleset landlock_restrict_self seccomp"},
    {"sockets; which networks they reach is the network namespace's matter", false,
     "accept accept4 bind connect getpeername getsockname getsockopt listen recv recvfrom recvmmsg "
     "recvmmsg_time64 recvmsg send sendmmsg sendmsg sendto setsockopt shutdown socketcall "
     "socketpair"},
    {"System V and POSIX IPC, within an IPC namespace of its own", false,
     "ipc mq_getsetattr mq_notify mq_open mq_timedreceive mq_timedreceive_time64 mq_timedsend "
     "mq_timedsend_time64 mq_unlink msgctl msgget msgrcv msgsnd semctl semget semop semtimedop "
     "semtimedop_time64 shmat shmctl shmdt shmget"},
    {"asynchronous input and output of old, without the attack surface of io_uring", false,
     "io_cancel io_destroy io_getevents io_pgetevents io_pgetevents_time64 io_setup io_submit"},
    {"scheduling that may matter to others; the kernel asks for privileges", false,
     "ioprio_set process_mrelease sched_setattr sched_setparam sched_setscheduler"},
    {"debuggers and sanitizers, of processes in the sandbox", false, "ptrace process_vm_readv"},
};

oci::Strings words(const char* text) {
  oci::Strings list;
  for (std::string_view word : split(text, ' ')) {
    if (!word.empty()) list.emplace_back(word);
  }
  return list;
}

oci::SeccompRule allowed(oci::Strings names) {
  oci::SeccompRule rule;
  rule.names = std::move(names);
  rule.action = "SCMP_ACT_ALLOW";
  return rule;
}

oci::SeccompRule allowed_if(const char* name, const char* op, uint64_t value, uint64_t second = 0) {
  oci::SeccompRule rule = allowed({name});
  oci::SeccompArgument argument;
  argument.index = 0;
  argument.op = op;
  argument.value = value;
  argument.value_two = second;
  rule.args.push_back(argument);
  return rule;
}

// By the rules for the linux.seccomp of a configuration.
void check(const oci::Seccomp& seccomp, std::vector<oci::Violation>& violations) {
  constexpr std::string_view kSection = "/linux/seccomp";
  oci::Config config;
  config.linux_.emplace().seccomp = seccomp;
  std::vector<oci::Violation> all;
  oci::validate(config, all);
  for (oci::Violation& violation : all) {
    if (!violation.pointer.starts_with(kSection)) continue;
    violations.push_back({violation.pointer.substr(kSection.size()), violation.text});
  }
}

}  // namespace

oci::Seccomp seccomp_profile(Strictness strictness) {
  oci::Seccomp seccomp;
  seccomp.default_action = "SCMP_ACT_ERRNO";
  seccomp.default_errno_ret = EPERM;
#if defined(__x86_64__)
  seccomp.architectures = {"SCMP_ARCH_X86_64", "SCMP_ARCH_X86"};
#elif defined(__aarch64__)
  seccomp.architectures = {"SCMP_ARCH_AARCH64", "SCMP_ARCH_ARM"};
#endif
  for (const Group& group : kGroups) {
    if (strictness == Strictness::Strict && !group.strict) continue;
    seccomp.syscalls.push_back(allowed(words(group.names)));
  }
  if (strictness == Strictness::Default) {
    seccomp.syscalls.push_back(allowed_if("socket", "SCMP_CMP_NE", kVsock));
  }
  // Threads and processes, but no namespaces; these need the kernel's flags in a register.
  seccomp.syscalls.push_back(allowed_if("clone", "SCMP_CMP_MASKED_EQ", kNamespaceFlags, 0));
  oci::SeccompRule absent = allowed({"clone3"});
  absent.action = "SCMP_ACT_ERRNO";
  absent.errno_ret = ENOSYS;
  seccomp.syscalls.push_back(std::move(absent));
  // Linux, with or without the larger address space of old programs; asking which one it is.
  for (uint64_t personality : {0x0ULL, 0x8ULL, 0x20000ULL, 0x20008ULL, 0xffffffffULL}) {
    seccomp.syscalls.push_back(allowed_if("personality", "SCMP_CMP_EQ", personality));
  }
  return seccomp;
}

// As the linux.seccomp of a configuration, whose reader knows every rule.
oci::Seccomp read_profile(const std::string& path) {
  std::string text = sys::read_file_at(AT_FDCWD, path, kMaxProfile);
  std::vector<oci::Violation> violations;
  oci::Seccomp seccomp = oci::read_seccomp(text, violations);
  if (violations.empty()) check(seccomp, violations);
  if (!violations.empty()) throw Error(oci::describe(path, violations));
  return seccomp;
}

}  // namespace tare::sandbox
