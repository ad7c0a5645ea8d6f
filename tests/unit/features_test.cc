// What features promises must be what configurations may use.
#include "oci/features.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "oci/json.h"
#include "oci/mount_options.h"
#include "oci/names.h"
#include "oci/reader.h"
#include "oci/validate.h"

namespace tare::oci {
namespace {

const Strings kAllFlags(std::begin(kSeccompFlags), std::end(kSeccompFlags));
const Build kBuild{"0.1.0", "abc", "2.5.4", {"SCMP_ARCH_X86", "SCMP_ARCH_SHEB"}, kAllFlags};

// The value at a path of member names; null when it is not there.
json::Value at(const json::Value& value, std::initializer_list<std::string_view> path) {
  const json::Value* current = &value;
  for (std::string_view name : path) {
    const json::Object* object = current->get<json::Object>();
    if (object == nullptr) return {};
    auto found = std::find_if(object->begin(), object->end(),
                              [&](const json::Member& member) { return member.name == name; });
    if (found == object->end()) return {};
    current = &found->value;
  }
  return *current;
}

json::Value features() {
  std::vector<Violation> violations;
  json::Value value = *json::parse(features_json(kBuild), violations);
  EXPECT_TRUE(violations.empty());
  return value;
}

Strings strings(const json::Value& value) {
  Strings result;
  EXPECT_NE(value.get<json::Array>(), nullptr);
  for (const json::Value& element : *value.get<json::Array>())
    result.push_back(*element.get<std::string>());
  return result;
}

// Violations of a document that uses `linux` and is otherwise fine.
std::string faults(const std::string& version, const std::string& section) {
  std::vector<Violation> violations;
  Config config = read_config(
      R"({"ociVersion": ")" + version + R"(", "root": {"path": "r"}, "linux": )" + section + "}",
      violations);
  validate(config, violations);
  return describe("config.json", violations);
}

// Shows: feat-3, feat-4
TEST(Features, BothVersionsAreAccepted) {
  EXPECT_EQ(*at(features(), {"ociVersionMin"}).get<std::string>(), "1.0.0");
  EXPECT_EQ(*at(features(), {"ociVersionMax"}).get<std::string>(), "1.3.0");
  EXPECT_EQ(faults(kSpecVersionMin, "{}"), "");
  EXPECT_EQ(faults(kSpecVersionMax, "{}"), "");
}

// Shows: feat-10
TEST(Features, ListedNamespacesAreAccepted) {
  Strings names = strings(at(features(), {"linux", "namespaces"}));
  EXPECT_EQ(names.size(), 8u);
  for (const std::string& name : names) {
    EXPECT_EQ(faults("1.3.0", R"({"namespaces": [{"type": ")" + name + R"(", "path": "/x"}]})"),
              "");
  }
}

// Shows: feat-10, mpol-1, mpol-3
TEST(Features, ListedMemoryPoliciesAreAccepted) {
  auto policy = [](const std::string& mode, const std::string& rest) {
    return R"({"memoryPolicy": {"mode": ")" + mode + "\"" + rest + "}}";
  };
  Strings modes = strings(at(features(), {"linux", "memoryPolicy", "modes"}));
  EXPECT_EQ(modes.size(), 7U);
  for (const std::string& mode : modes) {
    bool without = mode == "MPOL_DEFAULT" || mode == "MPOL_LOCAL";
    EXPECT_EQ(faults("1.3.0", policy(mode, without ? "" : R"(, "nodes": "0")")), "") << mode;
  }
  Strings flags = strings(at(features(), {"linux", "memoryPolicy", "flags"}));
  EXPECT_EQ(flags.size(), 3U);
  for (const std::string& flag : flags) {
    std::string rest = R"(, "nodes": "0", "flags": [")" + flag + "\"]";
    EXPECT_EQ(faults("1.3.0", policy("MPOL_BIND", rest)), "") << flag;
  }
}

// Shows: feat-10, feat-14
TEST(Features, ListedSeccompNamesAreAccepted) {
  json::Value document = features();
  Strings actions = strings(at(document, {"linux", "seccomp", "actions"}));
  EXPECT_EQ(actions.size(), 9u);
  for (const std::string& name : actions) {
    EXPECT_EQ(faults("1.3.0", R"({"seccomp": {"defaultAction": "SCMP_ACT_ALLOW",
        "listenerPath": "/l", "syscalls": [{"names": ["x"], "action": ")" +
                                  name + "\"}]}}"),
              "");
  }
  for (const std::string& name : strings(at(document, {"linux", "seccomp", "operators"}))) {
    EXPECT_EQ(
        faults("1.3.0",
               R"({"seccomp": {"defaultAction": "SCMP_ACT_ALLOW", "syscalls": [{"names": ["x"],
        "action": "SCMP_ACT_KILL", "args": [{"index": 0, "value": 0, "op": ")" +
                   name + "\"}]}]}}"),
        "");
  }
  Strings architectures = strings(at(document, {"linux", "seccomp", "archs"}));
  EXPECT_EQ(architectures, (Strings{"SCMP_ARCH_X86", "SCMP_ARCH_SHEB"})) << "the build's";
  for (const std::string& name : architectures) {
    EXPECT_EQ(
        faults("1.3.0", R"({"seccomp": {"defaultAction": "SCMP_ACT_ALLOW", "architectures": [")" +
                            name + "\"]}}"),
        "");
  }
  for (const std::string& name : strings(at(document, {"linux", "seccomp", "supportedFlags"}))) {
    EXPECT_EQ(faults("1.3.0", R"({"seccomp": {"defaultAction": "SCMP_ACT_ALLOW", "flags": [")" +
                                  name + "\"]}}"),
              "");
  }
  EXPECT_EQ(strings(at(document, {"linux", "seccomp", "knownFlags"})).size(), 4u);
  EXPECT_EQ(strings(at(document, {"linux", "seccomp", "supportedFlags"})).size(), 4u);
}

// Shows: feat-8, mounts-15, mounts-16
TEST(Features, EveryMountOptionIsListedAndAccepted) {
  Strings listed = strings(at(features(), {"mountOptions"}));
  EXPECT_TRUE(std::is_sorted(listed.begin(), listed.end()));
  EXPECT_EQ(listed, known_mount_options());
  EXPECT_TRUE(std::count(listed.begin(), listed.end(), "rro"));
  EXPECT_TRUE(std::count(listed.begin(), listed.end(), "ridmap"));
  for (const std::string& option : known_mount_options()) {
    Config config{.oci_version = "1.3.0", .root = Root{.path = "r"}};
    config.mounts = {{.destination = "/x", .source = "/y", .type = "tmpfs", .options = {option}}};
    config.linux_.emplace().namespaces = {{"user", "/proc/self/ns/user"}};
    std::vector<Violation> violations;
    validate(config, violations);
    EXPECT_EQ(describe("config.json", violations), "") << option;
  }
}

// Shows: feat-2, feat-12, feat-13, feat-15, feat-17
TEST(Features, WhatIsKnownToBeMissingIsFalseNotAbsent) {
  json::Value document = features();
  auto flag = [&](std::initializer_list<std::string_view> path) {
    json::Value value = at(document, path);
    EXPECT_NE(value.get<bool>(), nullptr);
    return *value.get<bool>();
  };
  EXPECT_FALSE(flag({"linux", "cgroup", "v1"}));
  EXPECT_TRUE(flag({"linux", "cgroup", "v2"}));
  EXPECT_TRUE(flag({"linux", "cgroup", "systemd"}));
  EXPECT_TRUE(flag({"linux", "cgroup", "systemdUser"}));
  EXPECT_TRUE(flag({"linux", "cgroup", "rdma"}));
  EXPECT_TRUE(flag({"linux", "seccomp", "enabled"}));
  EXPECT_TRUE(flag({"linux", "apparmor", "enabled"}));
  EXPECT_TRUE(flag({"linux", "selinux", "enabled"}));
  EXPECT_TRUE(flag({"linux", "intelRdt", "enabled"}));
  EXPECT_TRUE(flag({"linux", "intelRdt", "schemata"}));
  EXPECT_TRUE(flag({"linux", "intelRdt", "monitoring"}));
  EXPECT_TRUE(flag({"linux", "mountExtensions", "idmap", "enabled"}));
  EXPECT_TRUE(flag({"linux", "netDevices", "enabled"}));
  EXPECT_EQ(strings(at(document, {"potentiallyUnsafeConfigAnnotations"})),
            (Strings{"run.oci.keep_original_groups", "run.oci.mount_context_type",
                     "org.systemd.property."}));
}

TEST(Features, Others) {
  json::Value document = features();
  EXPECT_EQ(strings(at(document, {"hooks"})),
            (Strings{"prestart", "createRuntime", "createContainer", "startContainer", "poststart",
                     "poststop"}));
  Strings capabilities = strings(at(document, {"linux", "capabilities"}));
  EXPECT_EQ(capabilities.size(), 41u);
  EXPECT_EQ(capabilities.front(), "CAP_CHOWN");
  EXPECT_EQ(capabilities[21], "CAP_SYS_ADMIN");
  EXPECT_EQ(capabilities.back(), "CAP_CHECKPOINT_RESTORE");
  EXPECT_EQ(
      *at(document, {"annotations", "io.github.seccomp.libseccomp.version"}).get<std::string>(),
      "2.5.4");
  EXPECT_TRUE(features_json(kBuild).starts_with("{\n    \"ociVersionMin\""));
  EXPECT_TRUE(features_json(kBuild).ends_with("}\n"));
}

// Shows: feat-15, feat-16, feat-17
TEST(Features, ABitIsTrueExactlyWhenItsMemberIsAccepted) {
  json::Value document = features();
  auto flag = [&](std::initializer_list<std::string_view> path) {
    return *at(document, path).get<bool>();
  };
  auto accepted = [](const std::string& section) { return faults("1.3.0", section).empty(); };
  EXPECT_EQ(flag({"linux", "netDevices", "enabled"}),
            accepted(R"({"namespaces": [{"type": "network"}], "netDevices": {"eth0": {}}})"));
  EXPECT_EQ(flag({"linux", "intelRdt", "enabled"}), accepted(R"({"intelRdt": {"closID": "x"}})"));
  EXPECT_EQ(flag({"linux", "intelRdt", "schemata"}),
            accepted(R"({"intelRdt": {"schemata": ["L2:0=f"]}})"));
  EXPECT_EQ(flag({"linux", "intelRdt", "monitoring"}),
            accepted(R"({"intelRdt": {"enableMonitoring": true}})"));
  EXPECT_EQ(!strings(at(document, {"linux", "memoryPolicy", "modes"})).empty(),
            accepted(R"({"memoryPolicy": {"mode": "MPOL_DEFAULT"}})"));
  Config config{.oci_version = "1.3.0", .root = Root{.path = "r"}};
  config.mounts = {{.destination = "/x", .source = "/y", .type = "none", .options = {"bind"}}};
  config.mounts[0].uid_mappings = config.mounts[0].gid_mappings = {{0, 1000, 1}};
  std::vector<Violation> violations;
  validate(config, violations);
  EXPECT_EQ(flag({"linux", "mountExtensions", "idmap", "enabled"}), violations.empty());
}

// Shows: feat-5, feat-6
TEST(Features, TheNewestVersionDefinesAllMembers) {
  EXPECT_GE(std::string(kSpecVersionMax), kSpecVersionMin);
  EXPECT_GE(std::string(kSpecVersionMax), "1.3.0") << "netDevices, memoryPolicy, intelRdt.schemata";
}

// Shows: feat-7
TEST(Features, ListedHooksAreKnown) {
  for (const std::string& name : strings(at(features(), {"hooks"}))) {
    std::vector<Violation> violations;
    Config config = read_config(R"({"ociVersion": "1.3.0", "root": {"path": "r"}, "hooks": {")" +
                                    name + R"(": [{"path": "relative"}]}})",
                                violations);
    validate(config, violations);
    EXPECT_EQ(describe("config.json", violations),
              "config.json: /hooks/" + name + "/0/path: \"relative\" is not absolute");
  }
}

// Shows: feat-9
TEST(Features, NoListedMountOptionIsAFileSystemsOwn) {
  for (const std::string& name : strings(at(features(), {"mountOptions"}))) {
    EXPECT_TRUE(parse_mount_options({name}).data.empty()) << name;
  }
}

// Shows: feat-11, anno-1
TEST(Features, AnnotationsFollowTheRulesOfAConfiguration) {
  json::Value document = features();
  const json::Value annotations = at(document, {"annotations"});
  ASSERT_NE(annotations.get<json::Object>(), nullptr);
  Config config{.oci_version = "1.3.0", .root = Root{.path = "r"}};
  for (const json::Member& member : *annotations.get<json::Object>()) {
    ASSERT_NE(member.value.get<std::string>(), nullptr) << member.name;
    config.annotations[member.name] = *member.value.get<std::string>();
  }
  EXPECT_TRUE(config.annotations.contains("org.opencontainers.runc.version"));
  std::vector<Violation> violations;
  validate(config, violations);
  EXPECT_TRUE(violations.empty());
}

// Shows: feat-14
TEST(Features, FlagsThatTheKernelRefusesAreKnownButNotSupported) {
  Build build = kBuild;
  build.seccomp_flags = {"SECCOMP_FILTER_FLAG_LOG"};
  std::vector<Violation> violations;
  json::Value document = *json::parse(features_json(build), violations);
  EXPECT_EQ(strings(at(document, {"linux", "seccomp", "supportedFlags"})),
            Strings{"SECCOMP_FILTER_FLAG_LOG"});
  EXPECT_EQ(strings(at(document, {"linux", "seccomp", "knownFlags"})), kAllFlags);
}

}  // namespace
}  // namespace tare::oci
