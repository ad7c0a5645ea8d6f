// What the container's process gets: environment, program, ids, terminal, limits.
#include <cstring>

#include "runtime/base/user_namespace.h"
#include "runtime/process/capabilities.h"
#include "tests/unit/plan_fixture.h"

namespace tare {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

class PlanProcess : public PlanTest {
 protected:
  std::vector<std::string> environment() { return act::unpack(find(steps(), Kind::Execute).data2); }
  std::vector<std::string> path() { return act::unpack(find(steps(), Kind::FindProgram).data); }
  bool looks_up_home() { return count(steps(), Kind::Home) == 1; }
  std::vector<uint32_t> groups() {
    const std::string bytes = find(steps(), Kind::Identity).data;
    std::vector<uint32_t> groups(bytes.size() / sizeof(uint32_t));
    bytes.copy(reinterpret_cast<char*>(groups.data()), bytes.size());
    return groups;
  }
};

// Shows: proc-8
TEST_F(PlanProcess, OfEqualNamesTheLastEntryStays) {
  config.process->env = {"A=1", "HOME=/x", "B=2", "A=3", "B", "=odd", "C=a=b", "HOME=/y"};
  EXPECT_THAT(environment(), ElementsAre("A=3", "B", "=odd", "C=a=b", "HOME=/y"));
}

TEST_F(PlanProcess, HomeIsLookedUpWhenThereIsNone) {
  EXPECT_FALSE(looks_up_home());
  config.process->env = {"HOMELY=x"};
  EXPECT_TRUE(looks_up_home());
  EXPECT_EQ(find(steps(), Kind::Home).number, 0U);
  config.process->env = {};
  EXPECT_TRUE(looks_up_home());
}

TEST_F(PlanProcess, AnEmptyHomeCountsAsNone) {
  config.process->env = {"A=1", "HOME="};
  EXPECT_TRUE(looks_up_home());
  EXPECT_THAT(environment(), ElementsAre("A=1"));
}

TEST_F(PlanProcess, OnlyTheLastHomeDecides) {
  config.process->env = {"HOME=/x", "HOME="};
  EXPECT_TRUE(looks_up_home());
  EXPECT_THAT(environment(), IsEmpty()) << "the looked-up one is the only one";
  config.process->env = {"HOME=", "HOME=/x"};
  EXPECT_FALSE(looks_up_home());
  EXPECT_THAT(environment(), ElementsAre("HOME=/x"));
}

TEST_F(PlanProcess, HomeIsThatOfTheUser) {
  config.linux_->uid_mappings = {{1000, ::geteuid(), 1}};
  config.process->user.uid = 1000;
  config.process->env = {};
  EXPECT_EQ(find(steps(), Kind::Home).number, 1000U);
  EXPECT_EQ(find(steps(), Kind::StdioOwner).number, 1000U);
}

// Shows: proc-10
TEST_F(PlanProcess, ProgramsAreLookedForInAbsoluteDirectoriesOnly) {
  config.process->env = {"PATH=/a:b::./c:/d/:/e"};
  EXPECT_THAT(path(), ElementsAre("/a", "/d/", "/e"));
  config.process->env = {"PATH=/first", "PATH=/last"};
  EXPECT_THAT(path(), ElementsAre("/last"));
  config.process->env = {"PATH="};
  EXPECT_THAT(path(), IsEmpty());
  config.process->env = {"XPATH=/a"};
  EXPECT_THAT(path(), IsEmpty());
}

// Shows: proc-10
TEST_F(PlanProcess, ArgumentsAreExactlyTheGiven) {
  config.process->args = {"prog", "", "two words", ""};
  Steps made = steps();
  EXPECT_THAT(act::unpack(find(made, Kind::Execute).data),
              ElementsAre("prog", "", "two words", ""));
  EXPECT_EQ(find(made, Kind::FindProgram).text, "prog");
  EXPECT_EQ(find(made, Kind::CloseOnExec).number, 3U);
}

TEST_F(PlanProcess, InheritedDescriptorsStayOpen) {
  request.preserve_fds = 4;
  request.listen_fds = 2;
  EXPECT_EQ(find(steps(), Kind::CloseOnExec).number, 7U);
  EXPECT_THAT(environment(),
              ElementsAre("PATH=/bin:/usr/bin", "HOME=/home", "LISTEN_FDS=2", "LISTEN_PID=1"));
}

// Shows: user-3, user-4
TEST_F(PlanProcess, TheUmaskIsTheConfiguredOrTheCallers) {
  request.caller_umask = 027;
  EXPECT_EQ(find(steps(), Kind::Umask).number, 027U);
  config.process->user.umask = 0;
  EXPECT_EQ(find(steps(), Kind::Umask).number, 0U);
}

// Shows: idmap-1
TEST_F(PlanProcess, IdMapsAreThoseOfTheConfiguration) {
  Plan made = plan();
  ASSERT_TRUE(made.id_maps);
  ASSERT_EQ(made.id_maps->uids.size(), 1U);
  EXPECT_EQ(made.id_maps->uids[0].host_id, ::geteuid());
  EXPECT_EQ(made.id_maps->gids[0].host_id, ::getegid());
}

// Shows: user-1
TEST_F(PlanProcess, UnmappedIdsAreRefused) {
  config.process->user.uid = 1;
  EXPECT_EQ(error(), "cannot setuid to unmapped uid 1 in user namespace");
  config.process->user.uid = 0;
  config.process->user.gid = 1;
  EXPECT_EQ(error(), "cannot setgid to unmapped gid 1 in user namespace");
}

// Shows: user-5, user-6
TEST_F(PlanProcess, GroupsAreSetToExactlyTheGivenOrKeptOnRequest) {
  if (::geteuid() == 0) {
    EXPECT_THAT(groups(), IsEmpty());
    EXPECT_EQ(find(steps(), Kind::Identity).flags, 0);
    config.process->user.additional_gids = {5, 0, 4294967294};
    EXPECT_THAT(groups(), ElementsAre(5U, 0U, 4294967294U));
    config.process->user.additional_gids.clear();
  } else {
    config.process->user.additional_gids = {5};
    EXPECT_NE(error().find("cannot set any additional groups"), std::string::npos) << error();
    config.process->user.additional_gids.clear();
    EXPECT_EQ(find(steps(), Kind::Identity).flags, act::flag::kKeepGroups);
  }
  // Ours alone can deny it too; in the initial user namespace nothing does.
  int otherwise = namespaces::denies_groups() || ::geteuid() != 0 ? act::flag::kKeepGroups : 0;
  for (const char* no : {"0", "false"}) {
    config.annotations["run.oci.keep_original_groups"] = no;
    EXPECT_EQ(find(steps(), Kind::Identity).flags, otherwise) << no;
  }
  for (const char* yes : {"1", "true"}) {
    config.annotations["run.oci.keep_original_groups"] = yes;
    EXPECT_EQ(find(steps(), Kind::Identity).flags, act::flag::kKeepGroups) << yes;
  }
}

// setgroups(2) may be denied in a user namespace that is joined: what is the caller's goes before.
TEST_F(PlanProcess, GroupsOfTheCallerGoBeforeAUserNamespaceIsJoined) {
  if (::geteuid() != 0) GTEST_SKIP() << "only root has to";
  for (oci::Namespace& ns : config.linux_->namespaces) {
    if (ns.type == "user") ns.path = "/proc/self/ns/user";
  }
  config.linux_->uid_mappings.clear();
  config.linux_->gid_mappings.clear();
  Steps made = steps();
  ASSERT_EQ(count(made, Kind::BecomeRoot), 2);
  EXPECT_LT(position(made, Kind::BecomeRoot, 0), position(made, Kind::Join));
  EXPECT_EQ(find(made, Kind::BecomeRoot, 0).flags, 0);
  EXPECT_EQ(find(made, Kind::BecomeRoot, 1).flags, act::flag::kKeepGroups);
  EXPECT_EQ(find(made, Kind::Identity).flags, act::flag::kUnlessDenied);
  // The change of ids cuts it (PR_SET_PDEATHSIG, prctl(2)).
  EXPECT_EQ(made[position(made, Kind::BecomeRoot, 1) + 1].kind, Kind::DieWithParent);
  config.process->user.additional_gids = {5};
  EXPECT_EQ(find(steps(), Kind::Identity).flags, 0) << "what is asked for is an error where denied";
  config.annotations["run.oci.keep_original_groups"] = "1";
  made = steps();
  EXPECT_EQ(count(made, Kind::BecomeRoot), 1);
  EXPECT_EQ(find(made, Kind::Identity).flags, act::flag::kKeepGroups);
}

// Shows: caps-4, caps-5, caps-8
TEST_F(PlanProcess, CapabilitiesThatAreNotNamedAreNone) {
  Steps made = steps();
  EXPECT_EQ(find(made, Kind::BoundingSet).a, 0U);
  const act::Step& sets = find(made, Kind::Capabilities);
  EXPECT_EQ(sets.a | sets.b | sets.c, 0U);
  EXPECT_EQ(find(made, Kind::Ambient).a, 0U);
  config.process->capabilities.emplace();
  config.process->capabilities->bounding =
      config.process->capabilities->permitted = {"CAP_CHOWN", "CAP_KILL"};
  config.process->capabilities->effective = {"CAP_KILL"};
  made = steps();
  EXPECT_EQ(find(made, Kind::BoundingSet).a, uint64_t{1} << 0 | uint64_t{1} << 5);
  EXPECT_EQ(find(made, Kind::Capabilities).a, uint64_t{1} << 0 | uint64_t{1} << 5);
  EXPECT_EQ(find(made, Kind::Capabilities).b, uint64_t{1} << 5);
  EXPECT_EQ(find(made, Kind::Capabilities).c, 0U);
}

// Shows: proc-4, proc-5
TEST_F(PlanProcess, ATerminalHasItsSizeAndOwner) {
  config.process->terminal = true;
  config.process->console_size = oci::ConsoleSize{24, 80};
  Plan made = plan();
  EXPECT_TRUE(made.terminal);
  const act::Step& console = find(made.steps.steps(), Kind::Console);
  EXPECT_EQ(console.a, uint64_t{24} << 16 | 80);
  EXPECT_EQ(count(made.steps.steps(), Kind::ReopenNull), 0);
  EXPECT_GT(position(made.steps.steps(), Kind::Console), position(made.steps.steps(), Kind::Pivot));
}

// Shows: proc-5
TEST_F(PlanProcess, OnlyATerminalHasASize) {
  config.process->console_size = oci::ConsoleSize{24, 80};
  EXPECT_EQ(count(steps(), Kind::Console), 0);
  config.process->terminal = true;
  config.process->console_size = oci::ConsoleSize{0, 80};
  EXPECT_EQ(find(steps(), Kind::Console).a, 80U);
  config.process->console_size = oci::ConsoleSize{65535, 65535};
  EXPECT_EQ(find(steps(), Kind::Console).a, 0xffffffffU);
  config.process->console_size.reset();
  EXPECT_EQ(find(steps(), Kind::Console).a, 0U);
}

TEST_F(PlanProcess, SchedulingIsTheParentsWhereItHasThePrivilege) {
  config.process->scheduler = oci::Scheduler{"SCHED_RR", 0, 9, {}, 0, 0, 0};
  config.process->io_priority = oci::IoPriority{"IOPRIO_CLASS_BE", 6};
  bool ours = process::has_capability(23) && in_initial_user_namespace();
  Plan made = plan();
  const process::FromOutside& outside = made.from_outside;
  EXPECT_EQ(outside.scheduler.has_value(), ours);
  EXPECT_EQ(outside.io_priority.has_value(), ours);
  EXPECT_EQ(count(made.steps.steps(), Kind::Scheduler), ours ? 0 : 1);
  EXPECT_EQ(count(made.steps.steps(), Kind::IoPriority), ours ? 0 : 1);
  process::SchedulerAttributes attributes;
  if (ours) {
    attributes = outside.scheduler->attributes;
    EXPECT_EQ(outside.scheduler->what, "scheduler SCHED_RR");
    EXPECT_EQ(outside.io_priority->value, 2U << 13 | 6);
    EXPECT_EQ(outside.io_priority->what, "ioPriority IOPRIO_CLASS_BE");
  } else {
    const std::string bytes = find(made.steps.steps(), Kind::Scheduler).data;
    ASSERT_EQ(bytes.size(), sizeof attributes);
    std::memcpy(&attributes, bytes.data(), bytes.size());
    EXPECT_EQ(find(made.steps.steps(), Kind::IoPriority).number, 2U << 13 | 6);
  }
  EXPECT_EQ(attributes.policy, 2U);
  EXPECT_EQ(attributes.priority, 9U);
}

// Shows: aff-1
TEST_F(PlanProcess, TheProcessMayRunEverywhereWhateverExecMay) {
  config.process->exec_cpu_affinity = oci::ExecCpuAffinity{"0", "1"};
  Steps made = steps();
  ASSERT_EQ(count(made, Kind::Affinity), 1);
  EXPECT_EQ(find(made, Kind::Affinity).data, std::string(1024, '\xff'));
}

TEST_F(PlanProcess, MemoryPolicyIsModeNodesAndAName) {
  config.linux_->memory_policy = oci::MemoryPolicy{"MPOL_LOCAL", "", {}};
  EXPECT_EQ(find(steps(), Kind::MemoryPolicy).number, 4U);
  EXPECT_EQ(find(steps(), Kind::MemoryPolicy).data, "");
  EXPECT_EQ(find(steps(), Kind::MemoryPolicy).what, "memoryPolicy MPOL_LOCAL");
  config.linux_->memory_policy = oci::MemoryPolicy{"MPOL_BIND", "0-1", {"MPOL_F_STATIC_NODES"}};
  EXPECT_EQ(find(steps(), Kind::MemoryPolicy).number, 0x8002U);
  EXPECT_EQ(find(steps(), Kind::MemoryPolicy).data, std::string("\3\0\0\0\0\0\0\0", 8));
  EXPECT_EQ(find(steps(), Kind::MemoryPolicy).what,
            "memoryPolicy MPOL_BIND MPOL_F_STATIC_NODES of nodes \"0-1\"");
}

// No filter, privilege or user of the container's stands between.
TEST_F(PlanProcess, LimitsComeBeforeTheFilterAndTheIds) {
  config.process->no_new_privileges = false;
  config.linux_->memory_policy = oci::MemoryPolicy{"MPOL_LOCAL", "", {}};
  config.linux_->personality = oci::Personality{"LINUX32", {}};
  config.linux_->seccomp.emplace().default_action = "SCMP_ACT_ALLOW";
  expect_order(steps(), {Kind::Affinity, Kind::MemoryPolicy, Kind::Personality, Kind::Seccomp,
                         Kind::BoundingSet, Kind::Identity});
}

TEST_F(PlanProcess, TheTerminalsPlaceIsMadeBeforeTheRootIsReadOnly) {
  config.process->terminal = true;
  config.root->readonly = true;
  Steps made = steps();
  ASSERT_EQ(count(made, Kind::Directory), 2);
  EXPECT_EQ(find(made, Kind::Directory, 1).text, "/dev/console");
  EXPECT_EQ(find(made, Kind::Directory, 1).flags, act::flag::kFile | act::flag::kNoSymlinks);
  EXPECT_GT(position(made, Kind::Directory, 1), position(made, Kind::Pivot));
  EXPECT_LT(position(made, Kind::Directory, 1), position(made, Kind::Attributes));
}

TEST_F(PlanProcess, TheKeyringIsTheContainersOwn) {
  EXPECT_EQ(find(steps(), Kind::Keyring).text, "_ses.c");
  EXPECT_EQ(find(steps(), Kind::Keyring).number, 1U);
  request.new_keyring = false;
  EXPECT_EQ(count(steps(), Kind::Keyring), 0);
}

// Shows: proc-1
TEST_F(PlanProcess, WithoutAProcessNothingIsFoundOrBecome) {
  config.process.reset();
  Plan made = plan();
  EXPECT_TRUE(made.no_process);
  Steps steps = made.steps.steps();
  for (Kind kind :
       {Kind::FindProgram, Kind::Identity, Kind::Console, Kind::ReopenNull, Kind::Umask}) {
    EXPECT_EQ(count(steps, kind), 0);
  }
  expect_order(steps, {Kind::Pivot, Kind::CloseSlots, Kind::Sync, Kind::AwaitStart, Kind::Execute});
}

TEST_F(PlanProcess, ARootThatIsNoDirectoryIsRefused) {
  config.root->path = "none";
  EXPECT_EQ(error(), "rootfs \"" + bundle() + "/none\": no such file or directory");
  config.root->path = "/dev/null";
  EXPECT_EQ(error(), "rootfs \"/dev/null\": not a directory");
}

}  // namespace
}  // namespace tare
