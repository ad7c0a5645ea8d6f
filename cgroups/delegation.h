// Handing a cgroup over to a user (runtime-spec config-linux.md, "Cgroup ownership").
#pragma once

#include <sys/types.h>

#include <optional>
#include <string>
#include <vector>

#include "runtime/base/fd.h"

namespace tare::cgroups {

// The control files that belong to the owner too: those the kernel names (the text of
// /sys/kernel/cgroup/delegate, Linux 4.15), or three when it names none.
std::vector<std::string> delegated_files(const std::optional<std::string>& kernel_list);

// Gives `directory`, which is at `path`, and of `files` those that it has, to `owner` (a uid of the
// host). Nothing else there changes its owner, nothing its group.
void hand_over(const Fd& directory, const std::string& path, uid_t owner,
               const std::vector<std::string>& files);

}  // namespace tare::cgroups
