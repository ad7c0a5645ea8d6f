// What is said of a host, one fact at a time; and that the facts of this one are true.
#include <fcntl.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sys/prctl.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <functional>
#include <set>

#include "runtime/base/error.h"
#include "runtime/check/attempt.h"
#include "runtime/check/check.h"
#include "runtime/check/host_file.h"
#include "runtime/process/seccomp.h"
#include "tests/unit/check_fixture.h"

namespace tare::check {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

class CheckHost : public CheckTest {
 public:
  struct Case {
    std::string name;
    Severity severity;
    std::string what, remedy;
    std::function<void(CheckHost&)> breaks;
  };
};

#include "tests/unit/check_host_cases.inc"

TEST_F(CheckHost, AGoodOneHasNoFindings) {
  EXPECT_EQ(lines(found_on(host)), "");
}

TEST_F(CheckHost, EachWeaknessIsNamedWithItsRemedy) {
  for (const Case& broken : kCases) {
    host = good_host();
    broken.breaks(*this);
    std::vector<Finding> findings = found_on(host);
    auto is_it = [&](const Finding& finding) {
      return finding.name == broken.name && finding.severity == broken.severity &&
             finding.what.find(broken.what) != std::string::npos &&
             finding.remedy.find(broken.remedy) != std::string::npos;
    };
    EXPECT_TRUE(std::any_of(findings.begin(), findings.end(), is_it))
        << broken.name << ": " << broken.what << "\ngot\n"
        << lines(findings);
  }
}

TEST_F(CheckHost, NoRequirementIsWithoutATest) {
  std::set<std::string> tested;
  for (const Case& known : kCases) tested.insert(known.name);
  for (Requirements<Host> table : {host_necessities(), host_advice(), host_slowness()}) {
    for (const auto& requirement : table) {
      EXPECT_EQ(tested.count(std::string(requirement.name)), 1U) << requirement.name;
    }
  }
}

TEST_F(CheckHost, WithoutCgroup2AnOrdinaryUserIsOnlyWarned) {
  ordinary_user();
  host.cgroups.hierarchy.reset();
  host.cgroups.mode = CgroupMode::None;
  for (const Finding& finding : found_on(host)) EXPECT_NE(finding.severity, Severity::Error);
}

TEST_F(CheckHost, WhatCouldNotBeTriedIsUnknown) {
  host.kernel.features[0].error.reset();
  EXPECT_EQ(lines(found_on(host)), "");
  EXPECT_THAT(report_json(check_host(host), host), testing::HasSubstr("\"openat2\": null"));
  EXPECT_THAT(report_text(check_host(host), host), testing::HasSubstr("openat2         unknown"));
}

TEST_F(CheckHost, OnlyErrorsMakeAReportFail) {
  host.tuning.jit = false;
  Report slow = check_host(host);
  EXPECT_FALSE(slow.findings.has_error());
  EXPECT_THAT(report_json(slow, host), testing::HasSubstr("\"ok\": true"));
  host.cgroups.kill = false;
  EXPECT_TRUE(check_host(host).findings.has_error());
  EXPECT_THAT(report_text(check_host(host), host), testing::HasSubstr("error: this kernel has no"));
}

TEST(Attempt, AChildTakesItsChangesWithIt) {
  EXPECT_EQ(attempt_in_child([] { return 0; }), 0);
  EXPECT_EQ(attempt_in_child([] { return EPERM; }), EPERM);
  EXPECT_EQ(attempt_in_child([]() -> int { throw tare::Error(ENOSPC, "call", "it"); }), ENOSPC);
  EXPECT_EQ(attempt_in_child([]() -> int { ::abort(); }), ENOSYS);
  mode_t before = ::umask(022);
  attempt_in_child([] { return ::umask(0), 0; });
  EXPECT_EQ(::umask(before), 022U);
}

// tare runs here, so what it needs is here.
TEST(HostFacts, ThisKernelHasWhatTareNeeds) {
  Host here = look_at_host("/dev/shm");
  for (const Feature& feature : here.kernel.features) {
    EXPECT_TRUE(feature.error.value_or(0) == 0 || !feature.needed) << feature.name;
  }
  EXPECT_TRUE(here.kernel.has_filesystem("tmpfs"));
  EXPECT_TRUE(here.kernel.has_filesystem("proc"));
  EXPECT_FALSE(here.kernel.has_filesystem("nosuchfs"));
  EXPECT_EQ(here.user.uid, ::geteuid());
  EXPECT_EQ(here.namespaces.attempts.size(), 8U);
  EXPECT_FALSE(here.hardware.processors.empty());
  EXPECT_EQ(here.tuning.state_filesystem, "tmpfs");
  EXPECT_GT(here.tuning.mounts, 0U);
  EXPECT_THAT(here.security.seccomp_actions, testing::Contains("SCMP_ACT_ERRNO"));
}

// A filter answers as a kernel without the call would.
TEST(HostFacts, AMissingCallIsSeen) {
  int missing = attempt_in_child([] {
    oci::Seccomp wanted;
    wanted.default_action = "SCMP_ACT_ALLOW";
    wanted.syscalls = {{{"openat2"}, "SCMP_ACT_ERRNO", ENOSYS, {}}};
    auto filter = process::compile_seccomp(wanted, nullptr);
    std::vector<sock_filter> code(filter->program.size() / sizeof(sock_filter));
    std::memcpy(code.data(), filter->program.data(), filter->program.size());
    sock_fprog program{static_cast<unsigned short>(code.size()), code.data()};
    ::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
    if (::prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) != 0) return errno;
    if (!look_at_user().filtered || !look_at_user().no_new_privileges) return EINVAL;
    for (const Feature& feature : look_at_kernel().features) {
      if ((feature.name == "openat2") != (feature.error != 0)) return EEXIST;
    }
    return look_at_kernel().features[0].error.value_or(0);
  });
  EXPECT_EQ(missing, ENOSYS);
}

TEST(HostFile, ListsAreReadAsTheKernelWritesThem) {
  EXPECT_THAT(numbers_of("0-2,7\n"), ElementsAre(0, 1, 2, 7));
  EXPECT_THAT(numbers_of(""), IsEmpty());
  EXPECT_THAT(words_of(" a\tb\nc "), ElementsAre("a", "b", "c"));
  EXPECT_EQ(field_of("Name:\tx\nSeccomp:\t2\n", "Seccomp"), "2");
  EXPECT_EQ(field_of("populated 1\nfrozen 0\n", "frozen"), "0");
  EXPECT_EQ(field_of("frozenish 1\n", "frozen"), "");
  EXPECT_EQ(nearest_existing("/proc/self/no/such"), "/proc/self");
}

}  // namespace
}  // namespace tare::check
