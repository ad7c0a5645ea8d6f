// The mounts of one kind in our mount namespace: cgroup2, resctrl.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace tare::cgroups {

struct Mounted {
  std::string target;  // where
  std::string root;    // which directory of the file system is seen there
};

// Those of the file system `type`, in the order of the mount table. Throws when
// /proc/self/mountinfo cannot be read.
std::vector<Mounted> mounts_of(std::string_view type);

// The same of the text of such a file.
std::vector<Mounted> parse_mounts(std::string_view mountinfo, std::string_view type);

}  // namespace tare::cgroups
