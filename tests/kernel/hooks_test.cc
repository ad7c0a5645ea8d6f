// Hooks as real processes: what they are given, what is told of them, and that none can hold us up.
#include "runtime/container/hooks.h"

#include <gmock/gmock.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <time.h>

#include "tests/unit/container_fixture.h"

namespace tare {
namespace {

using testing::EndsWith;
using testing::HasSubstr;
using testing::StartsWith;

int64_t now_ms() {
  timespec now{};
  ::clock_gettime(CLOCK_MONOTONIC, &now);
  return static_cast<int64_t>(now.tv_sec) * 1000 + now.tv_nsec / 1'000'000;
}

class Hooks : public ContainerTest {
 protected:
  oci::Hook shell(const std::string& script) const {
    oci::Hook hook;
    hook.path = "/bin/sh";
    hook.args = {"sh", "-c", script};
    return hook;
  }
  void run(const oci::Hook& hook, const std::string& state = "{}") {
    run_hooks("createRuntime", {hook}, {state, path("")});
  }
  std::string failure(const oci::Hook& hook) {
    return error_of([&] { run(hook); });
  }
  std::string log() const { return contents(path("log")); }
};

constexpr const char* kFirst = "error running createRuntime hook #0: ";

// Shows: hooks-6
TEST_F(Hooks, ReadTheStateAndThenEndOfFile) {
  run(shell("cat > " + path("log")), "{\"id\":\"c\"}");
  EXPECT_EQ(log(), "{\"id\":\"c\"}");
}

TEST_F(Hooks, ReadAStateLargerThanAPipe) {
  std::string state(1 << 20, 's');
  run(shell("sleep 0.05; cat > " + path("log")), state);
  EXPECT_EQ(log(), state);
}

TEST_F(Hooks, NeedNotReadTheState) {
  std::string state(1 << 20, 's');
  run(shell("true"), state);
  run(shell("exec <&-; sleep 0.05"), state);
}

// Shows: hooks-5
TEST_F(Hooks, RunInOrderAndTheFirstFailureEndsTheList) {
  std::string text = error_of([&] {
    run_hooks("poststart", {append_hook("1"), append_hook("2"), shell("exit 3"), append_hook("4")},
              {"{}", "/"});
  });
  EXPECT_THAT(text, StartsWith("error running poststart hook #2: exit status 3"));
  EXPECT_EQ(log(), "1\n2\n");
}

TEST_F(Hooks, TellTheirStatusAndOutput) {
  EXPECT_EQ(failure(shell("echo out; echo err >&2; exit 1")),
            std::string(kFirst) + "exit status 1, stdout: out, stderr: err");
  EXPECT_THAT(failure(shell("kill -9 $$")), HasSubstr("killed by signal 9 (killed)"));
}

TEST_F(Hooks, KeepTheEndOfALongOutput) {
  std::string text =
      failure(shell("i=0; while [ $i -lt 20000 ]; do echo line $i; i=$((i+1)); done; exit 1"));
  EXPECT_LT(text.size(), 5000U);
  EXPECT_THAT(text, HasSubstr("line 19999, stderr: "));
  EXPECT_THAT(text, testing::Not(HasSubstr("line 0\n")));
}

TEST_F(Hooks, SayWhyTheyCouldNotBeExecuted) {
  oci::Hook missing;
  missing.path = path("missing");
  EXPECT_EQ(failure(missing), kFirst + ("exec " + missing.path) + ": no such file or directory");
  oci::Hook text;
  text.path = path("text");
  sys::replace_file_at(AT_FDCWD, text.path, "x", 0644);
  EXPECT_EQ(failure(text), kFirst + ("exec " + text.path) + ": permission denied");
}

// Shows: hooks-17
TEST_F(Hooks, HaveOurEnvironmentUnlessTheyNameOne) {
  ::setenv("TARE_HOOK_TEST", "ours", 1);
  oci::Hook hook = shell("echo \"$TARE_HOOK_TEST-$OWN\" >> " + path("log"));
  run(hook);
  hook.env = oci::Strings{"OWN=x"};
  run(hook);
  ::unsetenv("TARE_HOOK_TEST");
  EXPECT_EQ(log(), "ours-\n-x\n");
}

// Shows: hooks-17
TEST_F(Hooks, AnEmptyEnvironmentIsEmpty) {
  // cat itself, for a shell would add variables of its own. It fails, so that its output is told.
  oci::Hook hook;
  hook.path = "/bin/cat";
  hook.args = {"cat", "/proc/self/environ", "/proc/self/missing"};
  hook.env = oci::Strings{};
  EXPECT_THAT(failure(hook), HasSubstr("exit status 1, stdout: , stderr:"));
  hook.env = oci::Strings{"A=b"};
  EXPECT_THAT(failure(hook), HasSubstr("stdout: A=b"));
}

// Shows: hooks-16
TEST_F(Hooks, HaveTheirPathAsTheOnlyArgumentWhenNoneAreGiven) {
  std::string script = path("script");
  sys::replace_file_at(AT_FDCWD, script,
                       "#!/bin/sh\ntr '\\0' ' ' < /proc/$$/cmdline > " + path("log") + "\n", 0755);
  oci::Hook hook;
  hook.path = script;
  run(hook);
  EXPECT_EQ(log(), "/bin/sh " + script + " ");
}

TEST_F(Hooks, RunInTheirDirectoryOrTheRootWhenItIsGone) {
  run(shell("pwd >> " + path("log")));
  run_hooks("poststop", {shell("pwd >> " + path("log"))}, {"{}", path("gone")});
  std::string base = path("");
  base.pop_back();
  EXPECT_EQ(log(), base + "\n/\n");
}

TEST_F(Hooks, InheritNoDescriptorNoMaskAndNoDisposition) {
  Fd leaked(::open("/dev/null", O_RDONLY));
  sigset_t all, saved;
  ::sigfillset(&all);
  ::sigprocmask(SIG_SETMASK, &all, &saved);
  auto old = ::signal(SIGPIPE, SIG_IGN);
  std::string text = error_of(
      [&] { run(shell("ls /proc/self/fd; grep -E 'Sig(Blk|Ign)' /proc/self/status; exit 1")); });
  ::signal(SIGPIPE, old);
  ::sigprocmask(SIG_SETMASK, &saved, nullptr);
  // 3 is that of ls itself.
  EXPECT_THAT(text, HasSubstr("stdout: 0\n1\n2\n3\nSigBlk:\t0000000000000000\n"
                              "SigIgn:\t0000000000000000, stderr:"));
}

TEST_F(Hooks, WorkWithClosedStandardStreams) {
  TestChild child([&] {
    for (int fd : {0, 1, 2}) ::close(fd);
    run(shell("cat > " + path("log")), "state");
    bool told =
        error_of([&] { run(shell("echo out; exit 1")); }).find("stdout: out") != std::string::npos;
    ::_exit(told ? 0 : 1);
  });
  EXPECT_EQ(child.wait(), 0);
  EXPECT_EQ(log(), "state");
}

// Shows: hooks-15
TEST_F(Hooks, ATimeoutKillsTheWholeGroup) {
  // The grandchild is ours once its parent is killed, so that its end can be seen.
  ASSERT_EQ(::prctl(PR_SET_CHILD_SUBREAPER, 1), 0);
  oci::Hook hook = shell("sleep 1000 & echo $! > " + path("pid") + "; wait");
  hook.timeout = 1;
  int64_t before = now_ms();
  EXPECT_EQ(failure(hook), std::string(kFirst) + "hook ran past specified timeout of 1.0s");
  int64_t elapsed = now_ms() - before;
  EXPECT_GE(elapsed, 1000);
  EXPECT_LT(elapsed, 3000);
  int status = 0;
  pid_t grandchild = std::stoi(contents(path("pid")));
  ASSERT_EQ(::waitpid(grandchild, &status, 0), grandchild);
  EXPECT_EQ(WTERMSIG(status), SIGKILL);
  ::prctl(PR_SET_CHILD_SUBREAPER, 0);
}

TEST_F(Hooks, ATimeoutInTheFarFutureIsNone) {
  oci::Hook hook = shell("true");
  for (int64_t timeout : {int64_t{1}, int64_t{1} << 31, INT64_MAX}) {
    hook.timeout = timeout;
    EXPECT_EQ(failure(hook), "no error") << timeout;
  }
}

TEST_F(Hooks, ADaemonThatKeepsThePipesIsNotWaitedFor) {
  int64_t before = now_ms();
  oci::Hook hook = shell("setsid sleep 20 & echo $! > " + path("pid") + "; echo out; exit 1");
  EXPECT_EQ(failure(hook), std::string(kFirst) + "exit status 1, stdout: out, stderr: ");
  run(shell("setsid sleep 20 & echo $! > " + path("pid2")));
  EXPECT_LT(now_ms() - before, 5000);
  for (const char* name : {"pid", "pid2"}) {
    pid_t daemon = std::stoi(contents(path(name)));
    EXPECT_EQ(::kill(daemon, SIGKILL), 0) << "a hook may leave a daemon behind";
  }
}

TEST_F(Hooks, ADaemonThatNeverStopsWritingIsNotListenedTo) {
  int64_t before = now_ms();
  oci::Hook hook = shell("yes & echo $! > " + path("pid") + "; exit 1");
  EXPECT_THAT(failure(hook), HasSubstr("exit status 1"));
  EXPECT_LT(now_ms() - before, 5000);
  ::kill(std::stoi(contents(path("pid"))), SIGKILL);
}

TEST_F(Hooks, AreAProcessGroupOfTheirOwn) {
  run(shell("ps -o pgid= -p $$ 2>/dev/null > " + path("log") +
            " || cut -d' ' -f5 /proc/$$/stat > " + path("log") + "; echo $$ >> " + path("log")));
  std::string text = log();
  size_t newline = text.find('\n');
  EXPECT_EQ(std::stoi(text), std::stoi(text.substr(newline + 1)));
}

}  // namespace
}  // namespace tare
