// linux.resources as ordered writes of cgroup v2 control files. Pure: looks at no host.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "cgroups/cgroup.h"
#include "oci/config.h"

namespace tare::cgroups {

struct Hierarchy;

struct Conversion {
  std::vector<FileWrite> writes;      // `unified` last: it overrides
  std::vector<std::string> warnings;  // one for each setting that has no effect
};

// Everything but the device rules. Throws on a value without a v2 meaning, naming the member.
Conversion convert(const oci::Resources& resources);

// The controller a control file belongs to; empty for the core's (cgroup.*, *.pressure, cpu.stat).
std::string controller_of(std::string_view file);

// Drops the writes that only lift a limit which a missing controller cannot set; throws for any
// other whose controller `hierarchy` lacks.
void require_controllers(std::vector<FileWrite>& writes, const Hierarchy& hierarchy);

// memory.checkBeforeUpdate: throws when a new limit is below `usage` (memory.current, bytes).
void check_memory_usage(const oci::Memory& memory, uint64_t usage);

}  // namespace tare::cgroups
