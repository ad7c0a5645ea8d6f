// criu's --cgroup-yard: a folder with an entry a hierarchy, that of cgroup2 being called "unified".
// The kernel changes the options of all of cgroup2 at every mount of it from the initial cgroup
// namespace (cgroup_apply_root_flags); a link to the mount that there is, or a bind, leaves them
// alone.
#include "runtime/checkpoint/cgroup_yard.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>

#include "cgroups/hierarchy.h"
#include "runtime/base/error.h"
#include "runtime/base/paths.h"
#include "runtime/base/strings.h"
#include "runtime/base/sys.h"
#include "runtime/checkpoint/external.h"

namespace tare {
namespace {

constexpr const char* kYard = "criu-cgroups";
constexpr const char* kUnified = "criu-cgroups/unified";

std::string own_groups() {
  return sys::read_file_at(AT_FDCWD, "/proc/self/cgroup");
}

}  // namespace

CgroupYard::CgroupYard(const ContainerDirectory& directory, Kind kind)
    : directory_(directory.fd()) {
  auto hierarchy = cgroups::find_hierarchy();
  if (!hierarchy || !cgroup_v1_roots(own_groups()).empty()) return;
  sys::try_mkdirat(directory_.get(), kYard, 0700);
  if (kind == Kind::MountPoint) {
    sys::try_mkdirat(directory_.get(), kUnified, 0700);
  } else {
    sys::try_unlinkat(directory_.get(), kUnified);  // of one that was killed
    if (::symlinkat(hierarchy->mount.c_str(), directory_.get(), kUnified) != 0) {
      throw Error(errno, "symlink", kUnified);
    }
  }
  path_ = place_of(sys::openat(directory_.get(), kYard, O_PATH | O_DIRECTORY));
  source_ = hierarchy->mount;
}

CgroupYard::~CgroupYard() {
  if (path_.empty()) return;
  // Quietly: what stays goes with the container's folder.
  ::unlinkat(directory_.get(), kUnified, 0);
  ::unlinkat(directory_.get(), kUnified, AT_REMOVEDIR);
  ::unlinkat(directory_.get(), kYard, AT_REMOVEDIR);
}

std::string CgroupYard::place() const {
  return path_.empty() ? std::string() : path_ + "/unified";
}

std::vector<CriuPair> cgroup_v1_roots(std::string_view proc_cgroup) {
  std::vector<CriuPair> roots;
  for (std::string_view line : split(proc_cgroup, '\n')) {
    // hierarchy-ID:controller-list:cgroup-path (cgroups(7)); the list of cgroup2 is empty.
    size_t first = line.find(':');
    size_t second = first == std::string_view::npos ? first : line.find(':', first + 1);
    if (second == std::string_view::npos || second == first + 1) continue;
    for (std::string_view controller : split(line.substr(first + 1, second - first - 1), ',')) {
      roots.push_back({std::string(controller), std::string(line.substr(second + 1))});
    }
  }
  return roots;
}

std::vector<CriuPair> cgroup_roots(const std::string& mount, const std::string& unified) {
  std::vector<CriuPair> roots = cgroup_v1_roots(own_groups());
  if (!is_within(unified, mount)) throw Error("cgroup " + unified + " is not below " + mount);
  std::string below = unified.substr(mount == "/" ? 0 : mount.size());
  roots.push_back({"", below.empty() ? "/" : below});
  return roots;
}

}  // namespace tare
