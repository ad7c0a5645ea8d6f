// Limits of the v1 language that only together with those in force mean something on cgroup v2.
// Pure.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>

#include "oci/config.h"

namespace tare::cgroups {

// The text of a control file of one cgroup; nothing when it is not there or cannot be read.
using ReadControl = std::function<std::optional<std::string>(const std::string& file)>;

// `wanted` with what it needs of the limits in force: the other half of the CPU quota and its
// period, the memory limit to which swap is added. Throws when `wanted` cannot stand beside what
// stays as it is, and for memory.checkBeforeUpdate.
oci::Resources with_limits_in_force(oci::Resources wanted, const ReadControl& read);

// Throws for memory.checkBeforeUpdate when more than the limit is in use.
void check_usage(const oci::Memory& memory, const ReadControl& read);

// Whether the scheduler treats the cgroup as idle (cpu.idle).
bool is_idle(const ReadControl& read);

// The limit of memory and swap together, in bytes, is the one limit in force that the kernel cannot
// tell: it limits swap alone. So somebody has to remember what was asked for last.
// That which `resources` ask for; nothing without, and where `unified` overrides it.
std::optional<int64_t> memory_and_swap(const oci::Resources& resources);

// `wanted` with `sum` in it where it stays: a memory limit that is given alone does not raise it.
oci::Resources with_memory_and_swap(oci::Resources wanted, std::optional<int64_t> sum);

// What has to be remembered after such an update.
std::optional<int64_t> memory_and_swap_after(const oci::Resources& wanted,
                                             std::optional<int64_t> sum);

}  // namespace tare::cgroups
