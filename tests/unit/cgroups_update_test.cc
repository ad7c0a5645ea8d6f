// Updates of limits, from what is wanted and what is in force to what is written.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "cgroups/device_program.h"
#include "cgroups/device_rules.h"
#include "oci/reader.h"
#include "tests/unit/fake_cgroup.h"

namespace tare::cgroups {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

oci::Resources resources(std::string_view json) {
  std::vector<oci::Violation> violations;
  oci::Resources read = oci::read_resources(json, violations);
  EXPECT_TRUE(violations.empty()) << json;
  return read;
}

FakeCgroup usual() {
  return FakeCgroup({{"memory.max", "67108864"},
                     {"memory.low", "0"},
                     {"memory.current", "40000000"},
                     {"memory.swap.max", "33554432"},
                     {"cpu.max", "50000 200000"},
                     {"cpu.max.burst", "10000"},
                     {"cpu.weight", "100"},
                     {"cpu.idle", "0"},
                     {"cpuset.cpus", ""},
                     {"pids.max", "20"},
                     {"io.weight", "default 100"},
                     {"io.max", "8:0 rbps=1000 wbps=max riops=max wiops=max"}});
}

struct Case {
  const char* wanted;
  std::vector<std::string> written;
};

std::vector<Case> kept_cases() {
  return {
      {"{}", {}},
      {R"({"memory": {"limit": 0, "swap": 0, "reservation": 0}, "cpu": {"shares": 0, "quota": 0, "period": 0},
           "blockIO": {"weight": 0}})",
       {}},
      {R"({"cpu": {"quota": 60000}})", {"cpu.max 60000 200000"}},
      {R"({"cpu": {"quota": -1}})", {"cpu.max max 200000"}},
      {R"({"cpu": {"period": 90000}})", {"cpu.max 50000 90000"}},
      {R"({"cpu": {"quota": 60000, "period": 90000}})", {"cpu.max 60000 90000"}},
      {R"({"memory": {"limit": 50000000}})", {"memory.max 50000000"}},
      {R"({"memory": {"limit": -1}})", {"memory.swap.max max", "memory.max max"}},
      {R"({"memory": {"swap": -1}})", {"memory.swap.max max"}},
      {R"({"memory": {"limit": 50000000, "swap": 80000000}})",
       {"memory.swap.max 30000000", "memory.max 50000000"}},
      // The limit in force, 64 MiB, is what swap is added to.
      {R"({"memory": {"swap": 67108865}})", {"memory.swap.max 1", "memory.max 67108864"}},
      {R"({"memory": {"reservation": -1}})", {"memory.low max"}},
      {R"({"pids": {"limit": 0}})", {"pids.max 1"}},
      {R"({"pids": {"limit": -1}})", {"pids.max max"}},
      {R"({"cpu": {"cpus": "0-1"}})", {"cpuset.cpus 0-1"}},
      {R"({"blockIO": {"throttleWriteBpsDevice": [{"major": 8, "minor": 0, "rate": 5}]}})",
       {"io.max 8:0 wbps=5"}},
      {R"({"blockIO": {"throttleReadBpsDevice": [{"major": 8, "minor": 0, "rate": 0}]}})",
       {"io.max 8:0 rbps=max"}},
      {R"({"unified": {"pids.max": "7", "cpu.max": "max 100000"}, "pids": {"limit": 9}})",
       {"pids.max 9", "cpu.max max 100000", "pids.max 7"}},
  };
}

// Shows: mem-1, mem-2, mem-3, cpu-1, cpu-3, pids-1, pids-2, blk-3
TEST(CgroupsUpdate, WritesWhatIsGivenAndKeepsTheRest) {
  for (const Case& one : kept_cases()) {
    FakeCgroup cgroup = usual();
    EXPECT_EQ(cgroup.update(resources(one.wanted)), "") << one.wanted;
    EXPECT_EQ(cgroup.written, one.written) << one.wanted;
  }
}

TEST(CgroupsUpdate, AQuotaThatWasNotLimitedTakesTheDefaultPeriod) {
  FakeCgroup cgroup({{"cpu.max", "max 100000"}, {"cpu.max.burst", "0"}});
  EXPECT_EQ(cgroup.update(resources(R"({"cpu": {"quota": 30000}})")), "");
  EXPECT_EQ(cgroup["cpu.max"], "30000 100000");
  FakeCgroup other({{"cpu.max", "max 100000"}, {"cpu.max.burst", "0"}});
  EXPECT_EQ(other.update(resources(R"({"cpu": {"period": 50000}})")), "");
  EXPECT_EQ(other["cpu.max"], "max 50000");
}

// Shows: mem-4
TEST(CgroupsUpdate, SwapNeedsAMemoryLimitInForce) {
  FakeCgroup cgroup({{"memory.max", "max"}, {"memory.swap.max", "max"}});
  EXPECT_THAT(cgroup.update(resources(R"({"memory": {"swap": 100000000}})")),
              HasSubstr("unable to set swap limit without memory limit"));
  FakeCgroup limited = usual();
  EXPECT_THAT(limited.update(resources(R"({"memory": {"swap": 1000000}})")),
              HasSubstr("memory+swap limit should be >= memory limit"));
  EXPECT_THAT(limited.written, IsEmpty());
}

// Shows: mem-3
TEST(CgroupsUpdate, TheSumOfMemoryAndSwapStays) {
  struct Step {
    const char* wanted;
    std::vector<std::string> written;
    std::optional<int64_t> sum;  // afterwards
  };
  const Step steps[] = {
      {R"({"memory": {"limit": 60, "swap": 100}})", {"memory.swap.max 40", "memory.max 60"}, 100},
      {R"({"memory": {"limit": 30}})", {"memory.swap.max 70", "memory.max 30"}, 100},
      {R"({"memory": {"limit": 100}})", {"memory.swap.max 0", "memory.max 100"}, 100},
      {R"({"memory": {"reservation": 5}})", {"memory.low 5"}, 100},
      {R"({"memory": {"swap": 150}})", {"memory.swap.max 50", "memory.max 100"}, 150},
      {R"({"memory": {"limit": -1}})", {"memory.swap.max max", "memory.max max"}, {}},
      {R"({"memory": {"limit": 70}})", {"memory.max 70"}, {}},
      {R"({"memory": {"swap": 90}})", {"memory.swap.max 20", "memory.max 70"}, 90},
      {R"({"unified": {"memory.swap.max": "0"}})", {"memory.swap.max 0"}, {}},
      {R"({"memory": {"limit": 50}})", {"memory.max 50"}, {}},
      {R"({"memory": {"swap": 60}, "pids": {"limit": 4}})",
       {"pids.max 4", "memory.swap.max 10", "memory.max 50"},
       60},
      {R"({"memory": {"swap": -1}})", {"memory.swap.max max"}, {}},
  };
  FakeCgroup cgroup = usual();
  std::optional<int64_t> sum;
  for (const Step& step : steps) {
    oci::Resources wanted = with_memory_and_swap(resources(step.wanted), sum);
    sum = memory_and_swap_after(wanted, sum);
    cgroup.written.clear();
    EXPECT_EQ(cgroup.update(wanted), "") << step.wanted;
    EXPECT_EQ(cgroup.written, step.written) << step.wanted;
    EXPECT_EQ(sum, step.sum) << step.wanted;
  }
  oci::Resources above = with_memory_and_swap(resources(R"({"memory": {"limit": 200}})"), 150);
  EXPECT_THAT(cgroup.update(above), HasSubstr("memory+swap limit should be >= memory limit"));
}

// Shows: mem-9
TEST(CgroupsUpdate, UsageIsLookedAtBeforehandWhenAskedFor) {
  FakeCgroup cgroup = usual();
  EXPECT_THAT(cgroup.update(resources(R"({"memory": {"limit": 1024, "checkBeforeUpdate": true}})")),
              HasSubstr("rejecting memory limit 1024 < usage 40000000"));
  EXPECT_THAT(cgroup.update(resources(
                  R"({"memory": {"limit": 1024, "swap": 2048, "checkBeforeUpdate": true}})")),
              HasSubstr("rejecting memory+swap limit 2048 < usage 40000000"));
  EXPECT_THAT(cgroup.written, IsEmpty());
  EXPECT_EQ(cgroup.update(resources(R"({"memory": {"limit": 1024}})")), "");
}

// Shows: cpu-2
TEST(CgroupsUpdate, ABurstAndAQuotaFitWhicheverComesFirst) {
  FakeCgroup cgroup = usual();
  EXPECT_EQ(cgroup.update(resources(R"({"cpu": {"quota": 90000, "burst": 80000}})")), "");
  EXPECT_EQ(cgroup["cpu.max.burst"], "80000");
  EXPECT_EQ(cgroup.update(resources(R"({"cpu": {"quota": 20000, "burst": 15000}})")), "");
  EXPECT_EQ(cgroup["cpu.max"], "20000 200000");
  EXPECT_THAT(cgroup.update(resources(R"({"cpu": {"quota": 14000}})")),
              HasSubstr("the burst of 15000 is above the quota of 14000 (change the burst, too)"));
  EXPECT_THAT(cgroup.update(resources(R"({"cpu": {"burst": 20001}})")),
              HasSubstr("the burst of 20001 is above the quota of 20000 (change the quota, too)"));
  EXPECT_EQ(cgroup.update(resources(R"({"cpu": {"quota": -1, "burst": 1000000}})")), "");
}

// Shows: cpu-4
TEST(CgroupsUpdate, SharesEndIdleness) {
  FakeCgroup cgroup = usual();
  EXPECT_EQ(cgroup.update(resources(R"({"cpu": {"idle": 1, "shares": 2048}})")), "");
  EXPECT_THAT(cgroup.warnings, ElementsAre(HasSubstr("cpu.shares is ignored")));
  EXPECT_EQ(cgroup["cpu.idle"], "1");
  EXPECT_EQ(cgroup.update(resources(R"({"cpu": {"period": 60000}})")), "");
  EXPECT_EQ(cgroup["cpu.idle"], "1") << "another limit does not";
  EXPECT_EQ(cgroup.update(resources(R"({"cpu": {"shares": 1024}})")), "");
  EXPECT_EQ(cgroup["cpu.idle"], "0");
  EXPECT_EQ(cgroup.update(resources(R"({"cpu": {"idle": 1}})")), "");
  EXPECT_EQ(cgroup.update(resources(R"({"unified": {"cpu.weight": "8"}})")), "");
  EXPECT_EQ(cgroup["cpu.idle"] + " " + cgroup["cpu.weight"], "0 8");
}

TEST(CgroupsUpdate, WhatBreaksARuleIsRefusedBeforeAnythingIsWritten) {
  for (const char* wanted :
       {R"({"pids": {"limit": 1}, "cpu": {"idle": 2}})", R"({"pids": {"limit": -2}})",
        R"({"pids": {"limit": 1}, "blockIO": {"weight": 9}})",
        R"({"pids": {"limit": 1}, "unified": {"a/b": "1"}})",
        R"({"pids": {"limit": 1}, "unified": {"cgroup.procs": "1"}})",
        R"({"pids": {"limit": 1}, "cpu": {"cpus": "x"}})",
        R"({"pids": {"limit": 1}, "devices": [{"allow": true, "type": "x"}]})"}) {
    FakeCgroup cgroup = usual();
    EXPECT_NE(cgroup.update(resources(wanted)), "") << wanted;
    EXPECT_THAT(cgroup.written, IsEmpty()) << wanted;
  }
}

// Shows: cgdev-1
TEST(CgroupsUpdate, DeviceRulesAreReplacedAsAWholeOrLeftAlone) {
  FakeCgroup cgroup = usual();
  EXPECT_FALSE(plan_update(resources(R"({"pids": {"limit": 1}})"), cgroup.reader()).device_program);
  oci::Resources wanted = resources(R"({"devices": [{"allow": true, "type": "c", "major": 1}]})");
  EXPECT_EQ(plan_update(wanted, cgroup.reader()).device_program,
            device_program(device_policy(wanted.devices)));
  wanted = resources(R"({"devices": [{"allow": false, "type": "a", "access": "rwm"}]})");
  EXPECT_EQ(plan_update(wanted, cgroup.reader()).device_program, device_program(device_policy({})));
  wanted = resources(R"({"devices": [{"allow": false, "access": "rwm"}]})");
  EXPECT_FALSE(plan_update(wanted, cgroup.reader()).device_program) << "engines always send it";
  wanted = resources(R"({"devices": [{"allow": true}]})");
  EXPECT_EQ(plan_update(wanted, cgroup.reader()).device_program, std::vector<std::byte>{});
}

TEST(CgroupsUpdate, AControllerThatTheCgroupLacksIsAnError) {
  auto remaining = [](std::string_view json, const std::vector<std::string>& controllers) {
    std::vector<FileWrite> writes = plan_update(resources(json), usual().reader()).writes;
    try {
      require_enabled(writes, controllers, "/sys/fs/cgroup/x/c");
    } catch (const Error& error) {
      return std::string(error.what());
    }
    return std::to_string(writes.size());
  };
  EXPECT_EQ(remaining(R"({"pids": {"limit": 5}, "cpu": {"shares": 5}})", {"cpu", "pids"}), "2");
  EXPECT_EQ(remaining(R"({"pids": {"limit": -1}, "memory": {"limit": -1}})", {"memory"}), "2");
  EXPECT_EQ(remaining(R"({"unified": {"cgroup.max.depth": "5"}})", {}), "1");
  EXPECT_EQ(remaining(R"({"pids": {"limit": 5}})", {"cpu"}),
            "linux.resources.pids.limit needs the pids controller, which is not enabled for "
            "/sys/fs/cgroup/x/c (file pids.max) (write +pids to "
            "/sys/fs/cgroup/x/cgroup.subtree_control, or leave the limit out)");
}

}  // namespace
}  // namespace tare::cgroups
