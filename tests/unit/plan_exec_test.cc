// The order in which another process comes into a container, and what it may not have on the way.
#include "tests/unit/plan_fixture.h"

namespace tare {
namespace {

constexpr int kAll = CLONE_NEWUSER | CLONE_NEWNS | CLONE_NEWPID | CLONE_NEWNET | CLONE_NEWIPC |
                     CLONE_NEWUTS | CLONE_NEWCGROUP;

class PlanExec : public PlanTest {
 protected:
  PlanExec() {
    config.linux_->namespaces.clear();
    container.namespaces = kAll;
    container.init = sys::memfd_create("init", 0);
  }
  Steps exec_steps() {
    plan_ = make_exec_plan(config, request, std::move(container));
    return plan_.steps.steps();
  }
  // Instructions do not matter here; with the flag, it has a listener.
  static process::SeccompFilter filter(bool notifies) {
    process::SeccompFilter filter;
    filter.program.resize(8);
    filter.flags = notifies ? 1U << 3 : 0;  // SECCOMP_FILTER_FLAG_NEW_LISTENER
    return filter;
  }

  JoinedContainer container;
  Plan plan_;
};

TEST_F(PlanExec, OfTheWhole) {
  Steps made = exec_steps();
  expect_order(made, {Kind::Session, Kind::Join, Kind::EnterRoot, Kind::ReopenNull, Kind::Keyring,
                      Kind::StdioOwner, Kind::WorkingDirectory, Kind::CloseOnExec, Kind::CloseSlots,
                      Kind::BoundingSet, Kind::Identity, Kind::Capabilities, Kind::Fork,
                      Kind::Umask, Kind::FindProgram, Kind::Sync, Kind::Execute});
  EXPECT_EQ(count(made, Kind::AwaitStart), 0);
  EXPECT_EQ(made.back().kind, Kind::Execute);
  EXPECT_TRUE(plan_.forks);
}

TEST_F(PlanExec, ThePidNamespaceIsJoinedAloneWhenNothingOfTheHostIsLeft) {
  Steps made = exec_steps();
  ASSERT_EQ(count(made, Kind::Join), 2);
  EXPECT_EQ(find(made, Kind::Join, 0).number, static_cast<uint32_t>(kAll & ~CLONE_NEWPID));
  EXPECT_EQ(find(made, Kind::Join, 1).number, static_cast<uint32_t>(CLONE_NEWPID));
  EXPECT_EQ(find(made, Kind::Join, 0).fd, find(made, Kind::Join, 1).fd) << "by init's pidfd";
  int joined = position(made, Kind::Join, 1);
  EXPECT_EQ(made[static_cast<size_t>(joined - 1)].kind, Kind::CloseSlots);
  EXPECT_EQ(made[static_cast<size_t>(joined + 1)].kind, Kind::CloseSlots);
  EXPECT_LT(position(made, Kind::Ambient), position(made, Kind::Fork));
}

TEST_F(PlanExec, WhatIsOursAlreadyIsNotJoined) {
  container.namespaces = 0;
  Steps made = exec_steps();
  for (Kind kind : {Kind::Join, Kind::BecomeRoot, Kind::Fork}) EXPECT_EQ(count(made, kind), 0);
  EXPECT_FALSE(plan_.forks);
  EXPECT_EQ(find(made, Kind::Keyring).number, 0U) << "no user namespace";
}

TEST_F(PlanExec, GroupsAreLeftAloneWhereTheyAreDenied) {
  container.groups_denied = true;
  Steps made = exec_steps();
  int last = count(made, Kind::BecomeRoot) - 1;
  EXPECT_EQ(find(made, Kind::BecomeRoot, last).flags, act::flag::kKeepGroups);
  EXPECT_GT(position(made, Kind::BecomeRoot, last), position(made, Kind::Join));
  if (::geteuid() == 0) {
    EXPECT_EQ(find(made, Kind::BecomeRoot).flags, 0) << "the caller's are gone before";
    EXPECT_LT(position(made, Kind::BecomeRoot), position(made, Kind::Join));
  }
  EXPECT_EQ(find(made, Kind::Identity).flags, act::flag::kKeepGroups);
}

// Shows: notify-14
TEST_F(PlanExec, TheHelperOfAListenerIsMadeBeforeThePidNamespaceIsJoined) {
  container.filter = filter(true);
  Steps made = exec_steps();
  EXPECT_LT(position(made, Kind::ListenerHelper), position(made, Kind::Join, 1));
  EXPECT_GT(position(made, Kind::SeccompListener), position(made, Kind::Join, 1));
}

TEST_F(PlanExec, TheFilterOfTheContainerIsLoadedAsCreateDoes) {
  container.filter = filter(false);
  Steps made = exec_steps();
  EXPECT_LT(position(made, Kind::Seccomp), position(made, Kind::BoundingSet));
  container.init = sys::memfd_create("init", 0);
  container.filter = filter(false);
  config.process->no_new_privileges = true;
  made = exec_steps();
  EXPECT_EQ(count(made, Kind::Seccomp), 0);
  EXPECT_EQ(made.back().text.size(), 8U);
}

// Shows: aff-3, aff-4
TEST_F(PlanExec, TheFinalAffinityIsSetAndAnInitialAloneIsLeft) {
  config.process->exec_cpu_affinity = oci::ExecCpuAffinity{"0", "3"};
  EXPECT_EQ(find(exec_steps(), Kind::Affinity).data[0], '\x08');
  container.init = sys::memfd_create("init", 0);
  config.process->exec_cpu_affinity = oci::ExecCpuAffinity{"0", ""};
  EXPECT_EQ(count(exec_steps(), Kind::Affinity), 0);
  container.init = sys::memfd_create("init", 0);
  config.process->exec_cpu_affinity.reset();
  EXPECT_EQ(find(exec_steps(), Kind::Affinity).data[0], '\xff') << "not the caller's";
}

TEST_F(PlanExec, ItsTerminalIsNoConsole) {
  config.process->terminal = true;
  Steps made = exec_steps();
  EXPECT_EQ(find(made, Kind::Console).flags, act::flag::kUnbound);
  EXPECT_LT(position(made, Kind::Fork), position(made, Kind::TakeTerminal)) << "a session's";
}

}  // namespace
}  // namespace tare
