// A device policy as a BPF_PROG_TYPE_CGROUP_DEVICE program. Pure.
#pragma once

#include <cstddef>
#include <vector>

#include "cgroups/device_rules.h"

namespace tare::cgroups {

// struct bpf_insn[]; empty when everything is allowed. Throws when the rules are too many for it.
std::vector<std::byte> device_program(const DevicePolicy& policy);

}  // namespace tare::cgroups
