// criu's --cgroup-yard: a folder with an entry a hierarchy, that of cgroup2 being called "unified".
// Ours is a link to where the host has mounted it; criu, which runs on the host, follows it.
#include "runtime/checkpoint/cgroup_yard.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>

#include "cgroups/hierarchy.h"
#include "runtime/base/error.h"
#include "runtime/base/log.h"
#include "runtime/base/paths.h"
#include "runtime/base/strings.h"
#include "runtime/base/sys.h"

namespace tare {
namespace {

constexpr const char* kYard = "criu-cgroups";
constexpr const char* kLink = "criu-cgroups/unified";

std::string own_groups() {
  return sys::read_file_at(AT_FDCWD, "/proc/self/cgroup");
}

}  // namespace

CgroupYard::CgroupYard(const ContainerDirectory& directory) : directory_(directory.fd()) {
  auto hierarchy = cgroups::find_hierarchy();
  if (!hierarchy || !cgroup_v1_roots(own_groups()).empty()) return;
  sys::try_mkdirat(directory_.get(), kYard, 0700);
  sys::try_unlinkat(directory_.get(), kLink);  // of one that was killed
  if (::symlinkat(hierarchy->mount.c_str(), directory_.get(), kLink) != 0) {
    throw Error(errno, "symlink", kLink);
  }
  path_ = "/proc/" + std::to_string(::getpid()) + "/fd/" + std::to_string(directory_.get()) + "/" +
          kYard;
}

CgroupYard::~CgroupYard() {
  if (path_.empty()) return;
  try {
    sys::try_unlinkat(directory_.get(), kLink);
    sys::try_unlinkat(directory_.get(), kYard, AT_REMOVEDIR);
  } catch (const Error& error) {
    log_debug(error.what());
  }
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
