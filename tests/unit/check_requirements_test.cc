// Every requirement of a bundle is broken once, alone: the finding has its name, the pointer of the
// member, and a way out.
#include <fcntl.h>

#include <algorithm>
#include <cerrno>
#include <functional>
#include <set>

#include "tests/unit/check_fixture.h"

namespace tare::check {
namespace {

class CheckBundle : public CheckTest {
 public:
  struct Case {
    std::string name, pointer, what;
    std::function<void(CheckBundle&)> breaks;
  };

  oci::Resources& resources() {
    if (!config.linux_->resources) config.linux_->resources.emplace();
    return *config.linux_->resources;
  }
  oci::Seccomp& seccomp() {
    if (!config.linux_->seccomp) {
      config.linux_->seccomp.emplace();
      config.linux_->seccomp->default_action = "SCMP_ACT_ALLOW";
    }
    return *config.linux_->seccomp;
  }
};

#include "tests/unit/check_cases.inc"

TEST_F(CheckBundle, AGoodOneHasNoFindings) {
  EXPECT_EQ(lines(found()), "");
}

TEST_F(CheckBundle, EachRequirementIsNamedWithItsPointerAndAWayOut) {
  const oci::Config good_config = config;
  const CreateRequest good_request = request;
  for (const Case& broken : kCases) {
    config = good_config;
    request = good_request;
    host = good_host();
    broken.breaks(*this);
    std::vector<Finding> findings = found();
    auto is_it = [&](const Finding& finding) {
      return finding.name == broken.name && finding.pointer == broken.pointer &&
             finding.what.find(broken.what) != std::string::npos;
    };
    EXPECT_TRUE(std::any_of(findings.begin(), findings.end(), is_it))
        << broken.name << " " << broken.pointer << ": " << broken.what << "\ngot\n"
        << lines(findings);
    for (const Finding& finding : findings) EXPECT_NE(finding.remedy, "") << finding.what;
  }
}

// What needs a real hierarchy is shown by tests/cli/check_*.sh.
TEST_F(CheckBundle, NoRequirementIsWithoutATest) {
  std::set<std::string_view> tested = {"cgroup-place", "controller-place", "cgroup-free"};
  for (const Case& known : kCases) tested.insert(known.name);
  for (Requirements<Subject> table : tables()) {
    for (const auto& requirement : table) {
      EXPECT_TRUE(tested.count(requirement.name) == 1) << requirement.name;
    }
  }
}

TEST_F(CheckBundle, AProgramThatAMountMayBringIsNotMissed) {
  config.process->args = {"/opt/tool"};
  config.mounts = {mount("none", "/opt", {"bind"})};
  config.mounts[0].source = "/tmp";
  EXPECT_EQ(lines(found()), "");
  // Through a link of the root file system, too.
  ASSERT_EQ(::symlink("opt", (bundle + "/rootfs/link").c_str()), 0);
  config.process->args = {"/link/tool"};
  EXPECT_EQ(lines(found()), "");
  ASSERT_EQ(::unlink((bundle + "/rootfs/link").c_str()), 0);
  ASSERT_EQ(::symlink("bin", (bundle + "/rootfs/link").c_str()), 0);
  config.mounts[0].destination = "/bin";
  config.process->args = {"/link/tool"};
  EXPECT_EQ(lines(found()), "");
  config.mounts[0].destination = "/opt";
  EXPECT_THAT(lines(found()), testing::HasSubstr("\"/link/tool\" is not in the root"));
  ASSERT_EQ(::unlink((bundle + "/rootfs/link").c_str()), 0);
}

TEST_F(CheckBundle, RangesThatTouchCoverAMapping) {
  ordinary_user();
  user_namespace();
  host.user.subordinate_uids = {{100000, 10}, {100010, 10}};
  config.linux_->uid_mappings = config.linux_->gid_mappings = {{0, 100005, 10}};
  for (const Finding& finding : found()) EXPECT_NE(finding.name, "id-map") << finding.what;
  config.linux_->uid_mappings = {{0, 100005, 16}};
  EXPECT_THAT(lines(found()), testing::HasSubstr("usermod --add-subuids 100005-100020 tester"));
}

TEST_F(CheckBundle, APoststopHookIsNoReasonToFail) {
  config.hooks.emplace();
  config.hooks->poststop = {hook("/nowhere")};
  std::vector<Finding> findings = found();
  ASSERT_EQ(findings.size(), 1U);
  EXPECT_EQ(findings[0].severity, Severity::Warning);
  EXPECT_EQ(findings[0].pointer, "/hooks/poststop/0/path");
}

}  // namespace
}  // namespace tare::check
