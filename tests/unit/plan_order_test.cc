// The order of a plan's operations, which is where its security is (credentials, masks, pid
// namespaces of others).
#include "tests/unit/plan_fixture.h"

namespace tare {
namespace {

using testing::ElementsAre;
using testing::UnorderedElementsAre;

class PlanOrder : public PlanTest {
 protected:
  static oci::Seccomp filter() {
    oci::Seccomp seccomp;
    seccomp.default_action = "SCMP_ACT_ALLOW";
    seccomp.syscalls.push_back({{"reboot"}, "SCMP_ACT_ERRNO", {}, {}});
    return seccomp;
  }
  void join(const std::string& type, const std::string& file) {
    for (oci::Namespace& ns : config.linux_->namespaces) {
      if (ns.type == type) ns.path = "/proc/self/ns/" + file;
    }
  }
};

TEST_F(PlanOrder, OfTheWhole) {
  config.mounts = {mount("tmpfs", "/tmp")};
  config.linux_->masked_paths = {"/secret"};
  config.linux_->readonly_paths = {"/kept"};
  expect_order(steps(), {Kind::Session,
                         Kind::HostPropagation,
                         Kind::AttachRoot,
                         Kind::NewMount,
                         Kind::Link,
                         Kind::Pivot,
                         Kind::Directory,
                         Kind::ReadonlyPath,
                         Kind::Mask,
                         Kind::ReopenNull,
                         Kind::Keyring,
                         Kind::StdioOwner,
                         Kind::WorkingDirectory,
                         Kind::BoundingSet,
                         Kind::Identity,
                         Kind::Capabilities,
                         Kind::Ambient,
                         Kind::Umask,
                         Kind::FindProgram,
                         Kind::CloseSlots,
                         Kind::AwaitStart,
                         Kind::Execute});
  EXPECT_EQ(steps().back().kind, Kind::Execute);
}

// Shows: mounts-18, mounts-19
TEST_F(PlanOrder, InAUserNamespaceMappingsAreAskedForOnceEachBeforeTheyAreUsed) {
  config.mounts = {mount("tmpfs", "/a", {"ridmap"}), mount("tmpfs", "/b", {"idmap"}),
                   mount("tmpfs", "/c", {"idmap"}), mount("tmpfs", "/d")};
  config.mounts[1].uid_mappings = config.mounts[1].gid_mappings = {{5, 1000, 1}};
  Plan made = plan();
  Steps steps = made.steps.steps();
  ASSERT_EQ(made.mount_mappings.size(), 2U);
  EXPECT_TRUE(made.mount_mappings[0].uids.empty()) << "the container's own";
  EXPECT_EQ(made.mount_mappings[1].uids[0].host_id, 1000U);
  std::vector<int> asked = asked_mappings(steps), used;
  for (const act::Step& step : steps) {
    if (step.kind == Kind::Attributes) used.push_back(step.fd2);
  }
  ASSERT_EQ(asked.size(), 2U);
  EXPECT_NE(asked[0], asked[1]);
  EXPECT_THAT(used, ElementsAre(asked[0], asked[1], asked[0]));
  EXPECT_EQ(find(steps, Kind::Attributes, 0).flags, act::flag::kRecursive);
  EXPECT_EQ(find(steps, Kind::Attributes, 1).flags, 0);
  expect_order(steps, {Kind::NewMount, Kind::Sync, Kind::Attributes, Kind::Attach});
}

// Shows: sec-11
TEST_F(PlanOrder, AFilterIsLoadedBeforePrivilegesGo) {
  config.linux_->seccomp = filter();
  Steps made = steps();
  expect_order(made, {Kind::WorkingDirectory, Kind::CloseOnExec, Kind::Seccomp, Kind::BoundingSet,
                      Kind::Identity});
  EXPECT_EQ(count(made, Kind::NoNewPrivileges), 0);
  EXPECT_EQ(count(made, Kind::Seccomp), 1);
  EXPECT_FALSE(find(made, Kind::Seccomp).data.empty());
  EXPECT_TRUE(find(made, Kind::Execute).text.empty());
}

// Shows: notify-1, sec-11
TEST_F(PlanOrder, AFilterThatNotifiesIsLoadedBeforeTheContainerIsReady) {
  config.linux_->seccomp = filter();
  config.linux_->seccomp->syscalls[0].action = "SCMP_ACT_NOTIFY";
  Steps made = steps();
  expect_order(made, {Kind::WorkingDirectory, Kind::CloseOnExec, Kind::ListenerHelper,
                      Kind::SeccompListener, Kind::BoundingSet});
  EXPECT_EQ(count(made, Kind::ListenerHelper), 1);
  EXPECT_EQ(count(made, Kind::Seccomp), 0);

  config.process->no_new_privileges = true;
  made = steps();
  int ready = position(made, Kind::Sync, count(made, Kind::Sync) - 1);
  EXPECT_EQ(position(made, Kind::SeccompListener), ready - 1);
  EXPECT_EQ(position(made, Kind::ListenerHelper), ready - 2);
  EXPECT_EQ(count(made, Kind::SeccompListener), 1);
  EXPECT_EQ(count(made, Kind::ListenerHelper), 1);
  EXPECT_GT(position(made, Kind::AwaitStart), ready);
  EXPECT_EQ(find(made, Kind::SeccompListener).data.size() % 8, 0U);
  EXPECT_TRUE(find(made, Kind::Execute).text.empty()) << "loaded once";
}

// Shows: sec-10, sec-11
TEST_F(PlanOrder, UnderNoNewPrivilegesAFilterComesLastOfAll) {
  config.linux_->seccomp = filter();
  config.process->no_new_privileges = true;
  Steps made = steps();
  expect_order(made, {Kind::NoNewPrivileges, Kind::BoundingSet, Kind::Identity, Kind::Execute});
  EXPECT_EQ(count(made, Kind::Seccomp), 0);
  EXPECT_FALSE(find(made, Kind::Execute).text.empty());
  EXPECT_EQ(find(made, Kind::Execute).text.size() % 8, 0U);
}

// Shows: pers-1
TEST_F(PlanOrder, PersonalityComesBeforeTheFilter) {
  config.linux_->seccomp = filter();
  config.linux_->personality = oci::Personality{"LINUX32", {}};
  expect_order(steps(), {Kind::Personality, Kind::Seccomp});
}

TEST_F(PlanOrder, TheLifeLineIsTiedAgainAfterTheIdsAndCutBeforeReady) {
  Steps made = steps();
  ASSERT_EQ(count(made, Kind::DieWithParent), 3);
  EXPECT_EQ(find(made, Kind::DieWithParent, 0).number, 1U);
  EXPECT_EQ(position(made, Kind::DieWithParent, 0), position(made, Kind::BecomeRoot) + 1);
  EXPECT_EQ(find(made, Kind::DieWithParent, 1).number, 1U);
  EXPECT_EQ(position(made, Kind::DieWithParent, 1), position(made, Kind::Identity) + 1);
  EXPECT_EQ(find(made, Kind::DieWithParent, 2).number, 0U);
  EXPECT_LT(position(made, Kind::DieWithParent, 2), position(made, Kind::Sync));
  EXPECT_EQ(find(made, Kind::Sync).number, static_cast<uint32_t>(act::SyncPoint::Ready));
}

// Until its maps are there it is nobody in its user namespace, and makes nothing.
TEST_F(PlanOrder, ANewUserNamespaceIsWaitedForFirst) {
  Steps made = steps();
  EXPECT_EQ(position(made, Kind::AwaitMaps), 0);
  EXPECT_EQ(position(made, Kind::BecomeRoot), 1);
  request.keeps_ids = true;
  made = steps();
  EXPECT_EQ(position(made, Kind::AwaitMaps), 0);
  EXPECT_EQ(count(made, Kind::BecomeRoot), 0);
}

TEST_F(PlanOrder, TheDirectoryIsEnteredAgainAsTheUser) {
  Steps made = steps();
  ASSERT_EQ(count(made, Kind::WorkingDirectory), 2);
  EXPECT_EQ(find(made, Kind::WorkingDirectory, 0).number, 0U);
  EXPECT_LT(position(made, Kind::WorkingDirectory, 0), position(made, Kind::BoundingSet));
  EXPECT_EQ(find(made, Kind::WorkingDirectory, 1).number, 1U);
  EXPECT_GT(position(made, Kind::WorkingDirectory, 1), position(made, Kind::Ambient));
}

TEST_F(PlanOrder, NothingOfTheHostIsOpenBehindTheGate) {
  config.hooks.emplace();
  config.hooks->start_container = {hook("/hook")};
  Plan made = plan();
  Steps steps = made.steps.steps();
  const act::Step& close = find(steps, Kind::CloseSlots);
  EXPECT_THAT(numbers(close.data), UnorderedElementsAre(made.start_slot, made.start_hook_input));
  EXPECT_EQ(close.flags & act::flag::kKeepRoot, 0);
  expect_order(steps,
               {Kind::FindProgram, Kind::CloseSlots, Kind::AwaitStart, Kind::Hook, Kind::Execute});
  EXPECT_EQ(find(steps, Kind::Hook).fd, made.start_hook_input);
}

// Shows: hooks-7, hooks-8, hooks-9, lc-1
TEST_F(PlanOrder, HooksOfCreateRunBeforeTheSwitch) {
  config.hooks.emplace();
  config.hooks->create_runtime = {hook("/runtime")};
  request.caller_umask = 027;
  config.hooks->create_container = {hook("/first"), hook("/second")};
  config.hooks->create_container[1].args = {"name", "arg"};
  config.hooks->create_container[1].env = oci::Strings{"A=1"};
  config.hooks->create_container[1].timeout = int64_t{1} << 40;
  Plan made = plan();
  Steps steps = made.steps.steps();
  expect_order(steps, {Kind::Link, Kind::Sync, Kind::Hook, Kind::Pivot});
  EXPECT_EQ(find(steps, Kind::Sync).number, static_cast<uint32_t>(act::SyncPoint::RuntimeHooks));
  EXPECT_EQ(made.runtime_hooks_create.size(), 1U);
  ASSERT_EQ(count(steps, Kind::Hook), 2);
  EXPECT_THAT(act::unpack(find(steps, Kind::Hook, 0).data), ElementsAre("/first"));
  EXPECT_EQ(find(steps, Kind::Hook, 0).number, 0U);
  EXPECT_EQ(find(steps, Kind::Hook, 0).a, 027U) << "the caller's umask";
  EXPECT_THAT(act::unpack(find(steps, Kind::Hook, 1).data), ElementsAre("name", "arg"));
  EXPECT_THAT(act::unpack(find(steps, Kind::Hook, 1).data2), ElementsAre("A=1"));
  EXPECT_EQ(find(steps, Kind::Hook, 1).number, 0x7fffffffU);
  EXPECT_EQ(find(steps, Kind::Hook, 1).fd, made.container_hook_input);
  // They look for the root file system where the configuration says it is.
  EXPECT_EQ(find(steps, Kind::AttachRoot).text, bundle() + "/rootfs");
  config.hooks.reset();
  EXPECT_EQ(find(this->steps(), Kind::AttachRoot).text, "/");
}

// A neighbour in the pid namespace can look at us from the moment we are in it.
TEST_F(PlanOrder, APidNamespaceOfOthersIsEnteredWhenNothingOfTheHostIsLeft) {
  join("pid", "pid");
  config.process->terminal = true;
  config.hooks.emplace();
  config.hooks->start_container = {hook("/hook")};
  config.linux_->masked_paths = {"/secret"};
  config.mounts = {mount("proc", "/proc")};
  Plan made = plan();
  Steps steps = made.steps.steps();
  EXPECT_TRUE(made.forks);
  EXPECT_FALSE(made.private_pid_namespace);
  EXPECT_EQ(made.clone_flags & CLONE_NEWPID, 0U);
  expect_order(
      steps, {Kind::Pivot, Kind::Mask, Kind::Console, Kind::CloseSlots, Kind::Join, Kind::Identity,
              Kind::Capabilities, Kind::Ambient, Kind::Fork, Kind::TakeTerminal});
  ASSERT_EQ(count(steps, Kind::CloseSlots), 3);
  int pid_slot = find(steps, Kind::Join).fd;
  EXPECT_EQ(find(steps, Kind::Join).number, static_cast<uint32_t>(CLONE_NEWPID));
  const act::Step& before = find(steps, Kind::CloseSlots, 0);
  EXPECT_THAT(numbers(before.data),
              UnorderedElementsAre(pid_slot, made.start_slot, made.start_hook_input));
  EXPECT_EQ(before.flags, act::flag::kKeepRoot);
  const act::Step& after = find(steps, Kind::CloseSlots, 1);
  EXPECT_THAT(numbers(after.data), UnorderedElementsAre(made.start_slot, made.start_hook_input));
  int join = position(steps, Kind::Join);
  EXPECT_EQ(position(steps, Kind::CloseSlots, 0), join - 1);
  EXPECT_EQ(position(steps, Kind::CloseSlots, 1), join + 1);
  int fork = position(steps, Kind::Fork);
  EXPECT_GT(fork, position(steps, Kind::WorkingDirectory, 1));
  EXPECT_EQ(position(steps, Kind::Session, 1), fork + 1) << "a session of the new process's own";
  EXPECT_EQ(count(steps, Kind::TakeTerminal), 1);
  // The procfs shows the namespace although its maker is not in it.
  const act::Step& proc = find(steps, Kind::NewMount);
  EXPECT_EQ(proc.text, "proc");
  EXPECT_NE(proc.flags & act::flag::kOfPidNamespace, 0);
  EXPECT_EQ(proc.fd2, pid_slot);
}

// Once it is joined, children are born in it.
TEST_F(PlanOrder, NoHelperIsMadeInAPidNamespaceOfOthers) {
  join("pid", "pid");
  config.linux_->seccomp = filter();
  config.linux_->seccomp->syscalls[0].action = "SCMP_ACT_NOTIFY";
  expect_order(steps(), {Kind::ListenerHelper, Kind::Join, Kind::SeccompListener, Kind::BoundingSet,
                         Kind::Capabilities, Kind::Fork});
  // Under no_new_privs it is made there, with what the container's program has.
  config.process->no_new_privileges = true;
  expect_order(steps(), {Kind::Join, Kind::Capabilities, Kind::Fork, Kind::ListenerHelper,
                         Kind::SeccompListener});
}

TEST_F(PlanOrder, APidNamespaceOfOthersIsEnteredWithoutAProcessToo) {
  join("pid", "pid");
  config.process.reset();
  expect_order(steps(), {Kind::CloseSlots, Kind::Join, Kind::Fork, Kind::AwaitStart});
}

TEST_F(PlanOrder, NewNamespacesAreCloneFlagsButForThoseThatCannotBe) {
  for (const char* type : {"network", "ipc", "uts", "cgroup", "time"})
    config.linux_->namespaces.push_back({type, ""});
  config.hostname = "host";
  config.domainname = "domain";
  config.linux_->time_offsets["boottime"] = {7, 8};
  Plan made = plan();
  Steps steps = made.steps.steps();
  EXPECT_EQ(made.clone_flags, static_cast<uint64_t>(CLONE_NEWNS | CLONE_NEWPID | CLONE_NEWUSER |
                                                    CLONE_NEWNET | CLONE_NEWIPC | CLONE_NEWUTS));
  EXPECT_FALSE(made.forks);
  EXPECT_TRUE(made.private_pid_namespace);
  ASSERT_EQ(count(steps, Kind::Unshare), 2);
  EXPECT_EQ(find(steps, Kind::Unshare, 0).number, static_cast<uint32_t>(CLONE_NEWCGROUP));
  EXPECT_EQ(find(steps, Kind::Unshare, 1).number, 0x80U);
  expect_order(steps, {Kind::Unshare, Kind::Sync, Kind::EnterTime, Kind::LoopbackUp, Kind::Hostname,
                       Kind::Domainname, Kind::HostPropagation});
  EXPECT_EQ(find(steps, Kind::Sync).number, static_cast<uint32_t>(act::SyncPoint::TimeOffsets));
  EXPECT_EQ(made.time_offsets, "boottime 7 8\n");
}

TEST_F(PlanOrder, InAUserNamespaceOfOthersTheRestIsMadeAfterJoiningIt) {
  join("user", "user");
  config.linux_->uid_mappings.clear();
  config.linux_->gid_mappings.clear();
  config.linux_->namespaces.push_back({"uts", "/proc/self/ns/uts"});
  Plan made = plan();
  Steps steps = made.steps.steps();
  EXPECT_EQ(made.clone_flags, 0U);
  EXPECT_FALSE(made.id_maps);
  EXPECT_TRUE(made.forks);
  expect_order(steps,
               {Kind::Session, Kind::Join, Kind::Unshare, Kind::Fork, Kind::HostPropagation});
  int root = position(steps, Kind::BecomeRoot, count(steps, Kind::BecomeRoot) - 1);
  EXPECT_EQ(root, position(steps, Kind::Join) + 1);
  EXPECT_EQ(find(steps, Kind::Join, 0).number, static_cast<uint32_t>(CLONE_NEWUSER));
  EXPECT_EQ(find(steps, Kind::Join, 1).number, static_cast<uint32_t>(CLONE_NEWUTS));
  EXPECT_EQ(find(steps, Kind::Unshare).number, static_cast<uint32_t>(CLONE_NEWNS | CLONE_NEWPID));
}

// Shows: ns-4
TEST_F(PlanOrder, APathThatIsNoSuchNamespaceIsRefused) {
  join("pid", "uts");
  EXPECT_NE(error().find("is not a pid namespace"), std::string::npos) << error();
  config.linux_->namespaces[1].path = "/dev/null";
  EXPECT_NE(error().find("is not a pid namespace"), std::string::npos) << error();
  config.linux_->namespaces[1].path = "/nonexistent";
  EXPECT_NE(error().find("no such file"), std::string::npos) << error();
}

TEST_F(PlanOrder, SysctlsAreWrittenBeforeTheirProcfsIsAttached) {
  config.mounts = {mount("tmpfs", "/tmp", {"mode=700"}), mount("proc", "/proc")};
  config.linux_->sysctl = {{"net.ipv4.ip_forward", "1"}, {"net/ipv4/conf/eth0.1/rp_filter", "2"}};
  Steps made = steps();
  ASSERT_EQ(count(made, Kind::WriteProc), 2);
  const act::Step& proc = find(made, Kind::NewMount, 1);
  EXPECT_EQ(proc.text, "proc");
  for (int i : {0, 1}) EXPECT_EQ(find(made, Kind::WriteProc, i).fd, proc.fd);
  EXPECT_GT(position(made, Kind::WriteProc, 0), position(made, Kind::NewMount, 1));
  EXPECT_LT(position(made, Kind::WriteProc, 1), position(made, Kind::Attach, 1));
  EXPECT_EQ(find(made, Kind::Attach, 1).text, "/proc");
  EXPECT_EQ(find(made, Kind::WriteProc, 0).text, "sys/net/ipv4/ip_forward");
  EXPECT_EQ(find(made, Kind::WriteProc, 0).text2, "1");
  EXPECT_EQ(find(made, Kind::WriteProc, 1).text, "sys/net/ipv4/conf/eth0.1/rp_filter");
}

TEST_F(PlanOrder, SysctlsHaveAProcfsOfTheirOwnWhereTheContainersWillNotDo) {
  config.linux_->sysctl = {{"kernel.shmmax", "1"}};
  for (const oci::Strings& options :
       std::vector<oci::Strings>{{"ro"}, {"hidepid=2"}, {"subset=pid"}}) {
    config.mounts = {mount("proc", "/proc", options)};
    Steps made = steps();
    ASSERT_EQ(count(made, Kind::WriteProc), 1);
    int slot = find(made, Kind::WriteProc).fd;
    for (const act::Step& step : made) {
      EXPECT_FALSE(step.kind == Kind::Attach && step.fd == slot);
    }
  }
  config.mounts.clear();
  EXPECT_EQ(count(steps(), Kind::WriteProc), 1);
}

TEST_F(PlanOrder, WhatIsFilledLaterBecomesReadOnlyAfterwards) {
  config.mounts = {mount("tmpfs", "/dev", {"ro", "mode=755"}), mount("tmpfs", "/tmp", {"ro"}),
                   mount("sysfs", "/sys", {"ro"})};
  config.linux_->masked_paths = {"/secret"};
  config.root->readonly = true;
  Steps made = steps();
  constexpr uint64_t kReadOnly = MOUNT_ATTR_RDONLY;
  EXPECT_EQ(find(made, Kind::NewMount, 0).a & kReadOnly, 0U);
  EXPECT_EQ(find(made, Kind::NewMount, 1).a & kReadOnly, 0U);
  EXPECT_EQ(find(made, Kind::NewMount, 2).a & kReadOnly, kReadOnly) << "nothing is made in sysfs";
  std::vector<int> readonly;
  for (int i = position(made, Kind::Mask); i < static_cast<int>(made.size()); ++i) {
    const act::Step& step = made[static_cast<size_t>(i)];
    if (step.kind == Kind::Attributes && step.a == kReadOnly) readonly.push_back(step.fd);
  }
  EXPECT_THAT(readonly,
              ElementsAre(find(made, Kind::NewMount, 0).fd, find(made, Kind::NewMount, 1).fd,
                          find(made, Kind::AttachRoot).fd));
  EXPECT_LT(position(made, Kind::Directory), position(made, Kind::Mask));
}

TEST_F(PlanOrder, ProcAndSysTakeNoLinks) {
  config.mounts = {mount("proc", "/proc"), mount("sysfs", "/sys"), mount("tmpfs", "/tmp")};
  Steps made = steps();
  constexpr uint16_t kCommon = act::flag::kDirectory;
  EXPECT_EQ(find(made, Kind::Attach, 0).flags,
            kCommon | act::flag::kNoSymlinks | act::flag::kOnProc);
  EXPECT_EQ(find(made, Kind::Attach, 1).flags, kCommon | act::flag::kNoSymlinks);
  EXPECT_EQ(find(made, Kind::Attach, 2).flags, kCommon);
}

TEST_F(PlanOrder, TheSwitchOfTheRoot) {
  EXPECT_EQ(find(steps(), Kind::Pivot).flags, 0);
  request.root_switch = RootSwitch::Move;
  EXPECT_EQ(find(steps(), Kind::Pivot).flags, act::flag::kMoveRoot);
}

}  // namespace
}  // namespace tare
