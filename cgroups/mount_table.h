// The cgroup2 mounts of our mount namespace.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace tare::cgroups {

struct MountedCgroup {
  std::string target;  // where
  std::string root;    // which cgroup is seen there
};

// In the order of the mount table. Throws when /proc/self/mountinfo cannot be read.
std::vector<MountedCgroup> cgroup2_mounts();

// The same of the text of such a file.
std::vector<MountedCgroup> parse_cgroup2_mounts(std::string_view mountinfo);

}  // namespace tare::cgroups
