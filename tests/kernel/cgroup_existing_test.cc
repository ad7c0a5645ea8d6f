// Killing, freezing, signalling and removing by path.
#include <gmock/gmock.h>
#include <sys/resource.h>

#include <chrono>

#include "tests/kernel/cgroup_fixture.h"

namespace tare::cgroups {
namespace {

using testing::HasSubstr;
using testing::UnorderedElementsAre;

TEST_F(CgroupTest, NothingThereIsAnAnswer) {
  std::string path = host(top_ + "/none");
  EXPECT_FALSE(is_frozen(path));
  EXPECT_FALSE(is_populated(path));
  EXPECT_TRUE(processes(path).empty());
  EXPECT_FALSE(kill_all(path));
  EXPECT_FALSE(freeze(path));
  EXPECT_FALSE(thaw(path));
  EXPECT_EQ(oom_kills(path), 0U);
  signal_all(path, SIGTERM);
  remove(path, {host(top_)});
}

TEST_F(CgroupTest, OnlyCgroupsAreTouched) {
  std::string elsewhere = "/dev/shm/tare-test-" + std::to_string(::getpid());
  sys::mkdirat(AT_FDCWD, elsewhere, 0700);
  EXPECT_THAT(error_of([&] { remove(elsewhere, {}); }), HasSubstr("is not on a cgroup2 hierarchy"));
  EXPECT_THAT(error_of([&] { remove("", {elsewhere}); }),
              HasSubstr("is not on a cgroup2 hierarchy"));
  EXPECT_TRUE(sys::try_unlinkat(AT_FDCWD, elsewhere, AT_REMOVEDIR));
}

TEST_F(CgroupTest, KillAllReachesTheWholeSubtree) {
  Cgroup outer = create("/c");
  Fd inner = make_plain("/c/inner");
  Child first(outer.fd()), second(inner);
  EXPECT_TRUE(is_populated(outer.path()));
  EXPECT_THAT(processes(outer.path()), UnorderedElementsAre(first.pid(), second.pid()));
  EXPECT_TRUE(kill_all(outer.path()));
  EXPECT_EQ(first.wait(), -SIGKILL);
  EXPECT_EQ(second.wait(), -SIGKILL);
}

TEST_F(CgroupTest, SignalsReachTheWholeSubtree) {
  Cgroup outer = create("/c");
  Fd inner = make_plain("/c/inner");
  Child first(outer.fd()), second(inner);
  signal_all(outer.path(), SIGUSR1);
  EXPECT_EQ(first.wait(), -SIGUSR1);
  EXPECT_EQ(second.wait(), -SIGUSR1);
}

TEST_F(CgroupTest, FrozenProcessesDoNotRunAndAreKilled) {
  Cgroup cgroup = create();
  Child child(cgroup.fd());
  EXPECT_FALSE(is_frozen(cgroup.path()));
  EXPECT_TRUE(freeze(cgroup.path()));
  EXPECT_TRUE(is_frozen(cgroup.path()));
  EXPECT_TRUE(thaw(cgroup.path()));
  EXPECT_FALSE(is_frozen(cgroup.path()));
  EXPECT_TRUE(freeze(cgroup.path()));
  EXPECT_TRUE(kill_all(cgroup.path()));
  EXPECT_EQ(child.wait(), -SIGKILL);
}

TEST_F(CgroupTest, FrozenByAnAncestorIsToldApart) {
  Cgroup cgroup = create("/a/b/c");
  Child child(cgroup.fd());
  EXPECT_EQ(frozen_ancestor(cgroup.path()), "");
  ASSERT_TRUE(freeze(host(top_ + "/a")));
  EXPECT_TRUE(is_frozen(cgroup.path()));
  EXPECT_FALSE(is_frozen_itself(cgroup.path()));
  EXPECT_EQ(frozen_ancestor(cgroup.path()), host(top_ + "/a"));
  EXPECT_TRUE(freeze(cgroup.path()));
  EXPECT_TRUE(is_frozen_itself(cgroup.path()));
  auto start = std::chrono::steady_clock::now();
  EXPECT_THAT(error_of([&] { thaw(cgroup.path()); }),
              HasSubstr("is thawed, but " + host(top_ + "/a") + " is frozen"));
  EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(1));
  EXPECT_FALSE(is_frozen_itself(cgroup.path()));
  ASSERT_TRUE(thaw(host(top_ + "/a")));
  EXPECT_FALSE(is_frozen(cgroup.path()));
}

TEST_F(CgroupTest, RemoveKillsWhatIsLeftQuickly) {
  Cgroup cgroup = create();
  Child child(cgroup.fd());
  ASSERT_TRUE(freeze(cgroup.path()));
  auto start = std::chrono::steady_clock::now();
  remove(cgroup.path(), {});
  EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::milliseconds(100));
  EXPECT_FALSE(exists(cgroup.path()));
  EXPECT_EQ(child.wait(), -SIGKILL);
}

TEST_F(CgroupTest, RemoveTakesNestedCgroupsOfAContainer) {
  Cgroup cgroup = create();
  for (const char* name : {"/c/a", "/c/b", "/c/a/x", "/c/a/y"}) make_plain(name);
  Child child(make_plain("/c/a/x/z"));
  remove(cgroup.path(), {});
  EXPECT_FALSE(exists(cgroup.path()));
}

TEST_F(CgroupTest, RemoveIsNotStoppedByDepth) {
  constexpr int kDepth = 200;
  constexpr rlim_t kFiles = 40;
  Cgroup cgroup = create();
  Fd bottom = sys::openat(AT_FDCWD, cgroup.path(), O_PATH | O_DIRECTORY);
  for (int i = 0; i < kDepth; ++i) {
    std::string name(30, 'n');  // longer than PATH_MAX in all
    sys::mkdirat(bottom.get(), name, 0755);
    bottom = sys::openat(bottom.get(), name, O_PATH | O_DIRECTORY);
  }
  Child child(bottom);
  rlimit before{};
  ASSERT_EQ(::getrlimit(RLIMIT_NOFILE, &before), 0);
  rlimit few{kFiles, before.rlim_max};
  ASSERT_EQ(::setrlimit(RLIMIT_NOFILE, &few), 0);
  EXPECT_EQ(processes(cgroup.path()), std::vector<pid_t>{child.pid()});
  std::string error = error_of([&] { remove(cgroup.path(), {}); });
  ASSERT_EQ(::setrlimit(RLIMIT_NOFILE, &before), 0);
  EXPECT_EQ(error, "");
  EXPECT_FALSE(exists(cgroup.path()));
}

TEST_F(CgroupTest, RemoveStopsAForkBomb) {
  Cgroup cgroup = create();
  Child bomb(cgroup.fd().get(), [] {
    ::signal(SIGCHLD, SIG_IGN);
    for (;;) {
      // At most a dozen alive at once: each forks its successor and goes.
      if (::fork() == 0) continue;
      ::usleep(500);
      ::_exit(0);
    }
    return 0;
  });
  ::usleep(5000);
  remove(cgroup.path(), {});
  EXPECT_FALSE(exists(cgroup.path()));
}

}  // namespace
}  // namespace tare::cgroups
