// What a parent sets on its child: the child's values as the kernel has them, and errors that name
// the member.
#include "runtime/process/from_outside.h"

#include <gtest/gtest.h>
#include <sched.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "runtime/base/error.h"
#include "runtime/process/capabilities.h"

namespace tare::process {
namespace {

class FromOutsideTest : public testing::Test {
 protected:
  void SetUp() override {
    if (!has_capability(23)) GTEST_SKIP() << "needs CAP_SYS_NICE";
    child_ = ::fork();
    if (child_ == 0) {
      for (;;) ::pause();
    }
  }
  void TearDown() override {
    if (child_ <= 0) return;
    ::kill(child_, SIGKILL);
    ::waitpid(child_, nullptr, 0);
  }

  std::string error(const FromOutside& settings) {
    try {
      set_from_outside(settings, child_);
    } catch (const Error& error) {
      return error.what();
    }
    return "";
  }
  static FromOutside with_scheduler(uint32_t policy, uint64_t times = 0) {
    FromOutside settings;
    settings.scheduler = {"scheduler X", {}};
    settings.scheduler->attributes.policy = policy;
    settings.scheduler->attributes.runtime = times;
    settings.scheduler->attributes.deadline = 10 * times;
    return settings;
  }

  pid_t child_ = -1;
};

// Shows: rlimits-3, rlimits-4, sched-7
TEST_F(FromOutsideTest, EverythingIsSet) {
  FromOutside settings = with_scheduler(SCHED_FIFO);
  settings.scheduler->attributes.priority = 5;
  settings.io_priority = {"ioPriority X", 1U << 13 | 4};
  settings.rlimits = {{"RLIMIT_NOFILE", RLIMIT_NOFILE, 10, 20}, {"RLIMIT_CORE", RLIMIT_CORE, 0, 0}};
  EXPECT_EQ(error(settings), "");
  SchedulerAttributes is;
  EXPECT_EQ(::syscall(SYS_sched_getattr, child_, &is, sizeof is, 0), 0);
  EXPECT_EQ(is.policy, uint32_t{SCHED_FIFO});
  EXPECT_EQ(is.priority, 5U);
  EXPECT_EQ(::syscall(SYS_ioprio_get, 1, child_), 1 << 13 | 4);
  rlimit64 limit{};
  EXPECT_EQ(::prlimit64(child_, RLIMIT_NOFILE, nullptr, &limit), 0);
  EXPECT_EQ(limit.rlim_cur, 10U);
  EXPECT_EQ(limit.rlim_max, 20U);
}

TEST_F(FromOutsideTest, ErrorsNameTheMember) {
  EXPECT_EQ(error(with_scheduler(4)), "scheduler X: sched_setattr: invalid argument");
  FromOutside settings;
  settings.io_priority = {"ioPriority X", 7U << 13};
  EXPECT_EQ(error(settings), "ioPriority X: ioprio_set: invalid argument");
  settings = {};
  settings.rlimits = {{"RLIMIT_NOFILE", RLIMIT_NOFILE, 2, 1}};
  EXPECT_EQ(error(settings), "rlimit RLIMIT_NOFILE: prlimit: invalid argument");
}

// An affinity stands for the cpuset here: to the kernel it is the same mask.
TEST_F(FromOutsideTest, DeadlineSchedulingNeedsEveryProcessor) {
  if (::sysconf(_SC_NPROCESSORS_ONLN) == 1) GTEST_SKIP() << "one processor is every processor";
  cpu_set_t first;
  CPU_ZERO(&first);
  CPU_SET(0, &first);
  ASSERT_EQ(::sched_setaffinity(child_, sizeof first, &first), 0);
  EXPECT_EQ(error(with_scheduler(6, 1'000'000)),
            "scheduler X: sched_setattr: operation not permitted (process scheduler can't be used "
            "together with AllowedCPUs: SCHED_DEADLINE needs every processor, see sched(7))");
  CPU_SET(1, &first);
  for (int i = 2; i < ::sysconf(_SC_NPROCESSORS_CONF); ++i) CPU_SET(i, &first);
  ASSERT_EQ(::sched_setaffinity(child_, sizeof first, &first), 0);
  EXPECT_EQ(error(with_scheduler(6, 1'000'000)), "");
}

}  // namespace
}  // namespace tare::process
