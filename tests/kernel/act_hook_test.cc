// A hook of the container's: how it ends, how long it may take, what is kept of what it prints.
#include <fcntl.h>
#include <signal.h>

#include <chrono>

#include "tests/unit/act_fixture.h"

namespace tare {
namespace {

using act::OpKind;
using act::Step;

Step hook(const std::string& script, uint32_t seconds = 0) {
  Step step = tare::step(OpKind::Hook, "/bin/sh");
  step.data = act::pack(std::vector<std::string>{"sh", "-c", script});
  step.data2 = act::pack(std::vector<std::string>{"PATH=/bin:/usr/bin", "NAME=value"});
  step.number = seconds;
  return step;
}

// The failure of the hook; an empty report when it did not fail.
act::Report failure(Step step, std::vector<int> slots = {}) {
  Acted acted = act_out({.steps = {std::move(step)}, .slots = std::move(slots)});
  const act::Report* failed = acted.failure();
  EXPECT_EQ(failed == nullptr, acted.status == 0);
  return failed != nullptr ? *failed : act::Report{};
}

bool failed(const act::Report& report) {
  return report.type == act::ReportType::Failed;
}

double seconds_of(const std::function<void()>& body) {
  auto start = std::chrono::steady_clock::now();
  body();
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

TEST(ActHook, SuccessGoesOnSilently) {
  Acted acted = act_out({.steps = {hook("echo noise; exit 0"), hook("true")}});
  EXPECT_EQ(acted.said(), "");
  EXPECT_TRUE(acted.reports.empty());
}

TEST(ActHook, AnExitStatusIsTheFailure) {
  act::Report report = failure(hook("echo out; echo err >&2; exit 77"));
  ASSERT_TRUE(failed(report));
  EXPECT_EQ(report.error, 0);
  EXPECT_EQ(report.value, 77);
  EXPECT_STREQ(report.call, "hook");
  EXPECT_EQ(text_of(report), "out\nerr\n");
}

TEST(ActHook, ASignalIsTheFailure) {
  act::Report report = failure(hook("kill -TERM $$"));
  ASSERT_TRUE(failed(report));
  EXPECT_EQ(report.error, 0);
  EXPECT_EQ(report.value, -SIGTERM);
}

TEST(ActHook, WhatCannotBeExecutedSaysWhy) {
  const std::pair<const char*, int> cases[] = {{"/nonexistent/hook", ENOENT},
                                               {"/etc/passwd", EACCES},
                                               {"/tmp", EACCES},
                                               {"/etc/passwd/x", ENOTDIR}};
  for (const auto& [path, error] : cases) {
    Step step = hook("");
    step.text = path;
    act::Report report = failure(step);
    ASSERT_TRUE(failed(report)) << path;
    EXPECT_STREQ(report.call, "execve");
    EXPECT_EQ(report.error, error) << path;
    EXPECT_EQ(text_of(report), path);
  }
}

// Shows: hooks-16, hooks-17
TEST(ActHook, ArgumentsAndEnvironmentAreExactlyTheGiven) {
  ::setenv("INHERITED", "leak", 1);
  act::Report report = failure(hook("echo \"$0,$NAME,${INHERITED-unset}\"; exit 1"));
  EXPECT_EQ(text_of(report), "sh,value,unset\n");
  Step step = hook("");
  step.text = "/usr/bin/env";
  step.data = act::pack(std::vector<std::string>{"env", "--no-such-option"});
  EXPECT_NE(failure(step).value, 0);
}

TEST(ActHook, TheUmaskIsNotOurs) {
  Step step = hook("umask; exit 1");
  step.a = 027;
  EXPECT_EQ(text_of(failure(step)), "0027\n");
}

// Shows: hooks-6
TEST(ActHook, TheStateIsReadFromTheStartByEachHook) {
  Fd state = sys::memfd_create("state", 0);
  sys::write_all(state, "document", "state");
  Step first = hook("read -r line; test \"$line\" = document");
  first.fd = 0;
  Step second = hook("cat; exit 3");
  second.fd = 0;
  Acted acted = act_out({.steps = {first, first, second}, .slots = {state.get()}});
  ASSERT_NE(acted.failure(), nullptr);
  EXPECT_EQ(acted.failure()->op, 2U);
  EXPECT_EQ(text_of(*acted.failure()), "document");
}

TEST(ActHook, OutputIsBoundedAndNeverBlocks) {
  act::Report report;
  double seconds =
      seconds_of([&] { report = failure(hook("head -c 5000000 /dev/zero | tr '\\0' x; exit 9")); });
  EXPECT_EQ(report.value, 9);
  EXPECT_EQ(text_of(report), std::string(act::kReportText, 'x'));
  EXPECT_LT(seconds, 10);
}

TEST(ActHook, NothingPrintedBeforeTheEndIsLost) {
  std::string text(1000, 'y');
  for (int i = 0; i < 30; ++i) {
    act::Report report = failure(hook("printf %s " + text + "; exit 1"));
    ASSERT_EQ(text_of(report), text) << i;
  }
}

// Shows: hooks-15
TEST(ActHook, ATimeoutEndsIt) {
  act::Report report;
  double seconds =
      seconds_of([&] { report = failure(hook("sleep 1000 & echo started; wait", 1)); });
  ASSERT_TRUE(failed(report));
  EXPECT_STREQ(report.call, "hook timeout");
  EXPECT_EQ(report.error, ETIMEDOUT);
  EXPECT_EQ(text_of(report), "started\n");
  EXPECT_GE(seconds, 0.9);
  EXPECT_LT(seconds, 5);
}

TEST(ActHook, TheChildrenOfAHookThatTookTooLongAreGone) {
  int fds[2];
  ASSERT_EQ(::pipe(fds), 0);
  Fd reader(fds[0]), writer(fds[1]);
  // Standard input is the one descriptor that a hook is given: the child holds our pipe by it.
  Step step = hook("sleep 1000 <&0 & wait", 1);
  step.fd = 0;
  failure(step, {writer.get()});
  writer.reset();
  EXPECT_TRUE(sys::poll_readable(reader, 3000)) << "the child still holds its end";
}

TEST(ActHook, AHookThatLeavesItsGroupEndsAtItsTimeToo) {
  Step step = hook("", 1);
  step.text = "/usr/bin/perl";
  step.data = act::pack(std::vector<std::string>{"perl", "-e", "setpgrp(0, getppid()); sleep 15"});
  if (::access(step.text.c_str(), X_OK) != 0) GTEST_SKIP() << "needs perl";
  double seconds = seconds_of([&] {
    Acted acted = act_out({.steps = {step}, .before = [] { ::setpgid(0, 0); }});
    ASSERT_NE(acted.failure(), nullptr) << acted.said();
    EXPECT_EQ(acted.failure()->error, ETIMEDOUT);
  });
  EXPECT_LT(seconds, 5);
}

TEST(ActHook, ClosedOutputOrABackgroundChildHoldNobodyUp) {
  double seconds = seconds_of([&] {
    EXPECT_EQ(failure(hook("exec >&- 2>&-; sleep 0.2; exit 4", 5)).value, 4);
    EXPECT_EQ(failure(hook("exec >&- 2>&-; sleep 0.2; exit 4")).value, 4);
    EXPECT_EQ(failure(hook("sleep 3 & exit 5")).value, 5);
  });
  EXPECT_LT(seconds, 2.5);
}

TEST(ActHook, NoDescriptorOfOursIsHandedDown) {
  Fd memory = sys::memfd_create("leak", 0);
  Fd leak(::fcntl(memory.get(), F_DUPFD, 100));
  act::Report report = failure(hook("for fd in /proc/self/fd/*; do echo ${fd##*/}; done; exit 1"));
  std::string listed = text_of(report);
  EXPECT_EQ(listed.find("\n" + std::to_string(leak.get()) + "\n"), std::string::npos) << listed;
  EXPECT_TRUE(listed.starts_with("0\n1\n2\n")) << listed;
}

}  // namespace
}  // namespace tare
