// Filters loaded for real, in a child each: what the kernel answers is what the profile says. Needs
// no privilege: the children set no_new_privs.
#include <gtest/gtest.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <functional>

#include "tests/unit/seccomp_profiles.h"

namespace tare {
namespace {

using test::argument;
using test::errno_rule;
using test::profile;
using test::rule;

constexpr int kLoadFailed = 255;
constexpr unsigned kNoSuchCall = 1000;

// Loads the filter in a child and gives the wait status of `body`, whose result is the exit code.
int status_under(const oci::Seccomp& seccomp, const std::function<int()>& body) {
  auto filter = process::compile_seccomp(seccomp, nullptr).value();
  pid_t child = ::fork();
  if (child == 0) {
    sock_fprog program{static_cast<unsigned short>(filter.program.size() / sizeof(sock_filter)),
                       reinterpret_cast<sock_filter*>(filter.program.data())};
    if (::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0 ||
        ::syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, filter.flags, &program) != 0) {
      ::_exit(kLoadFailed);
    }
    ::_exit(body());
  }
  int status = 0;
  EXPECT_EQ(::waitpid(child, &status, 0), child);
  return status;
}

// The errno of `call` under the filter, 0 for success.
int errno_under(const oci::Seccomp& seccomp, const std::function<long()>& call) {
  int status = status_under(seccomp, [&] { return call() < 0 ? errno : 0; });
  EXPECT_TRUE(WIFEXITED(status)) << "signal " << WTERMSIG(status);
  EXPECT_NE(WEXITSTATUS(status), kLoadFailed) << "the filter was not loaded";
  return WEXITSTATUS(status);
}

long get_cwd() {
  char path[4096];
  return ::syscall(SYS_getcwd, path, sizeof path);
}

// Shows: sec-2, sec-3
TEST(SeccompInTheKernel, DeliversTheErrnoOfTheRule) {
  for (uint32_t number : {13U, 12U, 133U}) {
    auto seccomp = profile("SCMP_ACT_ALLOW", {errno_rule({"getcwd"}, number)});
    EXPECT_EQ(errno_under(seccomp, get_cwd), static_cast<int>(number));
  }
  EXPECT_EQ(errno_under(profile("SCMP_ACT_ALLOW", {rule({"getcwd"}, "SCMP_ACT_ERRNO")}), get_cwd),
            EPERM);
  EXPECT_EQ(errno_under(profile("SCMP_ACT_ALLOW"), get_cwd), 0);
}

TEST(SeccompInTheKernel, AnswersEnosysForCallsNewerThanTheProfile) {
  // clone3 is the newest; the others are what sanitizers need to end a process.
  auto seccomp = profile(
      "SCMP_ACT_ERRNO",
      {rule({"clone3",         "clone",       "close",       "exit",  "exit_group", "futex",
             "getpid",         "gettid",      "madvise",     "mmap",  "mprotect",   "munmap",
             "openat",         "prctl",       "ptrace",      "read",  "readlink",   "rt_sigaction",
             "rt_sigprocmask", "sched_yield", "sigaltstack", "wait4", "write"},
            "SCMP_ACT_ALLOW")});
  seccomp.default_errno_ret = EACCES;
  EXPECT_EQ(errno_under(seccomp, [] { return ::syscall(kNoSuchCall); }), ENOSYS);
  EXPECT_EQ(errno_under(seccomp, [] { return ::syscall(SYS_getppid); }), EACCES);
}

// Shows: sec-9
TEST(SeccompInTheKernel, ComparesAllBitsOfAnArgument) {
  auto seccomp = profile("SCMP_ACT_ALLOW",
                         {rule({"lseek"}, "SCMP_ACT_ERRNO", {argument(1, "SCMP_CMP_EQ", 0x5412)}),
                          rule({"dup"}, "SCMP_ACT_ERRNO",
                               {argument(0, "SCMP_CMP_MASKED_EQ", 1ULL << 32, 1ULL << 32)})});
  auto seek = [](uint64_t offset) { return ::syscall(SYS_lseek, -1, offset, 0); };
  EXPECT_EQ(errno_under(seccomp, [&] { return seek(0x5412); }), EPERM);
  EXPECT_EQ(errno_under(seccomp, [&] { return seek(1ULL << 32 | 0x5412); }), EBADF);
  EXPECT_EQ(errno_under(seccomp, [] { return ::syscall(SYS_dup, 0xffffffffUL); }), EBADF);
  EXPECT_EQ(errno_under(seccomp, [] { return ::syscall(SYS_dup, 1ULL << 32 | 0xffffffff); }),
            EPERM);
}

TEST(SeccompInTheKernel, SeveralConditionsOnOneArgumentAreAlternatives) {
  auto seccomp =
      profile("SCMP_ACT_ALLOW",
              {rule({"dup"}, "SCMP_ACT_ERRNO",
                    {argument(0, "SCMP_CMP_EQ", 1000), argument(0, "SCMP_CMP_EQ", 1001)})});
  EXPECT_EQ(errno_under(seccomp, [] { return ::syscall(SYS_dup, 1000); }), EPERM);
  EXPECT_EQ(errno_under(seccomp, [] { return ::syscall(SYS_dup, 1001); }), EPERM);
  EXPECT_EQ(errno_under(seccomp, [] { return ::syscall(SYS_dup, 1002); }), EBADF);
}

// Shows: sec-1
TEST(SeccompInTheKernel, KillsAndTraps) {
  for (const char* action :
       {"SCMP_ACT_KILL", "SCMP_ACT_KILL_THREAD", "SCMP_ACT_KILL_PROCESS", "SCMP_ACT_TRAP"}) {
    int status = status_under(profile("SCMP_ACT_ALLOW", {rule({"getcwd"}, action)}), [] {
      get_cwd();
      return 0;
    });
    ASSERT_TRUE(WIFSIGNALED(status)) << action;
    EXPECT_EQ(WTERMSIG(status), SIGSYS) << action;
  }
}

TEST(SeccompInTheKernel, TraceWithoutATracerIsEnosys) {
  EXPECT_EQ(errno_under(profile("SCMP_ACT_ALLOW", {rule({"getcwd"}, "SCMP_ACT_TRACE")}), get_cwd),
            ENOSYS);
}

// Shows: sec-6
TEST(SeccompInTheKernel, AcceptsEveryFlag) {
  oci::Seccomp seccomp = profile("SCMP_ACT_ALLOW", {errno_rule({"getcwd"}, EACCES)});
  for (const char* flag : {"TSYNC", "LOG", "SPEC_ALLOW"}) {
    seccomp.flags = {std::string("SECCOMP_FILTER_FLAG_") + flag};
    EXPECT_EQ(errno_under(seccomp, get_cwd), EACCES) << flag;
  }
}

#if defined(__x86_64__)
long int80(long number) {
  long result = 0;
  asm volatile("int $0x80" : "=a"(result) : "a"(number) : "memory", "r8", "r9", "r10", "r11");
  return result;
}

// Shows: sec-5
TEST(SeccompInTheKernel, OtherArchitecturesAreNoWayAround) {
  constexpr long kGetpid32 = 20;
  auto status = [](const oci::Strings& architectures, const std::function<int()>& body) {
    return status_under(profile("SCMP_ACT_ALLOW", {errno_rule({"getpid"}, EACCES)}, architectures),
                        body);
  };
  auto by_int80 = [] { return static_cast<int>(-int80(kGetpid32)) & 0xff; };
  int with = status({"SCMP_ARCH_X86"}, by_int80);
  ASSERT_TRUE(WIFEXITED(with));
  EXPECT_EQ(WEXITSTATUS(with), EACCES);
  EXPECT_TRUE(WIFSIGNALED(status({"SCMP_ARCH_X86_64"}, by_int80)));

  auto by_x32 = [] { return ::syscall(0x40000000 | SYS_getpid) < 0 ? errno : 0; };
  int listed = status({"SCMP_ARCH_X32"}, by_x32);
  ASSERT_TRUE(WIFEXITED(listed));
  EXPECT_EQ(WEXITSTATUS(listed), EACCES);
  EXPECT_TRUE(WIFSIGNALED(status({}, by_x32)));
}
#endif

}  // namespace
}  // namespace tare
