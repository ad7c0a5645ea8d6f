// Names of the specification to numbers of the kernel. The numbers are written down here because
// headers of older C libraries and kernels lack some; all of them are the same on every
// architecture (linux/sched.h, linux/ioprio.h, linux/mempolicy.h).
#include "runtime/process/scheduling.h"

#include <span>
#include <string_view>

#include "oci/number_list.h"
#include "runtime/base/error.h"
#include "runtime/base/strings.h"

namespace tare::process {
namespace {

struct Number {
  std::string_view name;
  uint32_t value;
};

constexpr Number kPolicies[] = {
    {"SCHED_OTHER", 0}, {"SCHED_FIFO", 1}, {"SCHED_RR", 2},       {"SCHED_BATCH", 3},
    {"SCHED_ISO", 4},   {"SCHED_IDLE", 5}, {"SCHED_DEADLINE", 6},
};
constexpr Number kSchedulerFlags[] = {
    {"SCHED_FLAG_RESET_ON_FORK", 0x01},  {"SCHED_FLAG_RECLAIM", 0x02},
    {"SCHED_FLAG_DL_OVERRUN", 0x04},     {"SCHED_FLAG_KEEP_POLICY", 0x08},
    {"SCHED_FLAG_KEEP_PARAMS", 0x10},    {"SCHED_FLAG_UTIL_CLAMP_MIN", 0x20},
    {"SCHED_FLAG_UTIL_CLAMP_MAX", 0x40},
};
constexpr Number kIoClasses[] = {
    {"IOPRIO_CLASS_RT", 1}, {"IOPRIO_CLASS_BE", 2}, {"IOPRIO_CLASS_IDLE", 3}};
constexpr unsigned kIoClassShift = 13;
constexpr Number kMemoryModes[] = {
    {"MPOL_DEFAULT", 0},
    {"MPOL_PREFERRED", 1},
    {"MPOL_BIND", 2},
    {"MPOL_INTERLEAVE", 3},
    {"MPOL_LOCAL", 4},
    {"MPOL_PREFERRED_MANY", 5},       // Linux 5.15
    {"MPOL_WEIGHTED_INTERLEAVE", 6},  // Linux 6.9
};
constexpr Number kMemoryFlags[] = {
    {"MPOL_F_NUMA_BALANCING", 1U << 13},  // Linux 5.12
    {"MPOL_F_RELATIVE_NODES", 1U << 14},
    {"MPOL_F_STATIC_NODES", 1U << 15},
};

uint32_t number(std::span<const Number> table, std::string_view name) {
  for (const Number& entry : table) {
    if (entry.name == name) return entry.value;
  }
  throw Error("unknown name " + quote(name));
}

uint32_t sum(std::span<const Number> table, const oci::Strings& names) {
  uint32_t all = 0;
  for (const std::string& name : names) all |= number(table, name);
  return all;
}

std::string mask_of(const std::string& list, uint32_t limit) {
  auto mask = oci::number_mask(list, limit);
  if (!mask) throw Error(quote(list) + " is no list (0-3,7)");
  return {reinterpret_cast<const char*>(mask->data()), mask->size() * sizeof(uint64_t)};
}

}  // namespace

SchedulerAttributes scheduler_attributes(const oci::Scheduler& scheduler) {
  SchedulerAttributes attributes;
  attributes.policy = number(kPolicies, scheduler.policy);
  attributes.flags = sum(kSchedulerFlags, scheduler.flags);
  attributes.nice = scheduler.nice;
  attributes.priority = static_cast<uint32_t>(scheduler.priority);
  attributes.runtime = scheduler.runtime;
  attributes.deadline = scheduler.deadline;
  attributes.period = scheduler.period;
  return attributes;
}

uint32_t io_priority(const oci::IoPriority& priority) {
  return number(kIoClasses, priority.io_class) << kIoClassShift |
         static_cast<uint32_t>(priority.priority);
}

MemoryPolicy memory_policy(const oci::MemoryPolicy& policy) {
  MemoryPolicy result;
  result.mode = number(kMemoryModes, policy.mode) | sum(kMemoryFlags, policy.flags);
  if (!policy.nodes.empty()) result.nodes = mask_of(policy.nodes, oci::kMaxNodes);
  return result;
}

std::string affinity(const std::string& processors) {
  return mask_of(processors, oci::kMaxProcessors);
}

std::string whole_affinity() {
  return std::string(oci::kMaxProcessors / 8, '\xff');
}

}  // namespace tare::process
