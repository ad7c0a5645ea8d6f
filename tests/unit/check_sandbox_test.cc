// What tare sandbox --check says of a host, one fact at a time; and how it is said.
#include <cerrno>
#include <functional>
#include <set>

#include "oci/json.h"
#include "runtime/check/check.h"
#include "tests/unit/check_fixture.h"

namespace tare::check {
namespace {

using testing::HasSubstr;

Host sandbox_host() {
  Host host = good_host();
  host.cgroups.systemd = 252;
  host.cgroups.controllers_of_manager = host.cgroups.hierarchy->controllers;
  host.pasta = "/usr/bin/pasta";
  return host;
}

struct Case {
  std::string name;
  Severity severity;
  std::string what, remedy;
  std::function<void(Host&)> breaks;
};

void not_ours(Host& host) {
  host.user.uid = 1000;
  host.cgroups.may_make_there = false;
  host.cgroups.user_manager = true;
}

const Case kCases[] = {
    {"user-namespaces", Severity::Error, "turned off", "sysctl user.max_user_namespaces=65536",
     [](Host& host) {
       host.namespaces.max_user = 0;
       host.namespaces.powers = ENOSPC;
     }},
    {"user-namespaces", Severity::Error, "AppArmor takes away",
     "sysctl kernel.apparmor_restrict_unprivileged_userns=0",
     [](Host& host) {
       host.user.uid = 1000;
       host.namespaces.restricted_by_apparmor = true;
       host.namespaces.powers = EPERM;
     }},
    {"user-namespaces", Severity::Error, "for root alone",
     "sysctl kernel.unprivileged_userns_clone=1",
     [](Host& host) {
       host.user.uid = 1000;
       host.namespaces.unprivileged_clone = false;
       host.namespaces.powers = EPERM;
     }},
    {"user-namespaces", Severity::Error, "a seccomp filter on us", "seccomp=unconfined",
     [](Host& host) {
       host.user.filtered = true;
       host.namespaces.powers = EPERM;
     }},
    {"id-maps", Severity::Error, "CAP_SETFCAP", "--cap-add SETFCAP",
     [](Host& host) { host.user.capabilities &= ~(1ULL << 31); }},
    {"procfs", Severity::Error, "parts of our /proc are covered", "systempaths=unconfined",
     [](Host& host) { host.namespaces.proc = EPERM; }},
    {"seccomp", Severity::Error, "no seccomp filters", "CONFIG_SECCOMP_FILTER",
     [](Host& host) { host.security.seccomp_actions.clear(); }},
    {"limit-memory", Severity::Warning, "no cgroup2", "unified_cgroup_hierarchy=1",
     [](Host& host) { host.cgroups.hierarchy.reset(); }},
    {"limit-pids", Severity::Warning, "cgroup2 does not have the controller", "cgroup_no_v1=pids",
     [](Host& host) { std::erase(host.cgroups.hierarchy->controllers, "pids"); }},
    {"limit-pids", Severity::Warning, "not delegated to /sys/fs/cgroup", "-p Delegate=yes",
     [](Host& host) { std::erase(host.cgroups.controllers_there, "pids"); }},
    {"limit-memory", Severity::Warning, "not delegated, and systemd cannot", "Delegate=yes",
     [](Host& host) {
       not_ours(host);
       host.cgroups.systemd = 0;
     }},
    {"limit-cpu", Severity::Warning, "manager of this user does not have the controller",
     "systemctl edit user@.service: [Service] Delegate=cpu memory pids",
     [](Host& host) {
       not_ours(host);
       host.cgroups.controllers_of_manager = {"memory", "pids"};
     }},
    {"systemd", Severity::Warning, "of this user cannot be asked for a cgroup: no bus",
     "loginctl enable-linger",
     [](Host& host) {
       not_ours(host);
       host.cgroups.systemd = 0;
       host.cgroups.systemd_problem = "no bus";
     }},
    {"overlay", Severity::Warning, "an overlay is refused", "5.11",
     [](Host& host) { host.namespaces.overlay = EPERM; }},
    {"overlay", Severity::Warning, "an overlay is refused", "modprobe overlay",
     [](Host& host) { host.namespaces.overlay = ENODEV; }},
    {"pasta", Severity::Warning, "no program pasta", "apt install passt",
     [](Host& host) { host.pasta.clear(); }},
};

TEST(CheckSandbox, AGoodHostAllowsEverything) {
  Report report = check_sandbox(sandbox_host());
  EXPECT_TRUE(report.findings.all().empty());
  EXPECT_THAT(sandbox_report_text(report), HasSubstr("ok    user-namespaces\n"));
  EXPECT_THAT(sandbox_report_text(report), HasSubstr("\nSandboxes can be made here.\n"));
  EXPECT_EQ(sandbox_obstacle(sandbox_host()).what, "");
}

TEST(CheckSandbox, EachWeaknessIsNamedWithItsRemedyOnOneLine) {
  for (const Case& broken : kCases) {
    Host host = sandbox_host();
    broken.breaks(host);
    Report report = check_sandbox(host);
    const Finding* found = nullptr;
    for (const Finding& finding : report.findings.all()) {
      if (finding.name == broken.name) found = &finding;
    }
    ASSERT_NE(found, nullptr) << broken.name << ": " << broken.what;
    EXPECT_EQ(found->severity, broken.severity) << broken.name;
    EXPECT_THAT(found->what, HasSubstr(broken.what));
    EXPECT_THAT(found->remedy, HasSubstr(broken.remedy));
    EXPECT_EQ(found->remedy.find('\n'), std::string::npos);
    EXPECT_THAT(sandbox_report_text(report),
                HasSubstr(broken.name + ": " + found->what + "\n      -> " + found->remedy + "\n"));
    bool fatal = broken.severity == Severity::Error;
    EXPECT_EQ(report.findings.has_error(), fatal) << broken.name;
    EXPECT_EQ(sandbox_obstacle(host).remedy, fatal ? found->remedy : "") << broken.name;
    EXPECT_THAT(sandbox_report_json(report),
                HasSubstr(fatal ? "\"ok\": false,\n  \"checks\"" : "\"ok\": true,\n  \"checks\""));
  }
}

TEST(CheckSandbox, NoRequirementIsWithoutATest) {
  std::set<std::string> tested;
  for (const Case& known : kCases) tested.insert(known.name);
  for (const auto& requirement : sandbox_requirements()) {
    EXPECT_EQ(tested.count(std::string(requirement.name)), 1U) << requirement.name;
  }
}

}  // namespace
}  // namespace tare::check
