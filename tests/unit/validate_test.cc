// One broken document for every rule. A case is a good document with a patch (RFC 7396: objects are
// merged, everything else replaces); the rule it names must find exactly the message given, and a
// rule that no case names fails the test.
#include "oci/validate.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <map>

#include "oci/json.h"
#include "oci/reader.h"
#include "oci/rules.h"

namespace tare::oci {
namespace {

constexpr const char* kGood = R"({
  "ociVersion": "1.3.0", "root": {"path": "rootfs"}, "process": {"cwd": "/", "args": ["sh"]},
  "linux": {"namespaces": [{"type": "mount"}, {"type": "uts"}, {"type": "ipc"}]}})";

void merge(json::Value& into, json::Value patch) {
  json::Object* changes = patch.get<json::Object>();
  if (changes == nullptr) {
    into = std::move(patch);
    return;
  }
  if (into.get<json::Object>() == nullptr) into = json::Value(json::Object{});
  json::Object& members = *into.get<json::Object>();
  for (json::Member& change : *changes) {
    auto found = std::find_if(members.begin(), members.end(), [&](const json::Member& member) {
      return member.name == change.name;
    });
    if (found == members.end()) found = members.insert(found, {change.name, {}});
    merge(found->value, std::move(change.value));
  }
}

Config patched(const std::string& patch) {
  std::vector<Violation> violations;
  json::Value document = *json::parse(kGood, violations);
  merge(document, *json::parse(patch, violations));
  Config config = read_config(json::write(document), violations);
  EXPECT_EQ(describe("test", violations), "") << patch;
  return config;
}

// Runs one rule over its part of a configuration.
using RunRule = std::function<void(const Config&, std::vector<Violation>&)>;

std::map<std::string, RunRule> all_rules() {
  std::map<std::string, RunRule> result;
  auto add = [&result](auto rules, std::string base, auto part_of) {
    for (const auto& rule : rules) {
      bool fresh =
          result
              .emplace(rule.name,
                       [&rule, base, part_of](const Config& config, std::vector<Violation>& found) {
                         Report report(base, found);
                         if (auto* part = part_of(config)) rule.check(*part, report);
                       })
              .second;
      EXPECT_TRUE(fresh) << rule.name;
    }
  };
  auto whole = [](const Config& config) { return &config; };
  auto section = [](const Config& config) { return config.linux_ ? &*config.linux_ : nullptr; };
  add(document_rules(), "", whole);
  add(namespace_rules(), "", whole);
  add(mount_rules(), "", whole);
  add(linux_rules(), "/linux", section);
  add(process_rules(), "/process",
      [](const Config& config) { return config.process ? &*config.process : nullptr; });
  add(resource_rules(), "/linux/resources", [section](const Config& config) {
    return section(config)->resources ? &*section(config)->resources : nullptr;
  });
  add(seccomp_rules(), "/linux/seccomp", [section](const Config& config) {
    return section(config)->seccomp ? &*section(config)->seccomp : nullptr;
  });
  return result;
}

struct Case {
  std::string rule;  // the beginning of its name
  std::string patch;
  std::string message;  // "pointer: text; pointer: text" of that rule
};

#include "tests/unit/validate_cases.inc"

// Shows: gen-5
TEST(Validate, EachRuleFindsWhatBreaksItAndSaysSo) {
  std::map<std::string, RunRule> rules = all_rules();
  for (const Case& c : kRefused) {
    auto rule = rules.lower_bound(c.rule);
    ASSERT_TRUE(rule != rules.end() && rule->first.starts_with(c.rule)) << c.rule;
    Config config = patched(c.patch);
    std::vector<Violation> found;
    rule->second(config, found);
    EXPECT_EQ(describe("", found), c.message) << c.rule << "\n" << c.patch;
    std::vector<Violation> all;
    validate(config, all);
    EXPECT_GE(all.size(), found.size()) << c.patch;
    for (const Violation& violation : found) {
      EXPECT_TRUE(std::any_of(all.begin(), all.end(), [&](const Violation& other) {
        return other.pointer == violation.pointer && other.text == violation.text;
      })) << describe("not found by validate()", {violation});
    }
  }
}

TEST(Validate, EveryRuleHasACase) {
  std::map<std::string, RunRule> rules = all_rules();
  for (const Case& c : kRefused) {
    auto rule = rules.lower_bound(c.rule);
    if (rule != rules.end() && rule->first.starts_with(c.rule)) rule->second = nullptr;
  }
  for (const auto& [name, run] : rules) EXPECT_FALSE(run) << "no case breaks the rule " << name;
}

TEST(Validate, GoodDocumentsPass) {
  for (const char* patch : kAccepted) {
    std::vector<Violation> violations;
    validate(patched(patch), violations);
    EXPECT_EQ(describe("config.json", violations), "") << patch;
  }
}

// Shows: mounts-11
TEST(Validate, OptionsThatABindMountCannotTakeAreDoubts) {
  Config config{.oci_version = "1.3.0"};
  config.mounts = {{.destination = "/a", .source = "/b", .options = {"bind", "mode=755,size=1k"}},
                   {.destination = "/a", .source = "/b", .options = {"rbind", "ro"}}};
  EXPECT_EQ(describe("config.json", doubts(config)),
            "config.json: /mounts/0/options: options of a file system do nothing in a bind mount: "
            "\"mode=755,size=1k\"");
}

// Shows: ver-5
TEST(Validate, ANewerVersionIsADoubtAndNoViolation) {
  for (const char* version : {"1.0.0", "1.3.0", "1.3.9", "1.3.0+dev", "1.4"}) {
    bool newer = std::string_view(version) == "1.4";
    EXPECT_EQ(doubts(Config{.oci_version = version}).size(), newer ? 1u : 0u) << version;
  }
  EXPECT_EQ(
      describe("config.json", doubts(Config{.oci_version = "1.10.0-rc.1"})),
      "config.json: /ociVersion: version 1.10.0-rc.1 is newer than 1.3.0: what it has added is "
      "ignored");
}

TEST(Validate, PartsStandAlone) {
  std::vector<Violation> violations;
  validate(Process{.cwd = "x", .args = {"a"}}, violations);
  validate(Resources{.pids = Pids{.limit = -2}}, violations);
  EXPECT_EQ(describe("doc", violations),
            "doc: /cwd: Cwd must be an absolute path, got \"x\"; "
            "doc: /pids/limit: must be at least -1, got -2");
}

TEST(Validate, NoLinuxSectionInheritsEverything) {
  std::vector<Violation> violations;
  validate(Config{.oci_version = "1.0.2", .root = Root{.path = "r"}}, violations);
  EXPECT_EQ(describe("config.json", violations), "");
}

// Shows: idmap-5
TEST(Validate, ThreeHundredAndFortyLinesAreTheMost) {
  auto config = [](uint32_t lines) {
    Config result = patched(R"({"linux": {"namespaces": [{"type": "user"}, {"type": "mount"}]}})");
    for (uint32_t i = 0; i < lines; ++i) result.linux_->uid_mappings.push_back({i, i, 1});
    result.linux_->gid_mappings = {{0, 0, 1}};
    return result;
  };
  std::vector<Violation> violations;
  validate(config(340), violations);
  EXPECT_EQ(describe("", violations), "");
  validate(config(341), violations);
  EXPECT_EQ(describe("", violations),
            ": /linux/uidMappings: more than 340 lines, the kernel's limit");
}

}  // namespace
}  // namespace tare::oci
