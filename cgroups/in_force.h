// Limits of the v1 language that only together with those in force mean something on cgroup v2.
// Pure.
#pragma once

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

}  // namespace tare::cgroups
