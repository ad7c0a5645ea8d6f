// What the container's process gets: environment, program, ids, terminal.
#include "tests/unit/plan_fixture.h"

namespace tare {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

class PlanProcess : public PlanTest {
 protected:
  std::vector<std::string> environment() { return list(find(steps(), Kind::Execute).data2); }
  std::vector<std::string> path() { return list(find(steps(), Kind::FindProgram).data); }
  bool looks_up_home() { return count(steps(), Kind::Home) == 1; }
  std::vector<uint32_t> groups() {
    const std::string bytes = find(steps(), Kind::Identity).data;
    std::vector<uint32_t> groups(bytes.size() / sizeof(uint32_t));
    bytes.copy(reinterpret_cast<char*>(groups.data()), bytes.size());
    return groups;
  }
};

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

TEST_F(PlanProcess, ArgumentsAreExactlyTheGiven) {
  config.process->args = {"prog", "", "two words", ""};
  Steps made = steps();
  EXPECT_THAT(list(find(made, Kind::Execute).data), ElementsAre("prog", "", "two words", ""));
  EXPECT_EQ(find(made, Kind::FindProgram).text, "prog");
  EXPECT_EQ(find(made, Kind::Execute).number, 3U);
}

TEST_F(PlanProcess, InheritedDescriptorsStayOpen) {
  request.preserve_fds = 4;
  request.listen_fds = 2;
  EXPECT_EQ(find(steps(), Kind::Execute).number, 7U);
  EXPECT_THAT(environment(),
              ElementsAre("PATH=/bin:/usr/bin", "HOME=/home", "LISTEN_FDS=2", "LISTEN_PID=1"));
}

TEST_F(PlanProcess, TheUmaskIsTheConfiguredOrTheCallers) {
  request.caller_umask = 027;
  EXPECT_EQ(find(steps(), Kind::Umask).number, 027U);
  config.process->user.umask = 0;
  EXPECT_EQ(find(steps(), Kind::Umask).number, 0U);
}

TEST_F(PlanProcess, IdMapsAreThoseOfTheConfiguration) {
  Plan made = plan();
  ASSERT_TRUE(made.id_maps);
  ASSERT_EQ(made.id_maps->uids.size(), 1U);
  EXPECT_EQ(made.id_maps->uids[0].host_id, ::geteuid());
  EXPECT_EQ(made.id_maps->gids[0].host_id, ::getegid());
}

TEST_F(PlanProcess, UnmappedIdsAreRefused) {
  config.process->user.uid = 1;
  EXPECT_EQ(error(), "cannot setuid to unmapped uid 1 in user namespace");
  config.process->user.uid = 0;
  config.process->user.gid = 1;
  EXPECT_EQ(error(), "cannot setgid to unmapped gid 1 in user namespace");
}

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
  config.annotations["run.oci.keep_original_groups"] = "1";
  EXPECT_EQ(find(steps(), Kind::Identity).flags, act::flag::kKeepGroups);
}

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
