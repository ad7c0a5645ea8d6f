// What a control file will have lost when it was written, as writes that bring it back. Pure.
#pragma once

#include <string>
#include <vector>

#include "cgroups/cgroup.h"
#include "cgroups/in_force.h"

namespace tare::cgroups {

// The writes that bring `file` back to what `read` says of it now, after any of `writes` to it; in
// that order. Files that nothing can be read from have nothing to bring back.
std::vector<FileWrite> undo_of(const std::string& file, const std::vector<FileWrite>& writes,
                               const ReadControl& read);

}  // namespace tare::cgroups
