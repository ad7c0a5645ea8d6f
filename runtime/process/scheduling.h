// process.scheduler, process.ioPriority, linux.memoryPolicy and affinities as the kernel takes
// them. What is given here has been validated.
#pragma once

#include <cstdint>
#include <string>

#include "oci/config.h"

namespace tare::process {

// struct sched_attr of sched_setattr(2) as of Linux 5.3; C libraries have it or not.
struct SchedulerAttributes {
  uint32_t size = sizeof(SchedulerAttributes);
  uint32_t policy = 0;
  uint64_t flags = 0;
  int32_t nice = 0;
  uint32_t priority = 0;
  uint64_t runtime = 0, deadline = 0, period = 0;  // nanoseconds
  uint32_t clamp_min = 0, clamp_max = 0;           // the specification has no values for them
};

SchedulerAttributes scheduler_attributes(const oci::Scheduler& scheduler);

// The number of ioprio_set(2).
uint32_t io_priority(const oci::IoPriority& priority);

// The arguments of set_mempolicy(2).
struct MemoryPolicy {
  uint32_t mode = 0;  // with the flags in it
  std::string nodes;  // bytes of the mask; empty: none
};
MemoryPolicy memory_policy(const oci::MemoryPolicy& policy);

// The mask of sched_setaffinity(2): the bytes of a processor list "0-3,7", not empty.
std::string affinity(const std::string& processors);
// Every processor there may be. The kernel takes those of the cgroup's cpuset.
std::string whole_affinity();

}  // namespace tare::process
