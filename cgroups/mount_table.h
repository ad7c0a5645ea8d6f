// The cgroup2 mounts of our mount namespace.
#pragma once

#include <string>
#include <vector>

namespace tare::cgroups {

struct MountedCgroup {
  std::string target;  // where
  std::string root;    // which cgroup is seen there
};

// In the order of the mount table. Loads libmount; throws when it is not installed.
std::vector<MountedCgroup> cgroup2_mounts();

}  // namespace tare::cgroups
