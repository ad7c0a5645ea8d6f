#include <gmock/gmock.h>

#include "tests/unit/container_fixture.h"

namespace tare {
namespace {

using testing::HasSubstr;

ContainerRecord full_record() {
  ContainerRecord record;
  record.id = "c1";
  record.phase = Phase::Created;
  record.init = {4711, 18446744073709551615ULL, "boot"};
  record.creator = {4710, 7, "boot"};
  record.bundle = "/b \"quoted\" \xc3\xa9";
  record.config_file = "other.json";
  record.rootfs = "/b/rootfs";
  record.created = "2026-01-02T03:04:05.000000006Z";
  record.annotations = {{"a/b~c", "1"}, {"empty", ""}};
  record.cgroup = {
      cgroups::Manager::Systemd,           "/sys/fs/cgroup/x", true, {"/sys/fs/cgroup/y"}, {},
      cgroups::Unit{"tare-c1.scope", true}};
  record.cgroup.memory_and_swap = 9223372036854775807;
  record.resctrl = {"/sys/fs/resctrl/gold", true, true, "/sys/fs/resctrl/gold/mon_groups/c1"};
  record.private_pid_namespace = true;
  record.no_process = true;
  record.pid_file = "/run/c1.pid";
  record.host_mount = "/run/tare/c1/rootfs";
  oci::Hook plain;
  plain.path = "/bin/a";
  oci::Hook full;
  full.path = "/bin/b";
  full.args = {"b", "-x"};
  full.env = oci::Strings{};
  full.timeout = 9223372036854775807;
  record.poststart = {plain, full};
  record.poststop = {full};
  return record;
}

std::string replaced(std::string text, const std::string& from, const std::string& to) {
  size_t at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  return at == std::string::npos ? text : text.replace(at, from.size(), to);
}

std::string refusal(const std::string& json) {
  return error_of([&] { read_record(json); });
}

TEST(ContainerRecord, ReadsBackWhatItWrote) {
  ContainerRecord record = full_record();
  std::string text = write_record(record);
  EXPECT_EQ(text.find('\n'), std::string::npos);
  ContainerRecord read = read_record(text);
  EXPECT_EQ(read.id, record.id);
  EXPECT_EQ(read.phase, Phase::Created);
  EXPECT_EQ(read.init.pid, 4711);
  EXPECT_EQ(read.init.start_time, 18446744073709551615ULL);
  EXPECT_EQ(read.creator.boot_id, "boot");
  EXPECT_EQ(read.bundle, record.bundle);
  EXPECT_EQ(read.config_file, record.config_file);
  EXPECT_EQ(read.annotations, record.annotations);
  EXPECT_EQ(read.cgroup.manager, cgroups::Manager::Systemd);
  ASSERT_TRUE(read.cgroup.unit);
  EXPECT_EQ(read.cgroup.unit->name, "tare-c1.scope");
  EXPECT_TRUE(read.cgroup.unit->user_manager);
  EXPECT_EQ(read.cgroup.created_parents, record.cgroup.created_parents);
  EXPECT_EQ(read.cgroup.memory_and_swap, 9223372036854775807);
  EXPECT_EQ(read.resctrl.group, record.resctrl.group);
  EXPECT_EQ(read.resctrl.monitoring, record.resctrl.monitoring);
  EXPECT_TRUE(read.resctrl.created && read.resctrl.named);
  EXPECT_TRUE(read.cgroup.created && read.private_pid_namespace && read.no_process);
  EXPECT_EQ(read.pid_file, record.pid_file);
  EXPECT_EQ(read.host_mount, record.host_mount);
  ASSERT_EQ(read.poststart.size(), 2U);
  EXPECT_FALSE(read.poststart[0].env || read.poststart[0].timeout);
  EXPECT_EQ(read.poststart[1].args, (oci::Strings{"b", "-x"}));
  ASSERT_TRUE(read.poststart[1].env) << "absent and empty differ";
  EXPECT_TRUE(read.poststart[1].env->empty());
  EXPECT_EQ(read.poststop[0].timeout, 9223372036854775807);
  EXPECT_EQ(write_record(read), text);
}

TEST(ContainerRecord, ASumOfMemoryAndSwapThatNobodyAskedForIsAbsent) {
  ContainerRecord record = full_record();
  record.cgroup.memory_and_swap.reset();
  EXPECT_FALSE(read_record(write_record(record)).cgroup.memory_and_swap);
}

// Shows: rdt-3
TEST(ContainerRecord, WithoutResctrlThereIsNoWordOfIt) {
  ContainerRecord record = full_record();
  record.resctrl = {};
  std::string text = write_record(record);
  EXPECT_EQ(text.find("resctrl"), std::string::npos);
  EXPECT_TRUE(read_record(text).resctrl.group.empty());
}

TEST(ContainerRecord, EveryPhaseAndManagerHasAName) {
  ContainerRecord record;
  for (Phase phase : {Phase::Creating, Phase::Created}) {
    for (auto manager :
         {cgroups::Manager::Cgroupfs, cgroups::Manager::Systemd, cgroups::Manager::Disabled}) {
      record.phase = phase;
      record.cgroup.manager = manager;
      ContainerRecord read = read_record(write_record(record));
      EXPECT_EQ(read.phase, phase);
      EXPECT_EQ(read.cgroup.manager, manager);
    }
  }
}

TEST(ContainerRecord, TruncatedAtEveryByteIsAnError) {
  std::string text = write_record(full_record());
  for (size_t length = 0; length < text.size(); ++length) {
    EXPECT_THAT(refusal(text.substr(0, length)), HasSubstr("state.json")) << length;
  }
}

TEST(ContainerRecord, UnknownMembersAreSkipped) {
  std::string text = write_record(full_record());
  EXPECT_EQ(refusal(replaced(text, "{", R"({"later":[{"x":null}],)")), "no error");
}

TEST(ContainerRecord, NamesTheMemberThatIsWrong) {
  std::string text = write_record(full_record());
  struct Case {
    const char *from, *to, *pointer;
  };
  const Case cases[] = {
      {R"("id":"c1")", R"("id":1)", "/id"},
      {R"("id":"c1",)", "", "/id: missing"},
      {R"("id":"c1")", R"("id":null)", "/id"},
      {R"("phase":"created")", R"("phase":"paused")", "/phase"},
      {R"("pid":4711)", R"("pid":-1)", "/init/pid"},
      {R"("pid":4711)", R"("pid":2147483648)", "/init/pid"},
      {R"("pid":4711)", R"("pid":1.5)", "/init/pid"},
      {R"("pid":4711)", R"("pid":"4711")", "/init/pid"},
      {R"("startTime":7)", R"("startTime":true)", "/creator/startTime"},
      {R"("startTime":7)", R"("startTime":18446744073709551616)", "/creator/startTime"},
      {R"("rootfs":"/b/rootfs")", R"("rootfs":[])", "/rootfs"},
      {R"("rootfs":"/b/rootfs")", R"("rootfs":"a\u0000b")", "/rootfs"},
      {R"("empty":"")", R"("empty":{})", "/annotations/empty"},
      {R"("manager":"systemd")", R"("manager":"")", "/cgroup/manager"},
      {R"("userManager":true)", R"("userManager":1)", "/cgroup/unit/userManager"},
      {R"("createdParents":[)", R"("createdParents":[7,)", "/cgroup/createdParents/0"},
      {R"("created":true)", R"("created":"true")", "/cgroup/created"},
      {R"("named":true)", R"("named":7)", "/resctrl/named"},
      {R"("monitoring":)", R"("monitored":)", "/resctrl/monitoring: missing"},
      {R"("privatePidNamespace":true)", R"("privatePidNamespace":1)", "/privatePidNamespace"},
      {R"("path":"/bin/b")", R"("path":null)", "/poststart/1/path"},
      {R"("timeout":9223372036854775807)", R"("timeout":9223372036854775808)",
       "/poststart/1/timeout"},
      {R"("poststop":[)", R"("poststop":[[],)", "/poststop/0"},
  };
  for (const Case& each : cases) {
    EXPECT_THAT(refusal(replaced(text, each.from, each.to)),
                HasSubstr(std::string("state.json: ") + each.pointer))
        << each.to;
  }
  for (const char* document : {"[]", "null", "7", "\"x\"", "{}"}) {
    EXPECT_THAT(refusal(document), HasSubstr("state.json: ")) << document;
  }
  EXPECT_THAT(refusal(text + "x"), HasSubstr("state.json"));
}

TEST(ContainerRecord, APathThatWouldReadBackAsAnotherIsRefused) {
  ContainerRecord record = full_record();
  record.bundle = "/b\xff";
  EXPECT_THAT(error_of([&] { write_record(record); }), HasSubstr("not valid UTF-8"));
  record.bundle = "/b\xef\xbf\xbd";
  EXPECT_EQ(read_record(write_record(record)).bundle, record.bundle);
}

}  // namespace
}  // namespace tare
