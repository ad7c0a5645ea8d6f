// What kill, delete and status do to and learn from a real cgroup.
#include "runtime/container/delete.h"
#include "runtime/container/kill.h"
#include "runtime/container/start.h"
#include "runtime/container/status.h"
#include "tests/kernel/container_cgroup_fixture.h"

namespace tare {
namespace {

class ContainerCgroup : public CgroupTest {};

bool is_running(const TestChild& child) {
  siginfo_t info{};
  ::waitid(P_PID, static_cast<id_t>(child.pid()), &info, WEXITED | WNOHANG | WNOWAIT);
  return info.si_pid == 0;
}

TEST_F(ContainerCgroup, AFrozenContainerIsPaused) {
  TestChild init(sleep_for_ever);
  join(init.pid(), cgroup_);
  put(record_in_cgroup(init.pid()));
  Fd socket = listen("c");
  ContainerDirectory directory = store().find_locked("c");
  set_frozen("1");
  EXPECT_EQ(container_status(directory, directory.read()), oci::Status::Paused);
  EXPECT_EQ(error_of([&] { start(directory); }),
            "start c: cannot start a container in the paused state");
  set_frozen("0");
  EXPECT_EQ(container_status(directory, directory.read()), oci::Status::Created);
}

TEST_F(ContainerCgroup, APausedContainerIsDeletedWithForceOnly) {
  TestChild init(sleep_for_ever);
  join(init.pid(), cgroup_);
  put(record_in_cgroup(init.pid()));
  set_frozen("1");
  EXPECT_EQ(error_of([&] { remove_container(store(), "c", Force::No); }),
            "cannot delete container c that is not stopped: paused");
  EXPECT_EQ(error_of([&] { remove_container(store(), "c", Force::Yes); }), "no error");
  EXPECT_EQ(WTERMSIG(init.wait()), SIGKILL);
  EXPECT_FALSE(exists(cgroup_));
  EXPECT_FALSE(exists(parent_)) << "a parent that create made and that is empty now";
  parent_.clear();
}

TEST_F(ContainerCgroup, KillReachesEveryProcessOfASharedPidNamespace) {
  TestChild init(sleep_for_ever), other(sleep_for_ever);
  join(init.pid(), cgroup_);
  join(other.pid(), cgroup_);
  put(record_in_cgroup(init.pid()));
  kill(store().find("c"), SIGKILL, KillScope::Init);
  EXPECT_EQ(WTERMSIG(init.wait()), SIGKILL);
  EXPECT_EQ(WTERMSIG(other.wait()), SIGKILL);
}

TEST_F(ContainerCgroup, OtherSignalsAreInitsAlone) {
  TestChild init(sleep_for_ever), other(sleep_for_ever);
  join(init.pid(), cgroup_);
  join(other.pid(), cgroup_);
  put(record_in_cgroup(init.pid()));
  kill(store().find("c"), SIGTERM, KillScope::Init);
  EXPECT_EQ(WTERMSIG(init.wait()), SIGTERM);
  EXPECT_TRUE(is_running(other));
}

TEST_F(ContainerCgroup, KillWorksWithoutAnInitAsLongAsSomethingIsLeft) {
  TestChild other(sleep_for_ever);
  join(other.pid(), cgroup_);
  put(record_in_cgroup(0));
  EXPECT_EQ(error_of([&] { kill(store().find("c"), SIGTERM, KillScope::Init); }),
            "container not running");
  kill(store().find("c"), SIGKILL, KillScope::Init);
  EXPECT_EQ(WTERMSIG(other.wait()), SIGKILL);
  EXPECT_EQ(error_of([&] { kill(store().find("c"), SIGKILL, KillScope::Init); }),
            "container not running");
}

TEST_F(ContainerCgroup, AllReachesAllAndNoneIsNoError) {
  TestChild init(sleep_for_ever), other(sleep_for_ever), left(sleep_for_ever);
  for (TestChild* child : {&init, &other}) join(child->pid(), cgroup_);
  put(record_in_cgroup(init.pid()));
  kill(store().find("c"), SIGUSR2, KillScope::All);
  EXPECT_EQ(WTERMSIG(init.wait()), SIGUSR2);
  EXPECT_EQ(WTERMSIG(other.wait()), SIGUSR2);
  join(left.pid(), cgroup_);
  kill(store().find("c"), SIGKILL, KillScope::All);
  EXPECT_EQ(WTERMSIG(left.wait()), SIGKILL);
  kill(store().find("c"), SIGKILL, KillScope::All);
}

// Shows: op-delete-3
TEST_F(ContainerCgroup, DeleteKillsWhatInitLeft) {
  TestChild left(sleep_for_ever);
  join(left.pid(), cgroup_);
  put(record_in_cgroup(0));
  remove_container(store(), "c", Force::No);
  EXPECT_EQ(WTERMSIG(left.wait()), SIGKILL);
  EXPECT_FALSE(exists(cgroup_));
  parent_.clear();
}

// Shows: op-delete-4
TEST_F(ContainerCgroup, ACgroupThatWasThereBeforeStays) {
  TestChild left(sleep_for_ever);
  join(left.pid(), cgroup_);
  ContainerRecord record = record_in_cgroup(0);
  record.cgroup.created = false;
  record.cgroup.created_parents.clear();
  put(record);
  remove_container(store(), "c", Force::No);
  EXPECT_EQ(WTERMSIG(left.wait()), SIGKILL);
  EXPECT_TRUE(exists(cgroup_));
}

TEST_F(ContainerCgroup, AKilledCreateDoesNotCostOthersTheirProcesses) {
  // The path it meant to use is somebody else's: it was killed before it could refuse.
  TestChild others(sleep_for_ever);
  join(others.pid(), cgroup_);
  ContainerRecord record = record_in_cgroup(0);
  record.phase = Phase::Creating;
  record.cgroup.created = false;
  put(record);
  remove_container(store(), "c", Force::Yes);
  EXPECT_TRUE(is_running(others));
}

}  // namespace
}  // namespace tare
