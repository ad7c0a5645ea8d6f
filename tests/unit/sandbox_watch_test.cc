// Decisions of the watch, in a time of our own.
#include <gtest/gtest.h>

#include <csignal>

#include "runtime/sandbox/watch.h"

namespace tare::sandbox {
namespace {

using std::chrono::seconds;

constexpr Clock::time_point kStart{seconds(1000)};
constexpr int kExited = 0;        // wait4(2)'s status of exit(0)
constexpr int kKilled = SIGKILL;  // … and of a signal
constexpr Microseconds kNothing{0};

Result conclusion(const Watch& watch, int status, Microseconds used = kNothing) {
  Result result;
  watch.conclude(status, used, result);
  return result;
}

TEST(Watch, WaitsForNothingThatNobodyAskedFor) {
  Watch watch(Limits{}, true, kStart);
  EXPECT_FALSE(watch.next());
  EXPECT_EQ(watch.at(kStart + seconds(100'000), kNothing), Verdict::None);
  EXPECT_EQ(conclusion(watch, kExited).outcome, Outcome::Exited);
  EXPECT_EQ(conclusion(watch, kKilled).outcome, Outcome::Signaled);
}

TEST(Watch, EndsByTermThenByKill) {
  Limits limits;
  limits.wall_time = Milliseconds(500);
  limits.kill_after = Milliseconds(300);
  Watch watch(limits, false, kStart);
  EXPECT_EQ(watch.next(), kStart + Milliseconds(500));
  EXPECT_EQ(watch.at(kStart + Milliseconds(499), kNothing), Verdict::None);
  EXPECT_EQ(watch.at(kStart + Milliseconds(500), kNothing), Verdict::Terminate);
  EXPECT_EQ(watch.next(), kStart + Milliseconds(800));
  EXPECT_EQ(watch.at(kStart + Milliseconds(799), kNothing), Verdict::None);
  EXPECT_EQ(watch.at(kStart + Milliseconds(800), kNothing), Verdict::Kill);
  Result result = conclusion(watch, kExited);
  EXPECT_EQ(result.outcome, Outcome::Timeout);
  EXPECT_EQ(result.limits_hit, std::vector<std::string>{"timeout"});
  EXPECT_EQ(result.exit_status(), 124);
}

TEST(Watch, KillsAtOnceWithoutGrace) {
  Limits limits;
  limits.wall_time = Milliseconds(500);
  limits.kill_after = Milliseconds(0);
  Watch watch(limits, false, kStart);
  EXPECT_EQ(watch.at(kStart + seconds(1), kNothing), Verdict::Kill);
  EXPECT_FALSE(watch.next());
}

TEST(Watch, LooksAtProcessorTimeWhenItCouldBeUsedUp) {
  Limits limits;
  limits.cpu_time = seconds(10);
  Watch watch(limits, true, kStart);
  EXPECT_TRUE(watch.wants_use(kStart));
  EXPECT_EQ(watch.at(kStart, kNothing), Verdict::None);
  ASSERT_TRUE(watch.next());
  EXPECT_GT(*watch.next(), kStart);
  EXPECT_LE(*watch.next(), kStart + seconds(10));
  EXPECT_FALSE(watch.wants_use(kStart));
  EXPECT_EQ(watch.at(*watch.next(), seconds(10) - Microseconds(1)), Verdict::None);
  EXPECT_EQ(watch.at(*watch.next(), seconds(10)), Verdict::Terminate);
  EXPECT_EQ(conclusion(watch, kKilled, seconds(10)).outcome, Outcome::CpuLimit);
}

TEST(Watch, JudgesByWhatWasUsedInTheEnd) {
  Limits limits;
  limits.cpu_time = seconds(1);
  Watch watch(limits, true, kStart);
  EXPECT_EQ(conclusion(watch, kExited, seconds(1) - Microseconds(1)).outcome, Outcome::Exited);
  EXPECT_EQ(conclusion(watch, kExited, seconds(1)).outcome, Outcome::CpuLimit);
  // Without a cgroup the kernel counts each process by itself, and ends it by a signal.
  Watch uncounted(limits, false, kStart);
  EXPECT_FALSE(uncounted.next());
  EXPECT_EQ(conclusion(uncounted, kExited, seconds(2)).outcome, Outcome::Exited);
  EXPECT_EQ(conclusion(uncounted, SIGXCPU, Milliseconds(990)).outcome, Outcome::CpuLimit);
  EXPECT_EQ(conclusion(uncounted, kKilled, seconds(2)).outcome, Outcome::CpuLimit);
  EXPECT_EQ(conclusion(uncounted, kKilled, Milliseconds(500)).outcome, Outcome::Signaled);
}

TEST(Watch, FirstReasonCounts) {
  Limits limits;
  limits.wall_time = Milliseconds(500);
  Watch watch(limits, false, kStart);
  EXPECT_EQ(watch.too_much_output(), Verdict::Kill);
  EXPECT_EQ(watch.at(kStart + seconds(1), kNothing), Verdict::None);
  EXPECT_EQ(watch.cancel(), Verdict::None);
  Result result = conclusion(watch, kKilled);
  EXPECT_EQ(result.outcome, Outcome::OutputLimit);
  EXPECT_TRUE(result.truncated);
  EXPECT_EQ(result.limits_hit, std::vector<std::string>{"output"});
}

TEST(Watch, SignalThatAsksToEndIsFollowedByKill) {
  Limits limits;
  limits.kill_after = Milliseconds(300);
  Watch watch(limits, false, kStart);
  watch.asked_to_end(SIGINT, kStart);
  EXPECT_FALSE(watch.next());
  watch.asked_to_end(SIGTERM, kStart);
  EXPECT_EQ(watch.next(), kStart + Milliseconds(300));
  EXPECT_EQ(watch.at(kStart + Milliseconds(300), kNothing), Verdict::Kill);
  EXPECT_EQ(conclusion(watch, kExited).outcome, Outcome::Exited);
  EXPECT_EQ(conclusion(watch, kKilled).outcome, Outcome::Cancelled);
}

}  // namespace
}  // namespace tare::sandbox
