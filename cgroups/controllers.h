// Controllers a cgroup gives to its children (cgroup.subtree_control).
#pragma once

#include <string>
#include <vector>

#include "cgroups/cgroup.h"
#include "runtime/base/fd.h"

namespace tare::cgroups {

// Those of `wanted` that the children of `directory` do not get.
std::vector<std::string> not_enabled(const Fd& directory, const std::vector<std::string>& wanted);

// Enables `wanted` for the children of `directory`, which is at `path`. One that cannot be is taken
// off `wanted`, for it cannot be further down either; if a limit of `plan` needs it, that is an
// Error.
void enable_controllers(const Fd& directory, const std::string& path, const Plan& plan,
                        std::vector<std::string>& wanted);

}  // namespace tare::cgroups
