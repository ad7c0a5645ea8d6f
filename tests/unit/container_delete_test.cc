#include <time.h>

#include "runtime/container/delete.h"
#include "tests/unit/container_fixture.h"

namespace tare {
namespace {

class ContainerDelete : public ContainerTest {
 protected:
  std::string remove(const std::string& id, Force force = Force::No) {
    return error_of([&] { remove_container(store(), id, force); });
  }
};

// Shows: hooks-12
TEST_F(ContainerDelete, AStoppedContainerGoesAndItsPoststopHooksRun) {
  ContainerRecord stopped = record("c", 0);
  oci::Hook hook;
  hook.path = "/bin/sh";
  hook.args = {"sh", "-c", "cat >> " + path("log") + "; test ! -e " + root() + "/c || echo early"};
  stopped.poststop = {hook};
  put(stopped);
  EXPECT_EQ(remove("c"), "no error");
  EXPECT_FALSE(exists(root() + "/c"));
  std::string log = contents(path("log"));
  EXPECT_NE(log.find("\"status\":\"stopped\""), std::string::npos) << log;
  EXPECT_EQ(log.find("\"pid\""), std::string::npos) << log;
  EXPECT_EQ(log.find("early"), std::string::npos);
}

// Shows: hooks-21, lc-9
TEST_F(ContainerDelete, AFailedPoststopHookIsAWarningAndTheOthersRun) {
  ContainerRecord stopped = record("c", 0);
  oci::Hook failing;
  failing.path = path("missing");
  stopped.poststop = {failing, append_hook("second")};
  stopped.bundle = path("gone");
  put(stopped);
  testing::internal::CaptureStderr();
  EXPECT_EQ(remove("c"), "no error");
  EXPECT_NE(
      testing::internal::GetCapturedStderr().find("error running poststop hook #0: exec " +
                                                  failing.path + ": no such file or directory"),
      std::string::npos);
  EXPECT_EQ(contents(path("log")), "second\n");
}

// Shows: op-delete-2
TEST_F(ContainerDelete, ACreatedContainerIsKilledWithoutForce) {
  TestChild init(sleep_for_ever);
  put(record("c", init.pid()));
  Fd socket = listen("c");
  EXPECT_EQ(remove("c"), "no error");
  EXPECT_EQ(WTERMSIG(init.wait()), SIGKILL);
  EXPECT_FALSE(exists(root() + "/c"));
}

// Shows: op-delete-2
TEST_F(ContainerDelete, ARunningContainerNeedsForce) {
  TestChild init(sleep_for_ever);
  put(record("c", init.pid()));
  EXPECT_EQ(remove("c"), "cannot delete container c that is not stopped: running");
  EXPECT_EQ(::waitpid(init.pid(), nullptr, WNOHANG), 0);
  EXPECT_EQ(remove("c", Force::Yes), "no error");
  EXPECT_EQ(WTERMSIG(init.wait()), SIGKILL);
  EXPECT_FALSE(exists(root() + "/c"));
}

TEST_F(ContainerDelete, AnUnknownIdIsAnErrorWithoutForceOnly) {
  EXPECT_EQ(remove("c"), "container does not exist");
  EXPECT_EQ(remove("c", Force::Yes), "no error");
  EXPECT_EQ(remove("../c", Force::Yes), "invalid container ID format");
}

TEST_F(ContainerDelete, AFolderWithoutRecordIsRemovedEitherWay) {
  for (Force force : {Force::No, Force::Yes}) {
    store().reserve("c").keep();
    EXPECT_EQ(remove("c", force), force == Force::No ? "container does not exist" : "no error");
    EXPECT_FALSE(exists(root() + "/c"));
  }
}

TEST_F(ContainerDelete, ABrokenRecordNeedsForce) {
  put(record("c", 0));
  sys::replace_file_at(store().find("c").fd().get(), "state.json", "{", 0600);
  EXPECT_NE(remove("c").find("state.json"), std::string::npos);
  EXPECT_TRUE(exists(root() + "/c"));
  testing::internal::CaptureStderr();
  EXPECT_EQ(remove("c", Force::Yes), "no error");
  EXPECT_NE(testing::internal::GetCapturedStderr().find("only the container's folder"),
            std::string::npos);
  EXPECT_FALSE(exists(root() + "/c"));
}

TEST_F(ContainerDelete, WhatAKilledCreateLeftIsRemoved) {
  TestChild init(sleep_for_ever);
  TestChild creator(sleep_for_ever);
  ContainerRecord creating = record("c", init.pid());
  creating.phase = Phase::Creating;
  creating.creator = identify(creator.pid());
  creating.host_mount = path("never-mounted");
  put(creating);
  EXPECT_EQ(remove("c"), "cannot delete container c that is not stopped: creating");
  ::kill(creator.pid(), SIGKILL);
  creator.wait();
  EXPECT_EQ(remove("c"), "no error");
  EXPECT_EQ(WTERMSIG(init.wait()), SIGKILL);
  EXPECT_FALSE(exists(root() + "/c"));
}

TEST_F(ContainerDelete, WhatACreateKilledOverItsPidFileLeftIsRemoved) {
  ContainerRecord killed = record("c", 0);
  killed.init = {4711, 1, "another boot"};
  killed.pid_file = path("pid");
  for (const char* text : {"", "4711"}) {
    put(killed);
    sys::replace_file_at(AT_FDCWD, path("temporary"), text, 0600);
    ASSERT_EQ(::rename(path("temporary").c_str(), path(".pid").c_str()), 0);
    EXPECT_EQ(remove("c"), "no error");
    EXPECT_FALSE(exists(path(".pid"))) << text;
  }
  // Another create may be about to write the same file, and others may have files of that name.
  put(killed);
  sys::replace_file_at(AT_FDCWD, path("temporary"), "4712", 0600);
  ASSERT_EQ(::rename(path("temporary").c_str(), path(".pid").c_str()), 0);
  EXPECT_EQ(remove("c"), "no error");
  EXPECT_EQ(contents(path(".pid")), "4712");
  put(killed);
  ASSERT_EQ(::unlink(path(".pid").c_str()), 0);
  ASSERT_EQ(::mkfifo(path(".pid").c_str(), 0600), 0);
  EXPECT_EQ(remove("c"), "no error") << "and does not wait for a writer";
}

TEST_F(ContainerDelete, NeverKillsAnotherProcessOfTheSameNumber) {
  TestChild victim(sleep_for_ever);
  ContainerRecord reused = record("c", victim.pid());
  reused.init.start_time -= 1;
  put(reused);
  EXPECT_EQ(remove("c", Force::Yes), "no error");
  EXPECT_EQ(::waitpid(victim.pid(), nullptr, WNOHANG), 0);
}

TEST_F(ContainerDelete, ForceEndsAStartThatHangs) {
  TestChild init(sleep_for_ever);
  put(record("c", init.pid()));
  Fd init_pidfd = sys::pidfd_open(init.pid());
  int fds[2];
  ASSERT_EQ(::pipe(fds), 0);
  Fd locked(fds[0]), writer(fds[1]);
  TestChild hanging_start([&] {
    ContainerDirectory held = store().find_locked("c");
    [[maybe_unused]] ssize_t n = ::write(writer.get(), "l", 1);
    sys::poll_readable(init_pidfd, -1);
  });
  char got;
  ASSERT_EQ(::read(locked.get(), &got, 1), 1);
  EXPECT_EQ(remove("c", Force::Yes), "no error");
  EXPECT_FALSE(exists(root() + "/c"));
}

TEST_F(ContainerDelete, ManyDeletesOfOneContainer) {
  TestChild init(sleep_for_ever);
  put(record("c", init.pid()));
  std::vector<std::unique_ptr<TestChild>> deleters;
  for (int i = 0; i < 8; ++i) {
    deleters.push_back(std::make_unique<TestChild>(
        [&] { ::_exit(remove("c", Force::Yes) == "no error" ? 0 : 1); }));
  }
  for (auto& deleter : deleters) EXPECT_EQ(WEXITSTATUS(deleter->wait()), 0);
  EXPECT_FALSE(exists(root() + "/c"));
}

TEST_F(ContainerDelete, DoesNotWaitLongerThanItsInitTakes) {
  TestChild init(sleep_for_ever);
  put(record("c", init.pid()));
  timespec before{}, after{};
  ::clock_gettime(CLOCK_MONOTONIC, &before);
  EXPECT_EQ(remove("c", Force::Yes), "no error");
  ::clock_gettime(CLOCK_MONOTONIC, &after);
  int64_t elapsed_ms =
      (after.tv_sec - before.tv_sec) * 1000 + (after.tv_nsec - before.tv_nsec) / 1'000'000;
  EXPECT_LT(elapsed_ms, 90) << "runc sleeps 100 ms here";
}

}  // namespace
}  // namespace tare
