#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <linux/capability.h>
#include <sys/resource.h>

#include "oci/names.h"
#include "runtime/process/capabilities.h"
#include "runtime/process/rlimits.h"

namespace tare::process {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

constexpr uint64_t bit(int capability) {
  return uint64_t{1} << capability;
}
constexpr CapabilityLimits kAll{~uint64_t{0}, ~uint64_t{0}};

oci::Capabilities everywhere(const oci::Strings& names) {
  return {names, names, names, names, names};
}

// Shows: caps-4, caps-5, caps-6, caps-7
TEST(Capabilities, NamesBecomeBits) {
  std::vector<std::string> warnings;
  oci::Capabilities names;
  names.bounding = {"CAP_CHOWN", "CAP_CHECKPOINT_RESTORE"};
  names.permitted = {"CAP_NET_RAW", "CAP_KILL", "CAP_SYS_ADMIN"};
  names.effective = {"CAP_NET_RAW"};
  names.inheritable = {"CAP_KILL"};
  names.ambient = {"CAP_KILL"};
  CapabilitySets sets = capability_sets(names, warnings, kAll);
  EXPECT_EQ(sets.bounding, bit(0) | bit(40));
  EXPECT_EQ(sets.permitted, bit(CAP_NET_RAW) | bit(CAP_KILL) | bit(CAP_SYS_ADMIN));
  EXPECT_EQ(sets.effective, bit(CAP_NET_RAW));
  EXPECT_EQ(sets.inheritable, bit(CAP_KILL));
  EXPECT_EQ(sets.ambient, bit(CAP_KILL));
  EXPECT_THAT(warnings, IsEmpty());
}

// Shows: caps-8
TEST(Capabilities, AbsentSetsAreEmpty) {
  std::vector<std::string> warnings;
  oci::Capabilities names;
  names.permitted = names.effective = names.bounding = {"CAP_KILL"};
  CapabilitySets sets = capability_sets(names, warnings, kAll);
  EXPECT_EQ(sets.inheritable, 0U);
  EXPECT_EQ(sets.ambient, 0U);
}

// Shows: feat-10
TEST(Capabilities, AllThatFeaturesListsAreKnown) {
  std::vector<std::string> warnings;
  oci::Strings listed = oci::Strings(std::begin(oci::kCapabilities), std::end(oci::kCapabilities));
  CapabilitySets sets = capability_sets(everywhere(listed), warnings, kAll);
  EXPECT_EQ(sets.bounding, (uint64_t{1} << listed.size()) - 1);
  EXPECT_THAT(warnings, IsEmpty());
}

// Shows: caps-1, caps-3
TEST(Capabilities, UnknownNamesAreNamedOnce) {
  std::vector<std::string> warnings;
  CapabilitySets sets =
      capability_sets(everywhere({"CAP_TEST", "cap_kill", "KILL", "CAP_KILL"}), warnings, kAll);
  EXPECT_EQ(sets.permitted, bit(CAP_KILL));
  EXPECT_THAT(warnings, ElementsAre("capabilities unknown to tare or this kernel left out: "
                                    "\"CAP_TEST\", \"cap_kill\", \"KILL\""));
}

// Shows: caps-2, caps-3
TEST(Capabilities, WhatWeDoNotHoldIsLeftOutWithAWarning) {
  std::vector<std::string> warnings;
  CapabilityLimits limits{bit(CAP_KILL) | bit(CAP_CHOWN), bit(CAP_KILL) | bit(CAP_FOWNER)};
  CapabilitySets sets =
      capability_sets(everywhere({"CAP_KILL", "CAP_CHOWN", "CAP_FOWNER"}), warnings, limits);
  EXPECT_EQ(sets.bounding, bit(CAP_KILL) | bit(CAP_CHOWN));
  EXPECT_EQ(sets.permitted, bit(CAP_KILL));
  EXPECT_EQ(sets.ambient, bit(CAP_KILL));
  EXPECT_THAT(warnings, ElementsAre("capabilities that tare does not hold itself left out: "
                                    "CAP_CHOWN, CAP_FOWNER"));
}

// Shows: caps-7
TEST(Capabilities, AmbientStaysWithinPermittedAndInheritable) {
  std::vector<std::string> warnings;
  oci::Capabilities names = everywhere({"CAP_KILL"});
  names.ambient = {"CAP_KILL", "CAP_CHOWN", "CAP_FOWNER"};
  names.permitted.emplace_back("CAP_CHOWN");
  names.inheritable.emplace_back("CAP_FOWNER");
  EXPECT_EQ(capability_sets(names, warnings, kAll).ambient, bit(CAP_KILL));
  ASSERT_EQ(warnings.size(), 2U);
  EXPECT_THAT(warnings[0], testing::StartsWith("can't raise ambient capability CAP_CHOWN: "));
  EXPECT_THAT(warnings[1], testing::StartsWith("can't raise ambient capability CAP_FOWNER: "));
}

TEST(Capabilities, EffectiveStaysWithinPermitted) {
  std::vector<std::string> warnings;
  oci::Capabilities names;
  names.effective = {"CAP_KILL"};
  EXPECT_EQ(capability_sets(names, warnings, kAll).effective, 0U);
  EXPECT_EQ(warnings.size(), 1U);
}

TEST(Capabilities, OwnLimitsAreThoseOfTheKernel) {
  std::FILE* status = std::fopen("/proc/self/status", "re");
  ASSERT_NE(status, nullptr);
  unsigned long long bounding = 0, permitted = 0, effective = 0;
  char line[256];
  while (std::fgets(line, sizeof line, status) != nullptr) {
    std::sscanf(line, "CapBnd: %llx", &bounding);
    std::sscanf(line, "CapPrm: %llx", &permitted);
    std::sscanf(line, "CapEff: %llx", &effective);
  }
  std::fclose(status);
  EXPECT_EQ(own_capability_limits().bounding, bounding);
  EXPECT_EQ(own_capability_limits().permitted, permitted);
  for (int capability : {CAP_CHOWN, CAP_SYS_RESOURCE, CAP_BPF}) {
    EXPECT_EQ(has_capability(capability), (effective >> capability & 1) != 0) << capability;
  }
}

TEST(Capabilities, WithoutLimitsOurOwnCount) {
  oci::Strings all(std::begin(oci::kCapabilities), std::end(oci::kCapabilities));
  std::vector<std::string> warnings;
  CapabilityLimits own = own_capability_limits();
  CapabilitySets sets = capability_sets(everywhere(all), warnings);
  EXPECT_EQ(sets.bounding, own.bounding);
  EXPECT_EQ(sets.permitted, own.bounding & own.permitted);
}

TEST(Capabilities, LastIsTheKernels) {
  std::FILE* file = std::fopen("/proc/sys/kernel/cap_last_cap", "re");
  if (file == nullptr) GTEST_SKIP() << "no /proc/sys/kernel/cap_last_cap";
  int last = 0;
  EXPECT_EQ(std::fscanf(file, "%d", &last), 1);
  std::fclose(file);
  EXPECT_EQ(last_capability(), last);
}

TEST(Capabilities, KnownNamesAreInOrder) {
  const auto& names = oci::kCapabilities;
  ASSERT_EQ(std::size(names), 41U);
  EXPECT_EQ(names[CAP_CHOWN], "CAP_CHOWN");
  EXPECT_EQ(names[CAP_SETPCAP], "CAP_SETPCAP");
  EXPECT_EQ(names[CAP_SYS_RESOURCE], "CAP_SYS_RESOURCE");
  EXPECT_EQ(names[CAP_SYSLOG], "CAP_SYSLOG");
  EXPECT_EQ(names[CAP_BPF], "CAP_BPF");
  EXPECT_EQ(names[CAP_CHECKPOINT_RESTORE], "CAP_CHECKPOINT_RESTORE");
}

// Shows: rlimits-1
TEST(Rlimits, NamesBecomeNumbers) {
  EXPECT_EQ(rlimit_number("RLIMIT_NOFILE"), RLIMIT_NOFILE);
  EXPECT_EQ(rlimit_number("RLIMIT_RTTIME"), RLIMIT_RTTIME);
  EXPECT_EQ(rlimit_number("RLIMIT_TEST"), std::nullopt);
  EXPECT_EQ(rlimit_number("NOFILE"), std::nullopt);
  EXPECT_EQ(rlimit_number("rlimit_nofile"), std::nullopt);
  EXPECT_EQ(rlimit_number(""), std::nullopt);
}

// Shows: rlimits-1, rlimits-2
TEST(Rlimits, AllSixteenAreKnown) {
  std::vector<bool> seen(RLIM_NLIMITS);
  for (const char* name :
       {"AS", "CORE", "CPU", "DATA", "FSIZE", "LOCKS", "MEMLOCK", "MSGQUEUE", "NICE", "NOFILE",
        "NPROC", "RSS", "RTPRIO", "RTTIME", "SIGPENDING", "STACK"}) {
    auto number = rlimit_number(std::string("RLIMIT_") + name);
    ASSERT_TRUE(number.has_value()) << name;
    seen.at(static_cast<size_t>(*number)) = true;
  }
  EXPECT_EQ(std::count(seen.begin(), seen.end(), true), RLIM_NLIMITS);
}

}  // namespace
}  // namespace tare::process
