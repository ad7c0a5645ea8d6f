// The closed lists of names of process.scheduler, process.ioPriority and linux.memoryPolicy, for
// validation and for features.
#pragma once

#include "oci/names.h"

namespace tare::oci {

// sched(7). SCHED_ISO is in no mainline kernel: valid here, refused there.
inline constexpr std::string_view kSchedulerPolicies[] = {
    "SCHED_BATCH", "SCHED_DEADLINE", "SCHED_FIFO", "SCHED_IDLE",
    "SCHED_ISO",   "SCHED_OTHER",    "SCHED_RR"};

// sched_setattr(2).
inline constexpr std::string_view kSchedulerFlags[] = {
    "SCHED_FLAG_DL_OVERRUN",     "SCHED_FLAG_KEEP_PARAMS",   "SCHED_FLAG_KEEP_POLICY",
    "SCHED_FLAG_RECLAIM",        "SCHED_FLAG_RESET_ON_FORK", "SCHED_FLAG_UTIL_CLAMP_MAX",
    "SCHED_FLAG_UTIL_CLAMP_MIN",
};

// ioprio_set(2).
inline constexpr std::string_view kIoClasses[] = {"IOPRIO_CLASS_BE", "IOPRIO_CLASS_IDLE",
                                                  "IOPRIO_CLASS_RT"};

// set_mempolicy(2).
inline constexpr std::string_view kMemoryPolicyModes[] = {
    "MPOL_BIND",      "MPOL_DEFAULT",        "MPOL_INTERLEAVE",         "MPOL_LOCAL",
    "MPOL_PREFERRED", "MPOL_PREFERRED_MANY", "MPOL_WEIGHTED_INTERLEAVE"};
inline constexpr std::string_view kMemoryPolicyFlags[] = {
    "MPOL_F_NUMA_BALANCING", "MPOL_F_RELATIVE_NODES", "MPOL_F_STATIC_NODES"};

}  // namespace tare::oci
