// Names of the specification against the numbers in the kernel's headers, where these have them.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <linux/mempolicy.h>
#include <linux/sched.h>

#include <cstddef>

#include "oci/process_names.h"
#include "runtime/base/error.h"
#include "runtime/process/scheduling.h"

namespace tare::process {
namespace {

uint32_t policy(const std::string& name) {
  oci::Scheduler scheduler;
  scheduler.policy = name;
  return scheduler_attributes(scheduler).policy;
}

uint64_t flags(const oci::Strings& names) {
  oci::Scheduler scheduler;
  scheduler.policy = "SCHED_OTHER";
  scheduler.flags = names;
  return scheduler_attributes(scheduler).flags;
}

// sched_setattr(2); the kernel's header cannot be included beside the C library's.
TEST(Scheduling, AttributesAreLaidOutAsInTheKernel) {
  EXPECT_EQ(sizeof(SchedulerAttributes), 56U) << "SCHED_ATTR_SIZE_VER1";
  EXPECT_EQ(offsetof(SchedulerAttributes, policy), 4U);
  EXPECT_EQ(offsetof(SchedulerAttributes, flags), 8U);
  EXPECT_EQ(offsetof(SchedulerAttributes, nice), 16U);
  EXPECT_EQ(offsetof(SchedulerAttributes, priority), 20U);
  EXPECT_EQ(offsetof(SchedulerAttributes, runtime), 24U);
  EXPECT_EQ(offsetof(SchedulerAttributes, deadline), 32U);
  EXPECT_EQ(offsetof(SchedulerAttributes, period), 40U);
  EXPECT_EQ(offsetof(SchedulerAttributes, clamp_min), 48U);
}

// Shows: sched-1, sched-4
TEST(Scheduling, NamesBecomeTheKernelsNumbers) {
  EXPECT_EQ(policy("SCHED_OTHER"), uint32_t{SCHED_NORMAL});
  EXPECT_EQ(policy("SCHED_FIFO"), uint32_t{SCHED_FIFO});
  EXPECT_EQ(policy("SCHED_RR"), uint32_t{SCHED_RR});
  EXPECT_EQ(policy("SCHED_BATCH"), uint32_t{SCHED_BATCH});
  EXPECT_EQ(policy("SCHED_ISO"), 4U);
  EXPECT_EQ(policy("SCHED_IDLE"), uint32_t{SCHED_IDLE});
  EXPECT_EQ(policy("SCHED_DEADLINE"), uint32_t{SCHED_DEADLINE});
  EXPECT_EQ(flags({}), 0U);
  EXPECT_EQ(flags({"SCHED_FLAG_RESET_ON_FORK"}), uint64_t{SCHED_FLAG_RESET_ON_FORK});
  EXPECT_EQ(flags({"SCHED_FLAG_RECLAIM"}), uint64_t{SCHED_FLAG_RECLAIM});
  EXPECT_EQ(flags({"SCHED_FLAG_DL_OVERRUN"}), uint64_t{SCHED_FLAG_DL_OVERRUN});
  EXPECT_EQ(flags({"SCHED_FLAG_KEEP_POLICY"}), uint64_t{SCHED_FLAG_KEEP_POLICY});
  EXPECT_EQ(flags({"SCHED_FLAG_KEEP_PARAMS"}), uint64_t{SCHED_FLAG_KEEP_PARAMS});
  EXPECT_EQ(flags({"SCHED_FLAG_UTIL_CLAMP_MIN"}), uint64_t{SCHED_FLAG_UTIL_CLAMP_MIN});
  EXPECT_EQ(flags({"SCHED_FLAG_UTIL_CLAMP_MAX"}), uint64_t{SCHED_FLAG_UTIL_CLAMP_MAX});
  EXPECT_EQ(flags({"SCHED_FLAG_RECLAIM", "SCHED_FLAG_DL_OVERRUN"}), 6U);
}

// A name that validation knows and we have no number for would fail half-way.
TEST(Scheduling, EveryValidNameHasANumber) {
  for (std::string_view name : oci::kSchedulerPolicies) policy(std::string(name));
  uint64_t all =
      flags(oci::Strings(std::begin(oci::kSchedulerFlags), std::end(oci::kSchedulerFlags)));
  EXPECT_EQ(all, uint64_t{SCHED_FLAG_ALL});
  for (std::string_view name : oci::kIoClasses) io_priority({std::string(name), 0});
  for (std::string_view name : oci::kMemoryPolicyModes) {
    memory_policy(
        {std::string(name), "",
         oci::Strings(std::begin(oci::kMemoryPolicyFlags), std::end(oci::kMemoryPolicyFlags))});
  }
  EXPECT_THROW(policy("SCHED_NORMAL"), Error);
}

// Shows: sched-2, sched-3, sched-5, sched-6
TEST(Scheduling, WhatIsAbsentIsZero) {
  oci::Scheduler scheduler;
  scheduler.policy = "SCHED_OTHER";
  SchedulerAttributes none = scheduler_attributes(scheduler);
  EXPECT_EQ(none.size, sizeof none);
  EXPECT_EQ(none.nice, 0);
  EXPECT_EQ(none.priority, 0U);
  EXPECT_EQ(none.runtime | none.deadline | none.period, 0U);
  EXPECT_EQ(none.clamp_min | none.clamp_max, 0U);
  scheduler = {"SCHED_DEADLINE", -5, 7, {}, uint64_t{1} << 40, 2, 3};
  SchedulerAttributes all = scheduler_attributes(scheduler);
  EXPECT_EQ(all.nice, -5);
  EXPECT_EQ(all.priority, 7U);
  EXPECT_EQ(all.runtime, uint64_t{1} << 40);
  EXPECT_EQ(all.deadline, 2U);
  EXPECT_EQ(all.period, 3U);
}

// Shows: iop-1, iop-2
TEST(Scheduling, IoPriorityIsClassAndLevel) {
  EXPECT_EQ(io_priority({"IOPRIO_CLASS_RT", 3}), 1U << 13 | 3);
  EXPECT_EQ(io_priority({"IOPRIO_CLASS_BE", 7}), 2U << 13 | 7);
  EXPECT_EQ(io_priority({"IOPRIO_CLASS_IDLE", 0}), 3U << 13);
}

// Shows: mpol-1, mpol-3
TEST(Scheduling, MemoryPolicyIsModeFlagsAndNodes) {
  auto mode = [](const char* name, oci::Strings flags = {}) {
    return memory_policy({name, "", std::move(flags)}).mode;
  };
  EXPECT_EQ(mode("MPOL_DEFAULT"), uint32_t{MPOL_DEFAULT});
  EXPECT_EQ(mode("MPOL_PREFERRED"), uint32_t{MPOL_PREFERRED});
  EXPECT_EQ(mode("MPOL_BIND"), uint32_t{MPOL_BIND});
  EXPECT_EQ(mode("MPOL_INTERLEAVE"), uint32_t{MPOL_INTERLEAVE});
  EXPECT_EQ(mode("MPOL_LOCAL"), uint32_t{MPOL_LOCAL});
  EXPECT_EQ(mode("MPOL_PREFERRED_MANY"), uint32_t{MPOL_PREFERRED_MANY});
  EXPECT_EQ(mode("MPOL_WEIGHTED_INTERLEAVE"), 6U);
  EXPECT_EQ(mode("MPOL_BIND", {"MPOL_F_STATIC_NODES"}), uint32_t{MPOL_BIND | MPOL_F_STATIC_NODES});
  EXPECT_EQ(mode("MPOL_BIND", {"MPOL_F_RELATIVE_NODES", "MPOL_F_NUMA_BALANCING"}),
            uint32_t{MPOL_BIND | MPOL_F_RELATIVE_NODES | MPOL_F_NUMA_BALANCING});
  EXPECT_EQ(memory_policy({"MPOL_LOCAL", "", {}}).nodes, "");
  EXPECT_EQ(memory_policy({"MPOL_BIND", "0,2", {}}).nodes, std::string("\5\0\0\0\0\0\0\0", 8));
  EXPECT_EQ(memory_policy({"MPOL_BIND", "64", {}}).nodes.size(), 16U);
}

TEST(Scheduling, AffinityIsTheListsMask) {
  EXPECT_EQ(affinity("0-1,9"), std::string("\3\2\0\0\0\0\0\0", 8));
  EXPECT_EQ(affinity("8191").size(), 1024U);
  EXPECT_EQ(whole_affinity(), affinity("0-8191"));
}

}  // namespace
}  // namespace tare::process
