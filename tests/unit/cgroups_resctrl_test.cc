// What is asked of resctrl, and whether a group that is there grants it. The directory stands for a
// resctrl mount as far as planning reads it; what is done there is shown by the cli suite.
#include <gtest/gtest.h>
#include <stdlib.h>

#include "cgroups/mount_table.h"
#include "cgroups/resctrl.h"
#include "cgroups/schemata.h"
#include "runtime/base/error.h"
#include "runtime/base/sys.h"

namespace tare::cgroups {
namespace {

constexpr const char* kExisting =
    "    MB:0= 30;1= 100\n"
    "L3CODE:0=00003\n"
    "    L3:0=000ff;1=fffff\n";

// Shows: rdt-11
TEST(Schemata, AgreeInWhateverFormTheyAreWritten) {
  for (const char* line : {"L3:0=ff", "L3:0=0xFF;1=fffff", "L3: 1=0fffff ; 0=ff", "L3:", "L3:0=ff;",
                           "MB:0=30;1=100", "MB:0=25", "MB:0=21", "MB:1=91", "L3CODE:0=3"}) {
    EXPECT_TRUE(schemata_agree(line, kExisting, 10)) << line;
  }
  for (const char* line : {"L3:0=f", "L3:0=ff;1=ff", "L3:2=ff", "L3:0=fg", "L3:0", "L3", "",
                           "L2:0=ff", "MB:0=20", "MB:0=31", "MB:0=0x1e", "MB:1=10", "L3DATA:0=3"}) {
    EXPECT_FALSE(schemata_agree(line, kExisting, 10)) << line;
  }
  EXPECT_FALSE(schemata_agree("MB:0=25", kExisting, 0)) << "no granularity, no rounding";
  EXPECT_FALSE(schemata_agree("L3:0=fe", kExisting, 10)) << "masks are not rounded";
}

// Shows: rdt-2
TEST(Resctrl, IsFoundByItsTypeWhereTheWholeIsMounted) {
  auto mounts = parse_mounts(
      "21 1 0:19 / /sys/fs/resctrl rw - tmpfs resctrl rw\n"
      "22 1 0:20 /group /part rw - resctrl resctrl rw\n"
      "23 1 0:20 / /with\\040blank rw shared:1 - resctrl none rw,cdp\n",
      "resctrl");
  ASSERT_EQ(mounts.size(), 2U);
  EXPECT_EQ(mounts[0].root, "/group");
  EXPECT_EQ(mounts[1].target, "/with blank");
}

class ResctrlPlanning : public testing::Test {
 protected:
  ResctrlPlanning() {
    char path[] = "/tmp/tare-resctrl-XXXXXX";
    mount_ = ::mkdtemp(path);
    for (const char* name : {"/info", "/info/L3", "/info/MB", "/mon_groups"}) make(name);
  }
  ~ResctrlPlanning() override {
    for (const char* name : {"/info/L3", "/info/MB", "/info", "/mon_groups", ""}) remove(name);
  }
  void make(const std::string& name) const { sys::mkdirat(AT_FDCWD, mount_ + name, 0755); }
  void remove(const std::string& name) const {
    sys::try_unlinkat(AT_FDCWD, mount_ + name, AT_REMOVEDIR);
  }
  std::string refusal(const oci::IntelRdt& wanted) const {
    try {
      plan_resctrl(wanted, "c", mount_);
    } catch (const Error& error) {
      return error.text();
    }
    return "no error";
  }

  std::string mount_;
};

// Shows: rdt-7, rdt-8, rdt-9, rdt-10, rdt-14
TEST_F(ResctrlPlanning, NamesTheGroupAndTheLinesInTheirOrder) {
  oci::IntelRdt wanted;
  ResctrlPlan plan = plan_resctrl(wanted, "c", mount_);
  EXPECT_EQ(plan.group, mount_ + "/c");
  EXPECT_FALSE(plan.named);
  EXPECT_TRUE(plan.schemata.empty() && plan.monitoring.empty());

  wanted.clos_id = "gold";
  wanted.schemata = {"L2:0=1", "MB:0=50"};
  wanted.l3_cache_schema = "L3:0=f";
  wanted.mem_bw_schema = "MB:0=20";
  wanted.enable_monitoring = true;
  plan = plan_resctrl(wanted, "c", mount_);
  EXPECT_EQ(plan.group, mount_ + "/gold");
  EXPECT_TRUE(plan.named);
  using Lines = std::vector<std::string>;
  EXPECT_EQ(plan.schemata, (Lines{"L3:0=f", "MB:0=20", "L2:0=1", "MB:0=50"}));
  EXPECT_EQ(plan.compared, (Lines{"L3:0=f", "MB:0=20"}));
  EXPECT_EQ(plan.monitoring, mount_ + "/gold/mon_groups/c");

  wanted.clos_id = "/";
  plan = plan_resctrl(wanted, "c", mount_);
  EXPECT_EQ(plan.group, mount_);
  EXPECT_EQ(plan.monitoring, mount_ + "/mon_groups/c");
}

TEST_F(ResctrlPlanning, WhatTheMachineDoesNotHaveIsRefused) {
  remove("/info/L3");
  remove("/info/MB");
  remove("/mon_groups");
  EXPECT_EQ(refusal({.l3_cache_schema = "L3:0=f"}),
            "intelRdt.l3CacheSchema is specified in config, but Intel RDT/CAT is not enabled");
  EXPECT_EQ(refusal({.mem_bw_schema = "MB:0=10"}),
            "intelRdt.memBwSchema is specified in config, but Intel RDT/MBA is not enabled");
  EXPECT_EQ(refusal({.enable_monitoring = true}),
            "intelRdt.enableMonitoring is specified in config, but Intel RDT/CMT and MBM is not "
            "enabled");
  EXPECT_EQ(refusal({.schemata = {"L2:0=1"}}), "no error") << "the kernel will judge it";
}

TEST_F(ResctrlPlanning, RemovingWhatIsNotThereIsSuccess) {
  remove_resctrl(mount_ + "/c", ResctrlTasks::Move);
  remove_resctrl(mount_ + "/c", ResctrlTasks::Spare);
  make("/c");
  remove_resctrl(mount_ + "/c", ResctrlTasks::Spare);
  EXPECT_FALSE(sys::try_fstatat(AT_FDCWD, mount_ + "/c"));
}

}  // namespace
}  // namespace tare::cgroups
