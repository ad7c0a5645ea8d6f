// Two usual places are asked with one statfs each; only other hosts pay for the mount table.
// Our own cgroup in /proc/self/cgroup is relative to our cgroup namespace, the mount shows the tree
// from the namespace of whoever mounted it: they agree on every ordinary host and in containers
// with a cgroup namespace. A part of the host's tree bind-mounted into a container without one has
// the part's name in front, which the mount table tells (cgroup_namespaces(7)).
#include "cgroups/hierarchy.h"

#include <fcntl.h>
#include <linux/magic.h>

#include <algorithm>

#include "cgroups/control_file.h"
#include "cgroups/mount_table.h"
#include "runtime/base/error.h"
#include "runtime/base/paths.h"
#include "runtime/base/strings.h"
#include "runtime/base/sys.h"

namespace tare::cgroups {
namespace {

constexpr const char* kUsualPlaces[] = {"/sys/fs/cgroup", "/sys/fs/cgroup/unified"};

std::optional<Hierarchy> hierarchy_at(const std::string& mount) {
  auto directory = sys::try_openat(AT_FDCWD, mount, O_PATH | O_DIRECTORY);
  if (!directory || sys::fstatfs_type(*directory, mount) != CGROUP2_SUPER_MAGIC) return {};
  return Hierarchy{mount, words(read_control(directory->get(), "cgroup.controllers").value_or(""))};
}

}  // namespace

bool Hierarchy::has(std::string_view controller) const {
  return std::find(controllers.begin(), controllers.end(), controller) != controllers.end();
}

std::optional<Hierarchy> find_hierarchy() {
  for (const char* place : kUsualPlaces) {
    if (auto found = hierarchy_at(place)) return found;
  }
  for (const Mounted& mounted : mounts_of("cgroup2")) {
    if (auto found = hierarchy_at(mounted.target)) return found;
  }
  return std::nullopt;
}

std::string hierarchy_mount() {
  auto hierarchy = find_hierarchy();
  return hierarchy ? std::move(hierarchy->mount) : std::string();
}

std::optional<std::string> unified_entry(std::string_view proc_cgroup) {
  constexpr std::string_view kPrefix = "0::";  // hierarchy 0, no controller list: cgroups(7)
  for (std::string_view line : split(proc_cgroup, '\n')) {
    if (line.starts_with(kPrefix)) return std::string(line.substr(kPrefix.size()));
  }
  return std::nullopt;
}

std::optional<std::string> below_mount_root(std::string_view path, std::string_view mount_root) {
  if (mount_root == "/") return std::string(path);
  if (!is_within(path, mount_root)) return std::nullopt;
  std::string_view rest = path.substr(mount_root.size());
  return rest.empty() ? "/" : std::string(rest);
}

std::string own_cgroup(const Hierarchy& hierarchy) {
  auto entry = unified_entry(sys::read_file_at(AT_FDCWD, "/proc/self/cgroup"));
  if (!entry) throw Error("/proc/self/cgroup has no cgroup2 entry");
  bool outside = *entry == "/.." || entry->starts_with("/../");
  if (!outside && sys::try_fstatat(AT_FDCWD, hierarchy.mount + *entry)) return *entry;
  for (const Mounted& mounted : mounts_of("cgroup2")) {
    if (outside || mounted.target != hierarchy.mount) continue;
    if (auto path = below_mount_root(*entry, mounted.root)) return *path;
  }
  throw Error("our own cgroup " + quote(*entry) + " is not below " + hierarchy.mount)
      .with_hint("give an absolute linux.cgroupsPath");
}

}  // namespace tare::cgroups
