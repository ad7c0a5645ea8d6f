// How criu gets at cgroups.
#pragma once

#include <string>
#include <vector>

#include "runtime/base/fd.h"
#include "runtime/checkpoint/criu_message.h"
#include "runtime/container/store.h"

namespace tare {

// A folder in the container's own through which criu sees the host's cgroup2 mount, where cgroup2
// is all there is; removed in the end. Left to itself criu mounts cgroup2 anew, and that takes the
// host's mount options (nsdelegate, memory_recursiveprot) away from it.
class CgroupYard {
 public:
  // A dump follows a link. A restored process, in whose root the path means something else, needs
  // the mount itself: there is a place for it, which the caller has to fill.
  enum class Kind { Link, MountPoint };
  CgroupYard(const ContainerDirectory& directory, Kind kind);
  ~CgroupYard();
  CgroupYard(const CgroupYard&) = delete;
  CgroupYard& operator=(const CgroupYard&) = delete;

  // All empty where criu has to mount.
  const std::string& path() const { return path_; }
  const std::string& source() const { return source_; }  // the host's cgroup2
  std::string place() const;                             // of a MountPoint

 private:
  const Fd& directory_;
  std::string path_;
  std::string source_;
};

// The groups a process that has our own ones and `unified`, an absolute directory below `mount`, is
// in: what restored groups begin with, by controller, "" for cgroup2.
std::vector<CriuPair> cgroup_roots(const std::string& mount, const std::string& unified);
// The same of the text of /proc/PID/cgroup.
std::vector<CriuPair> cgroup_v1_roots(std::string_view proc_cgroup);

}  // namespace tare
