// What profiles mean, case by case; process_seccomp_differential_test.cc has the rest.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cerrno>

#include "oci/names.h"
#include "runtime/base/error.h"
#include "runtime/process/seccomp.h"
#include "tests/unit/seccomp_calls.h"
#include "tests/unit/seccomp_profiles.h"

namespace tare::test {
namespace {

using testing::HasSubstr;

// Enough names for the search tree, whose program is another one.
TEST(Seccomp, AnswersTheSameWithManyCalls) {
  oci::Strings many;
  for (const char* name :
       {"read",         "write",          "open",      "close",       "stat",   "fstat",
        "lstat",        "poll",           "lseek",     "mmap",        "munmap", "brk",
        "rt_sigaction", "rt_sigprocmask", "pread64",   "pwrite64",    "readv",  "writev",
        "access",       "pipe",           "select",    "sched_yield", "mremap", "msync",
        "mincore",      "madvise",        "dup",       "dup2",        "pause",  "nanosleep",
        "getitimer",    "alarm",          "setitimer", "sendfile",    "execve"}) {
    many.emplace_back(name);
  }
  auto seccomp = profile("SCMP_ACT_ERRNO",
                         {rule(many, "SCMP_ACT_ALLOW"),
                          rule({"personality"}, "SCMP_ACT_LOG", {argument(0, "SCMP_CMP_EQ", 8)}),
                          errno_rule({"clone3"}, ENOSYS)},
                         {"SCMP_ARCH_X86_64", "SCMP_ARCH_X86", "SCMP_ARCH_X32"});
  auto program = compiled(seccomp);
  EXPECT_EQ(answer(program, kX86_64, 0), SECCOMP_RET_ALLOW);
  EXPECT_EQ(answer(program, kX86_64, 59), SECCOMP_RET_ALLOW);          // execve
  EXPECT_EQ(answer(program, kX86, 11), SECCOMP_RET_ALLOW);             // execve
  EXPECT_EQ(answer(program, kX32, kX32Bit | 520), SECCOMP_RET_ALLOW);  // execve
  EXPECT_EQ(answer(program, kX86_64, 39), kEperm);
  EXPECT_EQ(answer(program, kX86_64, 135, {8}), SECCOMP_RET_LOG);
  EXPECT_EQ(answer(program, kX86_64, 135, {9}), kEperm);
  EXPECT_EQ(answer(program, kX86_64, 135, {1ULL << 32 | 8}), kEperm);
  EXPECT_EQ(answer(program, kX86_64, 435), kEnosys);
  EXPECT_EQ(answer(program, kX86_64, 436), kEnosys);
}

// Shows: sec-2
TEST(Seccomp, NoRulesMeansTheDefaultForEverything) {
  auto program = compiled(profile("SCMP_ACT_ERRNO"));
  for (uint32_t number : {0U, 39U, 435U, 1000U, 0xffffffffU}) {
    EXPECT_EQ(answer(program, kNative, number), kEperm) << number;
  }
}

TEST(Seccomp, NothingToLoadWithoutActionAndRules) {
  EXPECT_FALSE(process::compile_seccomp({}, nullptr).has_value());
  EXPECT_THROW(process::compile_seccomp(profile("", {rule({"read"}, "SCMP_ACT_ALLOW")}), nullptr),
               Error);
}

// Shows: sec-8
TEST(Seccomp, UnknownCallsAreSkippedButTheRestOfTheirRuleHolds) {
  auto program = compiled(
      profile("SCMP_ACT_ERRNO", {rule({"no_such_call", "getpid", "clone3"}, "SCMP_ACT_ALLOW")}));
  EXPECT_EQ(answer(program, kNative, call_of("getpid").numbers[kNative]), SECCOMP_RET_ALLOW);
  EXPECT_EQ(answer(program, kNative, call_of("ptrace").numbers[kNative]), kEperm);
}

// A rule whose action is the default's is left out, even where that makes a narrower rule of the
// same call the only one.
TEST(Seccomp, RulesLikeTheDefaultAreLeftOut) {
  oci::Seccomp seccomp = profile("SCMP_ACT_ERRNO", {errno_rule({"getpid", "uname"}, EPERM)});
  EXPECT_EQ(answer(compiled(seccomp), kNative, call_of("getpid").numbers[kNative]), kEperm);
  seccomp.syscalls[0].errno_ret = EACCES;
  EXPECT_EQ(answer(compiled(seccomp), kNative, call_of("getpid").numbers[kNative]),
            SECCOMP_RET_ERRNO | EACCES);
}

// socket is function 1 of call 102 on i386, and call 359; bind is function 2 and call 361.
TEST(Seccomp, MultiplexedCallsAreReachedBothWays) {
  auto program = compiled(
      profile("SCMP_ACT_ERRNO",
              {rule({"getpid", "socket", "semop"}, "SCMP_ACT_ALLOW"), errno_rule({"bind"}, EACCES)},
              {"SCMP_ARCH_X86"}));
  EXPECT_EQ(answer(program, kX86, 102, {1}), SECCOMP_RET_ALLOW);
  EXPECT_EQ(answer(program, kX86, 359), SECCOMP_RET_ALLOW);
  EXPECT_EQ(answer(program, kX86, 102, {2}), SECCOMP_RET_ERRNO | EACCES);
  EXPECT_EQ(answer(program, kX86, 361), SECCOMP_RET_ERRNO | EACCES);
  EXPECT_EQ(answer(program, kX86, 102, {3}), kEperm);
  EXPECT_EQ(answer(program, kX86, 117, {1}), SECCOMP_RET_ALLOW);  // semop, ipc only
  EXPECT_EQ(answer(program, kX86, 362), kEnosys);
}

// The arguments of a multiplexed call are out of a filter's sight.
TEST(Seccomp, ConditionsBehindAMultiplexerAreDecidedSafely) {
  auto condition = argument(0, "SCMP_CMP_EQ", 40);
  auto permitting = compiled(profile(
      "SCMP_ACT_ERRNO", {rule({"socket"}, "SCMP_ACT_ALLOW", {condition})}, {"SCMP_ARCH_X86"}));
  EXPECT_EQ(answer(permitting, kX86, 359, {40}), SECCOMP_RET_ALLOW);
  EXPECT_EQ(answer(permitting, kX86, 102, {1}), kEperm);
  auto refusing = compiled(profile(
      "SCMP_ACT_ALLOW", {rule({"socket"}, "SCMP_ACT_ERRNO", {condition})}, {"SCMP_ARCH_X86"}));
  EXPECT_EQ(answer(refusing, kX86, 359, {2}), SECCOMP_RET_ALLOW);
  EXPECT_EQ(answer(refusing, kX86, 102, {1}), kEperm);
  EXPECT_EQ(answer(refusing, kX86, 102, {2}), SECCOMP_RET_ALLOW);
  auto both = compiled(profile(
      "SCMP_ACT_ERRNO",
      {rule({"socket"}, "SCMP_ACT_ALLOW", {condition}), rule({"socketcall"}, "SCMP_ACT_ALLOW")},
      {"SCMP_ARCH_X86"}));
  EXPECT_EQ(answer(both, kX86, 102, {1}), SECCOMP_RET_ALLOW);
}

TEST(Seccomp, ARuleWithoutConditionsDecidesWhereverItStands) {
  auto conditional = rule({"uname"}, "SCMP_ACT_LOG", {argument(0, "SCMP_CMP_EQ", 7)});
  auto whole = rule({"uname"}, "SCMP_ACT_ALLOW");
  uint32_t number = call_of("uname").numbers[kNative];
  for (const auto& rules : {std::vector{conditional, whole}, std::vector{whole, conditional},
                            std::vector{whole, errno_rule({"uname"}, EACCES)}}) {
    EXPECT_EQ(answer(compiled(profile("SCMP_ACT_ERRNO", rules)), kNative, number, {7}),
              SECCOMP_RET_ALLOW);
  }
}

TEST(Seccomp, TheFirstOfSeveralConditionalRulesDecides) {
  auto program = compiled(profile(
      "SCMP_ACT_ERRNO", {rule({"uname"}, "SCMP_ACT_LOG", {argument(0, "SCMP_CMP_GE", 7)}),
                         rule({"uname"}, "SCMP_ACT_ALLOW", {argument(0, "SCMP_CMP_GE", 5)})}));
  uint32_t number = call_of("uname").numbers[kNative];
  EXPECT_EQ(answer(program, kNative, number, {8}), SECCOMP_RET_LOG);
  EXPECT_EQ(answer(program, kNative, number, {6}), SECCOMP_RET_ALLOW);
  EXPECT_EQ(answer(program, kNative, number, {4}), kEperm);
}

// Shows: sec-5
TEST(Seccomp, EveryArchitectureOfTheLibraryCompiles) {
  for (const char* name : {"X86", "X86_64", "X32", "ARM", "AARCH64", "MIPSEL", "MIPSEL64",
                           "MIPSEL64N32", "PPC64LE", "RISCV64"}) {
    auto program = compiled(profile("SCMP_ACT_ERRNO", {rule({"getpid"}, "SCMP_ACT_ALLOW")},
                                    {std::string("SCMP_ARCH_") + name}));
    EXPECT_EQ(answer(program, kNative, call_of("getpid").numbers[kNative]), SECCOMP_RET_ALLOW);
  }
}

// Which those are depends on the libseccomp of the build: 2.5 does not know the newest ones.
// Shows: sec-5
TEST(Seccomp, EveryArchitectureIsOneTheLibraryKnowsOrAClearError) {
  oci::Strings known = process::seccomp_architectures();
  EXPECT_THAT(known, testing::IsSupersetOf({"SCMP_ARCH_AARCH64", "SCMP_ARCH_X86_64"}));
  for (std::string_view architecture : oci::kSeccompArchitectures) {
    std::string name(architecture);
    std::string message;
    try {
      compiled(profile("SCMP_ACT_ERRNO", {rule({"getpid"}, "SCMP_ACT_ALLOW")}, {name}));
    } catch (const Error& error) {
      message = error.what();
    }
    bool is_known = std::find(known.begin(), known.end(), name) != known.end();
    EXPECT_EQ(message == "seccomp: architecture \"" + name + "\" is not known to libseccomp " +
                             process::libseccomp_version(),
              !is_known)
        << name << ": " << message;
  }
}

// Shows: notify-1
TEST(Seccomp, ANotificationIsTheAnswerOfItsRule) {
  auto program = compiled(profile("SCMP_ACT_ALLOW", {rule({"getpid"}, "SCMP_ACT_NOTIFY"),
                                                     rule({"personality"}, "SCMP_ACT_NOTIFY",
                                                          {argument(0, "SCMP_CMP_EQ", 8)})}));
  EXPECT_EQ(answer(program, kNative, call_of("getpid").numbers[kNative]), SECCOMP_RET_USER_NOTIF);
  uint32_t personality = call_of("personality").numbers[kNative];
  EXPECT_EQ(answer(program, kNative, personality, {8}), SECCOMP_RET_USER_NOTIF);
  EXPECT_EQ(answer(program, kNative, personality, {9}), SECCOMP_RET_ALLOW);
}

// Shows: notify-1, notify-11, sec-6
TEST(Seccomp, AListenerIsAskedForWhereSomethingNotifies) {
  oci::Seccomp seccomp = profile("SCMP_ACT_ALLOW", {errno_rule({"mkdir"}, EPERM)});
  auto filter = [&] { return *process::compile_seccomp(seccomp, nullptr); };
  constexpr unsigned long kKillable = 1UL << 5;  // WAIT_KILLABLE_RECV
  seccomp.listener_path = "/l";
  seccomp.flags = {"SECCOMP_FILTER_FLAG_WAIT_KILLABLE_RECV"};
  EXPECT_EQ(filter().flags, 0U);
  EXPECT_FALSE(filter().notifies());
  seccomp.syscalls = {rule({"mkdir"}, "SCMP_ACT_NOTIFY")};
  EXPECT_EQ(filter().flags, SECCOMP_FILTER_FLAG_NEW_LISTENER | kKillable);
  EXPECT_TRUE(filter().notifies());
  seccomp.flags.reset();
  EXPECT_EQ(filter().flags, SECCOMP_FILTER_FLAG_NEW_LISTENER | SECCOMP_FILTER_FLAG_SPEC_ALLOW);
  // Also where the rule comes to nothing: what config.json asks for is what the agent gets.
  seccomp.syscalls = {rule({"no_such_call"}, "SCMP_ACT_NOTIFY")};
  EXPECT_TRUE(filter().notifies());
}

struct BadProfile {
  const char* what;
  oci::Seccomp seccomp;
  const char* message;
};

TEST(Seccomp, RefusesWhatItCannotDo) {
  oci::Seccomp errno_for_allow = profile("SCMP_ACT_ALLOW");
  errno_for_allow.default_errno_ret = 1;
  oci::Seccomp large_errno = profile("SCMP_ACT_ERRNO");
  large_errno.default_errno_ret = 65536;
  oci::Seccomp flag = profile("SCMP_ACT_ALLOW");
  flag.flags = {"SECCOMP_FILTER_FLAG_NEW_LISTENER"};
  auto with_argument = [](oci::SeccompArgument condition) {
    return profile("SCMP_ACT_ERRNO", {rule({"getpid"}, "SCMP_ACT_ALLOW", {std::move(condition)})});
  };
  const BadProfile bad[] = {
      {"action", profile("SCMP_ACT_NONE"), "unknown action \"SCMP_ACT_NONE\""},
      {"rule action", profile("SCMP_ACT_ALLOW", {rule({"read"}, "ALLOW")}), "unknown action"},
      {"operator", with_argument(argument(0, "SCMP_CMP_XX", 1)), "unknown operator"},
      {"index", with_argument(argument(6, "SCMP_CMP_EQ", 1)), "index below 6"},
      {"architecture", profile("SCMP_ACT_ALLOW", {}, {"SCMP_ARCH_ABC"}),
       "architecture \"SCMP_ARCH_ABC\" is not known to libseccomp 2."},
      {"no prefix", profile("SCMP_ACT_ALLOW", {}, {"x86"}), "architecture \"x86\""},
      {"byte order", profile("SCMP_ACT_ALLOW", {}, {"SCMP_ARCH_S390X"}), "byte order"},
      {"errno of allow", errno_for_allow, "which has none"},
      {"errno", large_errno, "65536 is too large"},
      {"flag", flag, "unknown flag"},
  };
  for (const BadProfile& one : bad) {
    try {
      process::compile_seccomp(one.seccomp, nullptr);
      ADD_FAILURE() << one.what << " was accepted";
    } catch (const Error& error) {
      EXPECT_THAT(error.what(), HasSubstr(one.message)) << one.what;
    }
  }
}

TEST(Seccomp, TooLargeAFilterIsAnError) {
  oci::Seccomp seccomp = profile("SCMP_ACT_ERRNO");
  for (uint64_t value = 0; value < 2000; ++value) {
    seccomp.syscalls.push_back(
        rule({"ioctl"}, "SCMP_ACT_ALLOW", {argument(1, "SCMP_CMP_EQ", value << 32 | value)}));
  }
  try {
    process::compile_seccomp(seccomp, nullptr);
    ADD_FAILURE() << "accepted";
  } catch (const Error& error) {
    EXPECT_THAT(error.what(), HasSubstr("the kernel takes 4096"));
  }
}

// Shows: sec-6
TEST(Seccomp, FlagsAreThoseOfTheProfile) {
  oci::Seccomp seccomp = profile("SCMP_ACT_ALLOW");
  auto flags = [&] { return process::compile_seccomp(seccomp, nullptr)->flags; };
  EXPECT_EQ(flags(), SECCOMP_FILTER_FLAG_SPEC_ALLOW);
  seccomp.flags = oci::Strings{};
  EXPECT_EQ(flags(), 0U);
  seccomp.flags = {"SECCOMP_FILTER_FLAG_TSYNC", "SECCOMP_FILTER_FLAG_LOG"};
  EXPECT_EQ(flags(), SECCOMP_FILTER_FLAG_LOG);
}

// Shows: feat-14
TEST(Seccomp, SupportedFlagsAreTakenByTheKernel) {
  oci::Strings flags = process::supported_seccomp_flags();
  EXPECT_THAT(flags, testing::Contains("SECCOMP_FILTER_FLAG_LOG"));
  oci::Seccomp seccomp = profile("SCMP_ACT_ALLOW");
  for (const std::string& flag : flags) {
    seccomp.flags = oci::Strings{flag};
    EXPECT_TRUE(process::compile_seccomp(seccomp, nullptr)) << flag;
  }
}

}  // namespace
}  // namespace tare::test
