// Where cgroup2 is on this host, what it can limit, and where we are in it.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tare::cgroups {

struct Hierarchy {
  std::string mount;                     // absolute directory
  std::vector<std::string> controllers;  // of its root: not taken by cgroup v1, not kept from us

  bool has(std::string_view controller) const;
};

// /sys/fs/cgroup, /sys/fs/cgroup/unified (hybrid hosts), else the first in the mount table; nothing
// when cgroup2 is not mounted.
std::optional<Hierarchy> find_hierarchy();
// Its mount; empty when there is none.
std::string hierarchy_mount();

// Our own cgroup as a path below the mount, "/" for its root. Throws when it lies outside of what
// is mounted there.
std::string own_cgroup(const Hierarchy& hierarchy);

// The cgroup2 entry of the text of /proc/PID/cgroup.
std::optional<std::string> unified_entry(std::string_view proc_cgroup);

// `path` as seen from a mount whose root is `mount_root` of the same hierarchy; nothing when it is
// not below it.
std::optional<std::string> below_mount_root(std::string_view path, std::string_view mount_root);

}  // namespace tare::cgroups
