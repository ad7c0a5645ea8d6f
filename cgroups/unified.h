// linux.resources.unified: control files by name.
#pragma once

#include <string>
#include <vector>

#include "cgroups/cgroup.h"
#include "oci/config.h"

namespace tare::cgroups {

// Appends one write a line of each value. Throws on a key that is no name of a control file or
// belongs to the runtime, and on a value that would not be what it seems.
void convert_unified(const oci::Map<std::string>& unified, std::vector<FileWrite>& writes);

}  // namespace tare::cgroups
