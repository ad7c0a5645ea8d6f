// Device programs read back as rules.
#include <gmock/gmock.h>
#include <linux/bpf.h>

#include "cgroups/device_listing.h"
#include "cgroups/device_program.h"
#include "cgroups/device_rules.h"

namespace tare::cgroups {
namespace {

using testing::Contains;
using testing::ElementsAre;

oci::DeviceRule rule(bool allow, const std::string& type, std::optional<int64_t> major,
                     std::optional<int64_t> minor, const std::string& access) {
  oci::DeviceRule rule;
  rule.allow = allow;
  rule.type = type;
  rule.major = major;
  rule.minor = minor;
  rule.access = access;
  return rule;
}

std::vector<std::string> listing(const std::vector<oci::DeviceRule>& rules) {
  return list_device_program(device_program(device_policy(rules)));
}

TEST(DeviceListing, WhatEveryContainerHasIsThere) {
  EXPECT_THAT(listing({}), ElementsAre("allow c 1:3 rwm", "allow c 1:5 rwm", "allow c 1:7 rwm",
                                       "allow c 1:8 rwm", "allow c 1:9 rwm", "allow c 5:0 rwm",
                                       "allow c 5:2 rwm", "allow c 136:* rwm", "allow c 10:200 rwm",
                                       "allow c *:* m", "deny c otherwise", "allow b *:* m",
                                       "deny b otherwise"));
}

TEST(DeviceListing, RulesKeepTheirNumbersAndAccesses) {
  auto lines = listing({rule(false, "", {}, {}, "rwm"), rule(true, "b", 8, 1, "r"),
                        rule(true, "b", 9, {}, "rwm"), rule(true, "c", {}, 229, "rw"),
                        rule(false, "c", 10, 7, "w")});
  EXPECT_EQ(lines.front(), "deny c 10:7 w");
  EXPECT_THAT(lines, Contains("allow b 8:1 r"));
  EXPECT_THAT(lines, Contains("allow b 9:* rwm"));
  EXPECT_THAT(lines, Contains("allow c *:229 rw"));
}

TEST(DeviceListing, ABasisOfAllowsIsSaid) {
  auto lines = listing({rule(true, "", {}, {}, "rwm"), rule(false, "b", 8, 0, "rwm")});
  EXPECT_THAT(lines, ElementsAre("allow c otherwise", "deny b 8:0 rwm", "allow b otherwise"));
}

TEST(DeviceListing, NoProgramAllowsEverything) {
  EXPECT_THAT(list_device_program({}), ElementsAre("allow everything"));
}

TEST(DeviceListing, AForeignProgramIsOnlyCounted) {
  std::vector<std::byte> program(8 * sizeof(bpf_insn));
  EXPECT_THAT(list_device_program(program), ElementsAre("8 instructions"));
  program.resize(sizeof(bpf_insn));
  EXPECT_THAT(list_device_program(program), ElementsAre("1 instructions"));
}

}  // namespace
}  // namespace tare::cgroups
