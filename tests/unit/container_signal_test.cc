#include <unistd.h>

#include <thread>

#include "runtime/base/sys.h"
#include "runtime/container/kill.h"
#include "tests/unit/container_fixture.h"

namespace tare {
namespace {

class ContainerKill : public ContainerTest {};

constexpr const char* kNotRunning = "container not running";

TEST(Signal, NumbersAndNames) {
  struct Case {
    const char* text;
    int number;
  };
  const Case cases[] = {
      {"0", 0},           {"9", 9},          {"64", 64},    {"037", 37},        {"KILL", 9},
      {"SIGKILL", 9},     {"sigkill", 9},    {"Term", 15},  {"SIGIOT", 6},      {"cld", 17},
      {"poll", 29},       {"IO", 29},        {"winch", 28}, {"SIGSYS", 31},     {"RTMIN", 34},
      {"SIGRTMIN+3", 37}, {"rtmin+30", 64},  {"RTMAX", 64}, {"sigrtmax-1", 63}, {"RTMAX-30", 34},
      {"STKFLT", 16},     {"SIGVTALRM", 26},
  };
  for (const Case& each : cases) EXPECT_EQ(parse_signal(each.text), each.number) << each.text;
}

// What a process that goes meanwhile looks like to the kernel; a thread looks the same all the
// time.
TEST(Signal, ANumberOfNoProcessIsNoError) {
  std::thread([] { EXPECT_FALSE(sys::try_pidfd_open(::gettid())); }).join();
  EXPECT_FALSE(sys::try_pidfd_open(0x3fffffff));
  EXPECT_TRUE(sys::try_pidfd_open(::getpid()));
}

TEST(Signal, EverythingElseIsUnknown) {
  for (const char* text :
       {"",       "-1",       "+9",         "65",       "4294967305", "9 ",       " 9",
        "9x",     "SIG",      "SIGSIGKILL", "KIL",      "KILLX",      "RTMIN+31", "RTMIN-1",
        "RTMIN+", "RTMIN+-1", "RTMAX+1",    "RTMAX-31", "RT",         "1e1"}) {
    EXPECT_EQ(error_of([&] { parse_signal(text); }),
              std::string("unknown signal \"") + text + "\"");
  }
}

TEST_F(ContainerKill, ReachesTheInitThatTheRecordMeans) {
  TestChild init(sleep_for_ever);
  put(record("c", init.pid()));
  kill(store().find("c"), 0, KillScope::Init);
  kill(store().find("c"), SIGUSR1, KillScope::Init);
  EXPECT_EQ(WTERMSIG(init.wait()), SIGUSR1);
}

TEST_F(ContainerKill, NeverReachesAnotherProcessOfTheSameNumber) {
  TestChild victim(sleep_for_ever);
  ContainerRecord wrong_start = record("a", victim.pid());
  wrong_start.init.start_time += 1;
  ContainerRecord wrong_boot = record("b", victim.pid());
  wrong_boot.init.boot_id[0] ^= 1;
  for (const ContainerRecord& each : {wrong_start, wrong_boot}) {
    put(each);
    EXPECT_EQ(error_of([&] { kill(store().find(each.id), SIGKILL, KillScope::Init); }),
              kNotRunning);
  }
  EXPECT_EQ(::waitpid(victim.pid(), nullptr, WNOHANG), 0);
}

// Shows: op-kill-2
TEST_F(ContainerKill, AStoppedContainerIsNotRunning) {
  TestChild init([] { ::_exit(0); });
  pid_t pid = init.pid();
  siginfo_t info{};
  ::waitid(P_PID, static_cast<id_t>(pid), &info, WEXITED | WNOWAIT);
  put(record("zombie", pid));
  EXPECT_EQ(error_of([&] { kill(store().find("zombie"), SIGTERM, KillScope::Init); }), kNotRunning);
  // What containerd sends before delete.
  EXPECT_EQ(error_of([&] { kill(store().find("zombie"), SIGKILL, KillScope::All); }), "no error");
}

// Shows: op-kill-2
TEST_F(ContainerKill, AContainerBeingCreatedIsNotRunning) {
  TestChild init(sleep_for_ever);
  ContainerRecord creating = record("c", init.pid());
  creating.phase = Phase::Creating;
  creating.creator = identify(::getpid());
  put(creating);
  EXPECT_EQ(error_of([&] { kill(store().find("c"), SIGTERM, KillScope::Init); }), kNotRunning);
  EXPECT_EQ(error_of([&] { kill(store().find("c"), SIGTERM, KillScope::All); }), kNotRunning);
}

TEST_F(ContainerKill, NeedsNoLock) {
  TestChild init(sleep_for_ever);
  put(record("c", init.pid()));
  ContainerDirectory held = store().find_locked("c");
  kill(store().find("c"), SIGKILL, KillScope::Init);
  EXPECT_EQ(WTERMSIG(init.wait()), SIGKILL);
}

TEST_F(ContainerKill, ImpossibleSignalsAreErrors) {
  TestChild init(sleep_for_ever);
  put(record("c", init.pid()));
  EXPECT_NE(
      error_of([&] { kill(store().find("c"), 65, KillScope::Init); }).find("invalid argument"),
      std::string::npos);
}

}  // namespace
}  // namespace tare
