// The plan in words: every operation, every argument, in the order of execution.
#include "runtime/container/explain.h"

#include <linux/filter.h>
#include <linux/seccomp.h>

#include "oci/json.h"
#include "runtime/container/explain_steps.h"
#include "tests/unit/plan_fixture.h"

namespace tare {
namespace {

using oci::json::Array;
using oci::json::Object;
using oci::json::Value;
using testing::HasSubstr;

const Value& member(const Object& object, std::string_view name) {
  for (const auto& [key, value] : object) {
    if (key == name) return value;
  }
  static const Value kNone;
  return kNone;
}

std::string shown(const act::Step& step) {
  return oci::json::write(Value(explain(step).arguments));
}

act::Step step_of(act::OpKind kind) {
  act::Step step;
  step.kind = kind;
  return step;
}

TEST(ExplainStep, EveryOperationHasARow) {
  auto last = static_cast<uint16_t>(act::OpKind::Execute);
  for (uint16_t kind = 1; kind <= last; ++kind) {
    EXPECT_TRUE(is_explained(static_cast<act::OpKind>(kind)))
        << "operation " << kind << " needs a row in runtime/container/explain_steps.cc";
  }
}

TEST(ExplainStep, WhatHasNoRowIsShownWhole) {
  act::Step step = step_of(static_cast<act::OpKind>(999));
  step.text = "t";
  step.number = 7;
  step.b = 8;
  step.fd = 3;
  step.data = act::pack(oci::Strings{"x", "y"});
  EXPECT_EQ(explain(step).operation, "Operation999");
  EXPECT_EQ(shown(step), R"({"text":"t","list":["x","y"],"slot":3,"number":7,"b":8})");
}

TEST(ExplainStep, NumbersAreDecoded) {
  act::Step step = step_of(act::OpKind::Unshare);
  step.number = CLONE_NEWNS | CLONE_NEWUTS | 0x80 | 0x1;
  EXPECT_EQ(shown(step), R"({"namespaces":["CLONE_NEWNS","CLONE_NEWUTS","CLONE_NEWTIME","0x1"]})");

  step = step_of(act::OpKind::Attributes);
  step.a = MOUNT_ATTR_RDONLY | MOUNT_ATTR_NOSUID | MOUNT_ATTR_NOATIME;
  step.b = MOUNT_ATTR__ATIME;
  step.number = MS_SLAVE;
  step.flags = act::flag::kRecursive | act::flag::kInherit;
  EXPECT_EQ(shown(step),
            R"({"set":["ro","nosuid","noatime"],"clear":["access times"],)"
            R"("propagation":"slave","flags":["recursive","keep flags that are locked"]})");

  step = step_of(act::OpKind::Device);
  step.text = "/dev/sda";
  step.number = S_IFBLK | 0640;
  step.a = uint64_t{8} << 32 | 1;
  step.b = uint64_t{5} << 32 | 6;
  EXPECT_EQ(shown(step),
            R"({"path":"/dev/sda","type":"block","number":"8:1","mode":"0640","owner":"5:6"})");

  step = step_of(act::OpKind::Rlimit);
  step.text = "RLIMIT_CORE";
  step.b = ~uint64_t{0};
  EXPECT_EQ(shown(step), R"({"limit":"RLIMIT_CORE","soft":0,"hard":"unlimited"})");

  step = step_of(act::OpKind::Capabilities);
  step.a = 1 | uint64_t{1} << 21;
  EXPECT_EQ(shown(step),
            R"({"permitted":["CAP_CHOWN","CAP_SYS_ADMIN"],"effective":[],"inheritable":[]})");

  step = step_of(act::OpKind::Seccomp);
  step.data = std::string(3 * sizeof(sock_filter), 'x');
  step.number = SECCOMP_FILTER_FLAG_SPEC_ALLOW;
  EXPECT_EQ(shown(step), R"({"instructions":3,"filterFlags":["SECCOMP_FILTER_FLAG_SPEC_ALLOW"]})");

  step = step_of(act::OpKind::Console);
  step.number = 5;
  step.a = 24 << 16 | 80;
  EXPECT_EQ(shown(step), R"({"owner":5,"size":"24 rows, 80 columns"})");
  step.flags = act::flag::kUnbound;
  EXPECT_EQ(shown(step),
            R"({"owner":5,"size":"24 rows, 80 columns","flags":["not at /dev/console"]})");

  step = step_of(act::OpKind::Umask);
  step.flags = act::flag::kUnbound;
  EXPECT_EQ(shown(step), R"({"umask":"0000","flags":["0x4000"]})") << "none that it knows";

  step = step_of(act::OpKind::Umask);
  step.number = 022;
  EXPECT_EQ(shown(step), R"({"umask":"0022"})");
}

class Explain : public PlanTest {
 protected:
  Explain() {
    create.root = "/state";
    create.id = "c";
    config.mounts = {mount("proc", "/proc"), mount("tmpfs", "/tmp", {"nosuid", "mode=700"})};
    config.linux_->masked_paths = {"/proc/kcore"};
    config.process->oom_score_adj = 100;
  }

  Intention intention() {
    Intention made{plan(), {}, config};
    made.record.id = create.id;
    made.record.bundle = bundle();
    made.record.poststop = poststop;
    return made;
  }
  Object document() {
    std::vector<oci::Violation> violations;
    text = explain_json(create, intention());
    auto value = oci::json::parse(text, violations);
    EXPECT_TRUE(value && violations.empty()) << text;
    return value ? *value->get<Object>() : Object{};
  }

  CreateRequest create;
  std::vector<oci::Hook> poststop;
  std::string text;
};

TEST_F(Explain, TheListIsThePlansOneStepAnEntry) {
  Object whole = document();
  const Array& told = *member(whole, "init").get<Array>();
  Steps made = steps();
  ASSERT_EQ(told.size(), made.size());
  for (size_t i = 0; i < made.size(); ++i) {
    const Object& entry = *told[i].get<Object>();
    EXPECT_EQ(*member(entry, "operation").get<std::string>(), explain(made[i]).operation) << i;
    EXPECT_EQ(*member(entry, "what").get<std::string>(), made[i].what) << i;
  }
}

TEST_F(Explain, TheTextHasTheSameEntries) {
  std::string told = explain_text(create, intention());
  for (const act::Step& step : steps()) {
    EXPECT_THAT(told, HasSubstr(explain(step).operation));
    EXPECT_THAT(told, HasSubstr(step.what));
  }
  EXPECT_THAT(told, HasSubstr("Nothing has been done"));
  EXPECT_THAT(told, HasSubstr("mode=700"));
}

TEST_F(Explain, TheParentsPartIsTold) {
  config.hooks.emplace();
  config.hooks->create_runtime = {hook("/bin/first")};
  config.hooks->create_runtime[0].args = {"first", "-v"};
  poststop = {hook("/bin/last")};
  create.pid_file = "/run/pid";
  document();
  EXPECT_THAT(text, HasSubstr("/state/c"));
  EXPECT_THAT(text, HasSubstr("CLONE_NEWUSER"));
  EXPECT_THAT(text, HasSubstr("CLONE_PIDFD"));
  EXPECT_THAT(text, HasSubstr("0 " + std::to_string(::geteuid()) + " 1"));
  EXPECT_THAT(text, HasSubstr("createRuntime /bin/first"));
  EXPECT_THAT(text, HasSubstr("\"-v\""));
  EXPECT_THAT(text, HasSubstr("poststop /bin/last"));
  EXPECT_THAT(text, HasSubstr("/run/pid"));
  EXPECT_THAT(text, HasSubstr("oom_score_adj"));
}

TEST_F(Explain, ABindMountHasItsSource) {
  config.mounts = {mount("none", "/mnt", {"bind"}), mount("tmpfs", "/tmp")};
  config.mounts[0].source = "rootfs";
  document();
  EXPECT_THAT(text, HasSubstr("\"source\": \"" + bundle() + "/rootfs\""));
}

TEST_F(Explain, TheCgroupsPartIsTold) {
  Intention made = intention();
  made.plan.cgroup.path = "/cgroup/c";
  made.plan.cgroup.controllers = {"memory"};
  made.plan.cgroup.writes = {{.file = "memory.max", .value = "5", .pointer = "memory.limit"}};
  made.record.cgroup.created = true;
  made.record.cgroup.created_parents = {"/cgroup"};
  std::string told = explain_text(create, made);
  EXPECT_THAT(told, HasSubstr("make /cgroup/c: makeParents /cgroup; enableControllers memory"));
  EXPECT_THAT(told, HasSubstr("CLONE_INTO_CGROUP"));
  EXPECT_THAT(told, HasSubstr("memory.max: value 5; from memory.limit"));
  EXPECT_THAT(told, HasSubstr("allow everything"));
}

TEST_F(Explain, WhatComesFromTheConfigurationCannotReachTheTerminal) {
  config.process->env.push_back("X=\x1b[2J");
  config.mounts.push_back(mount("tmpfs", "/a\x1b[2J"));
  EXPECT_EQ(explain_text(create, intention()).find('\x1b'), std::string::npos);
}

}  // namespace
}  // namespace tare
