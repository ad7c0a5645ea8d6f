// Policies there and back: what a file says, what is printed of it, and what that says again.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>

#include "oci/json.h"
#include "runtime/base/error.h"
#include "runtime/base/sha256.h"
#include "runtime/base/sys.h"
#include "runtime/cli/sandbox_options.h"
#include "runtime/sandbox/policy_file.h"
#include "runtime/sandbox/policy_text.h"
#include "runtime/sandbox/profiles.h"
#include "runtime/sandbox/settings.h"

namespace tare::sandbox {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Key;
using testing::UnorderedElementsAreArray;

Policy policy_of(const std::vector<Setting>& settings) {
  Policy policy;
  for (const Setting& setting : settings) apply(setting, policy);
  return policy;
}

Policy policy_of(const std::string& text) {
  return policy_of(read_policy(text, "p.json", "/folder"));
}

std::string mistake_of(const std::string& text) {
  try {
    policy_of(text);
  } catch (const Error& error) {
    return error.what();
  }
  return "";
}

// A value of each setting that is not its default, as a document has it.
const oci::Map<std::string>& samples() {
  static const oci::Map<std::string> kSamples = {
      {"ro-bind", R"(["/a", "/b"])"},
      {"ro-bind-try", R"(["/a", "/b"])"},
      {"bind", R"(["/a", "/b"])"},
      {"bind-try", R"(["/a", "/b"])"},
      {"dev-bind", R"(["/a", "/b"])"},
      {"dev-bind-try", R"(["/a", "/b"])"},
      {"ro", R"("/a")"},
      {"rw", R"("/a")"},
      {"hide", R"("/a")"},
      {"dir", R"("/a")"},
      {"tmpfs", R"("/a:size=1048576")"},
      {"symlink", R"(["a", "/b"])"},
      {"overlay-src", R"("/a")"},
      {"tmp-overlay", R"("/a")"},
      {"ro-overlay", R"("/a")"},
      {"overlay", R"(["/a", "/b", "/c"])"},
      {"diff", R"("/d")"},
      {"ro-bind-data", R"(["data:,x y", "/b"])"},
      {"bind-data", R"(["data:;base64,AAE=", "/b"])"},
      {"file", R"(["data:,", "/b"])"},
      {"perms", R"("0640")"},
      {"read-only", "true"},
      {"no-default-view", "true"},
      {"workdir", R"("/w")"},
      {"network", R"("host")"},
      {"memory", "1048576"},
      {"memory-swap", "2097152"},
      {"cpus", "0.25"},
      {"pids-limit", "7"},
      {"ulimit", R"(["NOFILE=5:6", "CORE=0:unlimited"])"},
      {"timeout", R"("1500ms")"},
      {"cpu-time", R"("2500ms")"},
      {"kill-after", R"("1ms")"},
      {"max-output", "4096"},
      {"limits", R"("best-effort")"},
      {"uid", "5"},
      {"gid", "6"},
      {"map-root", "true"},
      {"uidmap", R"(["0:1000:1", "1:100000:9"])"},
      {"gidmap", R"(["0:1000:1"])"},
      {"hostname", R"("box")"},
      {"cap-add", R"(["CAP_CHOWN"])"},
      {"env", R"(["A=1", "B=$${CWD}"])"},
      {"env-file", R"("/dev/null")"},
      {"inherit-env", "true"},
      {"seccomp", R"("/f.json")"},
      {"seccomp-fd", R"("data:;base64,BgAAAAAA/38=")"},
      {"stdin", R"("/i")"},
      {"stdout", R"("/o")"},
      {"stderr", R"("/e")"},
      {"no-die-with-parent", "true"},
      {"no-forward-signals", "true"},
  };
  return kSamples;
}
// Are said by others when a policy is printed, or leave nothing behind.
constexpr const char* kOthersSay[] = {"ro", "rw", "map-root", "env-file"};

bool others_say(const std::string& name) {
  return std::find(std::begin(kOthersSay), std::end(kOthersSay), name) != std::end(kOthersSay);
}

std::string document_with(const std::string& name, const std::string& value) {
  return R"({"version": 1, ")" + name + "\": " + value + "}";
}

TEST(SandboxPolicy, EverySettingHasASampleHere) {
  std::vector<std::string> names;
  for (const auto& [name, value] : samples()) names.push_back(name);
  EXPECT_THAT(setting_names(), UnorderedElementsAreArray(names));
}

TEST(SandboxPolicy, EverySettingIsAnOptionWithAsManyValues) {
  for (const std::string& name : setting_names()) {
    auto table = cli::sandbox_option_table();
    const auto* option = std::find_if(table.data(), table.data() + table.size(),
                                      [&](const cli::Option& o) { return name == o.name; });
    ASSERT_NE(option, table.data() + table.size()) << name;
    std::string_view argument = option->argument == nullptr ? "" : option->argument;
    auto spaces = std::count(argument.begin(), argument.end(), ' ');
    int values = argument.empty() ? 0 : static_cast<int>(spaces) + 1;
    EXPECT_EQ(values_of(name), values) << name;
  }
}

TEST(SandboxPolicy, EverySettingSurvivesPrinting) {
  const std::string nothing = policy_text(Policy());
  for (const auto& [name, value] : samples()) {
    Policy policy = policy_of(document_with(name, value));
    std::string text = policy_text(policy);
    EXPECT_TRUE(name == "env-file" || text != nothing) << name;
    EXPECT_TRUE(others_say(name) || text.find("\"" + name + "\": ") != std::string::npos) << name;
    EXPECT_EQ(policy_text(policy_of(text)), text) << name;
  }
}

TEST(SandboxPolicy, SameMeaningHasTheSameTextAndDigest) {
  Policy one = policy_of(R"({"version": 1, "memory": "64m", "timeout": "1m30s", "cpus": "0.50"})");
  Policy other =
      policy_of(R"({"timeout": "90s", "cpus": 0.5, "memory": 67108864, "version": 1, "env": []})");
  EXPECT_EQ(policy_text(one), policy_text(other));
  EXPECT_EQ(policy_digest(one), policy_digest(other));
  EXPECT_EQ(policy_digest(one), sha256(policy_text(one)));
  other.limits.memory = 67108865;
  EXPECT_NE(policy_digest(one), policy_digest(other));
  other = one;
  other.args = {"true"};
  EXPECT_EQ(policy_digest(one), policy_digest(other));
}

TEST(SandboxPolicy, LaterSettingsOverrideOrAreAdded) {
  Policy policy = policy_of(R"({"version": 1, "env": ["A=1", "B=2"], "ulimit": ["nofile=1:2"]})");
  apply({"env", {"A=3"}, "--env", ""}, policy);
  apply({"ulimit", {"nofile=4"}, "--ulimit", ""}, policy);
  apply({"read-only", {"true"}, "--read-only", ""}, policy);
  apply({"read-only", {"false"}, "--read-only", ""}, policy);
  EXPECT_THAT(policy.env, ElementsAre("B=2", "A=3"));
  ASSERT_EQ(policy.limits.rlimits.size(), 1U);
  EXPECT_EQ(policy.limits.rlimits[0].hard, 4U);
  EXPECT_FALSE(policy.read_only);
  EXPECT_EQ(policy.origins["env"], "--env");
}

TEST(SandboxPolicy, PlacesKeepTheirOrderAndOrigin) {
  Policy policy = policy_of(R"({"version": 1,
    "files": [{"ro": "sub"}, {"tmpfs": "/x"}, {"bind": ["../up", "/y"]}]})");
  ASSERT_EQ(policy.places.size(), 3U);
  EXPECT_EQ(policy.places[0].path, "/folder/sub");
  EXPECT_EQ(policy.places[0].origin, "p.json: /files/0/ro");
  EXPECT_EQ(policy.places[1].path, "/x");
  EXPECT_EQ(policy.places[2].source, "/up");
}

TEST(SandboxPolicy, CommentsAreAllowed) {
  EXPECT_EQ(mistake_of("// one\n{\"version\": 1 /* two */}\n// three\n"), "");
  std::vector<oci::Violation> violations;
  EXPECT_FALSE(oci::json::parse("// one\n{}", violations));  // elsewhere not
}

TEST(SandboxPolicy, MistakesAreNamedWithTheirPlaceAllAtOnce) {
  std::string all = mistake_of(R"({"version": 2, "memry": "1g", "read-only": "yes",
    "files": [{"ro-bind": ["/a"]}, {"ro": "/a", "rw": "/b"}, {"nothing": 1}], "workdir": ["/a", {}],
    "hostname": "${USER}", "stdin": "${HOME", "env": [null]})");
  for (const char* part :
       {"p.json", "/version", "/memry: there is no such setting", "/read-only: true or false",
        "/files/0/ro-bind: two values", "/files/1: an object with one member",
        "/files/2/nothing: there is no such setting", "/workdir/1: a string or a number",
        "/hostname: \"USER\" is no variable", "/stdin: \"${HOME\" lacks a closing brace",
        "/env/0: a string or a number"}) {
    EXPECT_THAT(all, HasSubstr(part));
  }
  EXPECT_THAT(mistake_of("{}"), HasSubstr("/version: is missing"));
  EXPECT_THAT(mistake_of("[]"), HasSubstr("an object is wanted"));
  EXPECT_THAT(mistake_of("{"), HasSubstr("p.json"));
  EXPECT_THAT(mistake_of(document_with("memory", "\"64q\"")), HasSubstr("p.json: /memory"));
  EXPECT_THAT(mistake_of(document_with("workdir", "\"w\"")), HasSubstr("is not absolute"));
}

TEST(SandboxPolicy, VariablesStandForTheCallersDirectories) {
  std::string old = std::getenv("HOME") != nullptr ? std::getenv("HOME") : "/";
  ::setenv("HOME", "/nowhere", 1);
  Policy policy = policy_of(R"({"version": 1, "rw": ["${HOME}/a", "${CWD}/b/${HOME}"],
    "env": ["X=$${CWD} $ {HOME} $x"]})");
  EXPECT_EQ(policy.places[0].source, "/nowhere/a");
  EXPECT_THAT(policy.places[1].source, testing::EndsWith("/b/nowhere"));
  EXPECT_THAT(policy.env, ElementsAre("X=${CWD} $ {HOME} $x"));
  ::setenv("HOME", old.c_str(), 1);
}

TEST(SandboxPolicy, ProfilesArePolicies) {
  for (const Profile& profile : profiles()) {
    Policy policy = policy_of(profile_settings(profile.name));
    EXPECT_EQ(policy.network, Network::None) << profile.name;
    EXPECT_THAT(policy.origins, Contains(Key("network"))) << profile.name;
    EXPECT_EQ(policy_text(policy_of(policy_text(policy))), policy_text(policy)) << profile.name;
  }
  try {
    profile_settings("jugde");
    FAIL();
  } catch (const Error& error) {
    EXPECT_STREQ(error.what(),
                 "--profile: there is no \"jugde\"; there are build, judge, agent, offline");
  }
}

// The keys of the schema's `properties` at `path`.
std::vector<std::string> keys_at(oci::json::Value& schema, std::vector<std::string> path) {
  oci::json::Value* at = &schema;
  path.emplace_back("properties");
  for (const std::string& name : path) {
    for (auto& member : *at->get<oci::json::Object>()) {
      if (member.name != name) continue;
      at = &member.value;
      break;
    }
  }
  std::vector<std::string> names;
  for (const auto& member : *at->get<oci::json::Object>()) names.push_back(member.name);
  return names;
}

TEST(SandboxPolicy, TheSchemaHasTheSettingsOfTheTable) {
  std::vector<oci::Violation> violations;
  auto schema = oci::json::parse(sys::read_file_at(AT_FDCWD, std::getenv("SCHEMA")), violations);
  ASSERT_TRUE(schema);
  auto names = setting_names();
  names.insert(names.end(), {"version", "files"});
  EXPECT_THAT(keys_at(*schema, {}), UnorderedElementsAreArray(names));
  std::vector<std::string> places;
  for (const std::string& name : setting_names()) {
    Policy policy = policy_of(document_with(name, samples().at(name)));
    EXPECT_TRUE(is_place(name) || policy.places.empty()) << name;
    if (is_place(name)) places.push_back(name);
  }
  EXPECT_THAT(keys_at(*schema, {"properties", "files", "items"}),
              UnorderedElementsAreArray(places));
}

}  // namespace
}  // namespace tare::sandbox
