// Documents in, structs or messages out, and back.
#include <gtest/gtest.h>

#include "oci/reader.h"

namespace tare::oci {
namespace {

Config read(std::string_view text) {
  std::vector<Violation> violations;
  Config config = read_config(text, violations);
  EXPECT_EQ(describe("config.json", violations), "");
  return config;
}

std::string faults(std::string_view text) {
  std::vector<Violation> violations;
  read_config(text, violations);
  return describe("config.json", violations);
}

TEST(ConfigJson, Smallest) {
  Config config = read(R"({"ociVersion": "1.3.0", "root": {"path": "r"}})");
  EXPECT_EQ(config.oci_version, "1.3.0");
  EXPECT_EQ(config.root->path, "r");
  EXPECT_FALSE(config.root->readonly);
  EXPECT_FALSE(config.process || config.hooks || config.linux_);
}

TEST(ConfigJson, AllFaultsAreNamedAtOnce) {
  EXPECT_EQ(faults(R"({"root": {"readonly": 1},
                      "linux": {"resources": {"memory": {"limit": "64m"}, "cpu": {"shares": -1}}}})"),
            "config.json: /root/readonly: expected a boolean, got 1; "
            "config.json: /root/path: missing; "
            "config.json: /linux/resources/memory/limit: expected an integer, got \"64m\"; "
            "config.json: /linux/resources/cpu/shares: expected an integer from 0 to "
            "18446744073709551615, got -1; "
            "config.json: /ociVersion: missing");
  EXPECT_EQ(faults("[]"), "config.json: expected an object, got an array");
  EXPECT_EQ(faults(R"({"ociVersion": "1.0.0", "root": null})"), "config.json: /root: missing");
}

// Shows: gen-8
TEST(ConfigJson, IntegersAreExact) {
  std::vector<Violation> violations;
  Resources resources = read_resources(
      R"({"memory": {"limit": 9223372036854775807, "swap": -9223372036854775808},
          "hugepageLimits": [{"pageSize": "2MB", "limit": 9223372036854772000},
                             {"pageSize": "1GB", "limit": 18446744073709551615}],
          "cpu": {"shares": 9007199254740993}})",
      violations);
  EXPECT_TRUE(violations.empty());
  EXPECT_EQ(resources.memory->limit, INT64_MAX);
  EXPECT_EQ(resources.memory->swap, INT64_MIN);
  EXPECT_EQ(resources.hugepage_limits[0].limit, 9223372036854772000u);
  EXPECT_EQ(resources.hugepage_limits[1].limit, UINT64_MAX);
  EXPECT_EQ(resources.cpu->shares, 9007199254740993u);
}

// Shows: gen-4, other-1, other-2, other-3, other-4, other-5
TEST(ConfigJson, UnknownMembersAndOtherPlatformsAreNotLookedInto) {
  EXPECT_EQ(
      faults(R"({"ociVersion": "1.3.0", "root": {"path": "r", "new": 1.5}, "com.example": [1e400],
                      "windows": 1, "solaris": [], "vm": {"hypervisor": 7}, "zos": "x",
                      "freebsd": {"devices": false},
                      "process": {"cwd": "/", "commandLine": 3, "user": {"username": {}}},
                      "linux": {"intelRdt": {"enableCMT": "old"}, "name_spaces": 1}})"),
      "");
}

TEST(ConfigJson, NamesMayDifferInCase) {
  Config config = read(R"({"OCIVersion": "1.3.0", "Root": {"Path": "r"}, "linux": {"resources": {
      "cpu": {"shares": 7, "quota": 1}, "CPU": {"Cpus": "0"}, "Cpu": null,
      "unified": {"a.B": "1"}, "Unified": {"a.b": "2"}}}})");
  EXPECT_EQ(config.root->path, "r");
  EXPECT_EQ(config.linux_->resources->cpu->shares, 7u);
  EXPECT_EQ(config.linux_->resources->cpu->cpus, "0");
  EXPECT_EQ(config.linux_->resources->unified.size(), 2u) << "keys of maps are no names";
  EXPECT_EQ(faults(R"({"ociVersion": "1.3.0", "root": {"path": "r"}, "mounts": [], "Mounts": [],
                      "linux": {"cgroupsPath": "/a", "CgroupsPath": "/b"}})"),
            "config.json: /Mounts: given twice, in names that differ in case alone; "
            "config.json: /linux/CgroupsPath: given twice, in names that differ in case alone");
}

TEST(ConfigJson, AbsentAndEmptyDifferWhereItMatters) {
  Config config = read(R"({"ociVersion": "1.3.0", "root": {"path": "r"},
      "hooks": {"prestart": [{"path": "/a"}, {"path": "/b", "env": []}, {"path": "/c", "env": null}]},
      "linux": {"seccomp": {"defaultAction": "SCMP_ACT_ALLOW", "flags": []}}})");
  EXPECT_FALSE(config.hooks->prestart[0].env);
  EXPECT_TRUE(config.hooks->prestart[1].env);
  EXPECT_FALSE(config.hooks->prestart[2].env);
  EXPECT_TRUE(config.linux_->seccomp->flags);
}

TEST(ConfigJson, ProcessDocument) {
  std::vector<Violation> violations;
  Process process = read_process(
      R"({"terminal": true, "consoleSize": {"height": 24, "width": 80}, "cwd": "/", "args": ["a", "ä"],
          "user": {"uid": 1, "gid": 4294967295, "umask": 63, "additionalGids": [5, 6]},
          "oomScoreAdj": -1000, "execCPUAffinity": {"initial": "0", "final": "1-2"}})",
      violations);
  EXPECT_EQ(describe("process", violations), "");
  EXPECT_TRUE(process.terminal);
  EXPECT_EQ(process.console_size->height, 24u);
  EXPECT_EQ(process.args, (Strings{"a", "ä"}));
  EXPECT_EQ(process.user.gid, 4294967295u);
  EXPECT_EQ(process.user.umask, 63u);
  EXPECT_EQ(process.user.additional_gids, (std::vector<uint32_t>{5, 6}));
  EXPECT_EQ(process.oom_score_adj, -1000);
  EXPECT_EQ(process.exec_cpu_affinity->final, "1-2");
}

// A document that names every member, in the writer's order and layout.
constexpr const char* kFull =
    R"({"ociVersion":"1.3.0",
"process":{"terminal":true,"consoleSize":{"height":1,"width":2},
 "user":{"uid":1,"gid":2,"umask":63,"additionalGids":[3]},"args":["a"],"env":["A=B"],"cwd":"/",
 "capabilities":{"bounding":["B"],"effective":["E"],"inheritable":["I"],"permitted":["P"],"ambient":["A"]},
 "rlimits":[{"type":"RLIMIT_CORE","hard":2,"soft":1}],"noNewPrivileges":true,"apparmorProfile":"p",
 "oomScoreAdj":5,"scheduler":{"policy":"S","nice":1,"priority":2,"flags":["F"],"runtime":3,"deadline":4,
 "period":5},"selinuxLabel":"l","ioPriority":{"class":"C","priority":3},
 "execCPUAffinity":{"initial":"0","final":"1"}},
"root":{"path":"r","readonly":true},"hostname":"h","domainname":"d",
"mounts":[{"destination":"/d","type":"t","source":"s","options":["o"],
 "uidMappings":[{"containerID":1,"hostID":2,"size":3}],"gidMappings":[{"containerID":4,"hostID":5,"size":6}]}],
"hooks":{"prestart":[{"path":"/1","args":["a"],"env":["e"],"timeout":1}],"createRuntime":[{"path":"/2"}],
 "createContainer":[{"path":"/3"}],"startContainer":[{"path":"/4"}],"poststart":[{"path":"/5"}],
 "poststop":[{"path":"/6","env":[]}]},
"annotations":{"a":"b","c":""},
"linux":{"uidMappings":[{"containerID":0,"hostID":1,"size":2}],"gidMappings":[{"containerID":3,"hostID":4,"size":5}],
 "sysctl":{"n":"v"},
 "resources":{"unified":{"memory.max":"1"},
  "devices":[{"allow":false,"type":"c","major":1,"minor":-1,"access":"rwm"}],
  "memory":{"limit":1,"reservation":2,"swap":3,"kernel":4,"kernelTCP":5,"swappiness":6,"disableOOMKiller":true,
   "useHierarchy":false,"checkBeforeUpdate":true},
  "cpu":{"shares":1,"quota":-1,"burst":2,"period":3,"realtimeRuntime":4,"realtimePeriod":5,"cpus":"0","mems":"1",
   "idle":1},
  "pids":{"limit":0},
  "blockIO":{"weight":10,"leafWeight":11,"weightDevice":[{"major":8,"minor":0,"weight":12,"leafWeight":13}],
   "throttleReadBpsDevice":[{"major":1,"minor":2,"rate":3}],"throttleWriteBpsDevice":[{"major":4,"minor":5,"rate":6}],
   "throttleReadIOPSDevice":[{"major":7,"minor":8,"rate":9}],
   "throttleWriteIOPSDevice":[{"major":10,"minor":11,"rate":12}]},
  "hugepageLimits":[{"pageSize":"2MB","limit":18446744073709551615}],
  "network":{"classID":1,"priorities":[{"name":"eth0","priority":2}]},
  "rdma":{"mlx":{"hcaHandles":1,"hcaObjects":2}}},
 "cgroupsPath":"/c","namespaces":[{"type":"pid"},{"type":"network","path":"/n"}],
 "devices":[{"path":"/dev/x","type":"c","major":1,"minor":2,"fileMode":432,"uid":3,"gid":4}],
 "netDevices":{"eth0":{"name":"e"}},
 "seccomp":{"defaultAction":"SCMP_ACT_ERRNO","defaultErrnoRet":1,"architectures":["A"],"flags":[],
  "listenerPath":"/l","listenerMetadata":"m",
  "syscalls":[{"names":["read"],"action":"SCMP_ACT_ERRNO","errnoRet":2,
   "args":[{"index":0,"value":18446744073709551615,"valueTwo":1,"op":"SCMP_CMP_EQ"}]}]},
 "rootfsPropagation":"slave","maskedPaths":["/m"],"readonlyPaths":["/r"],"mountLabel":"ml",
 "intelRdt":{"closID":"i","schemata":["s"],"l3CacheSchema":"L3:","memBwSchema":"MB:","enableMonitoring":true},
 "memoryPolicy":{"mode":"M","nodes":"0","flags":["F"]},"personality":{"domain":"LINUX32","flags":["F"]},
 "timeOffsets":{"monotonic":{"secs":-1,"nanosecs":2}}}})";

std::string without_blanks(std::string text) {
  std::erase_if(text, [](char c) { return c == '\n' || c == '\t' || c == ' '; });
  return text;
}

TEST(ConfigJson, EveryMemberSurvivesReadingAndWriting) {
  EXPECT_EQ(without_blanks(write_config(read(kFull))), without_blanks(kFull));
}

TEST(ConfigJson, WritesTabsAndLeavesOutWhatIsAbsent) {
  EXPECT_EQ(
      write_config(read(R"({"root": {"path": "r"}, "ociVersion": "1.3.0", "mounts": [], "x": 1,
                                 "process": {"cwd": "/", "terminal": false}})")),
      "{\n\t\"ociVersion\": \"1.3.0\",\n\t\"process\": {\n\t\t\"user\": {\n\t\t\t\"uid\": 0,\n"
      "\t\t\t\"gid\": 0\n\t\t},\n\t\t\"cwd\": \"/\"\n\t},\n\t\"root\": {\n\t\t\"path\": "
      "\"r\"\n\t}\n}");
}

}  // namespace
}  // namespace tare::oci
