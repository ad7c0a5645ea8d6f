// The root file system of a container as criu needs it to be there.
#pragma once

#include <string>
#include <vector>

#include "oci/config.h"
#include "runtime/base/fd.h"
#include "runtime/checkpoint/external.h"

namespace tare {

struct RestoreRoot {
  const oci::Config& config;
  const std::vector<HostMount>& mounts;
  std::string rootfs;                // absolute
  std::string place;                 // an empty directory, absolute and without links
  std::string cgroup_mount;          // of the host's cgroup2
  std::string cgroup_place;          // where criu is to find it, like `place`; empty: nowhere
  std::vector<std::string> folders;  // directories to open in the new namespace
};

// A mount namespace for criu to run in.
struct RestoreNamespace {
  Fd fd;
  std::vector<Fd> folders;  // criu mounts in its working directory, which must be one of there
};

// Makes the mount points that are missing in the rootfs, as create would. The mount namespace is a
// copy of ours in which the rootfs is mounted at `place`: criu wants a root that is a mount point.
// In ours nothing changes.
RestoreNamespace make_restore_namespace(const RestoreRoot& root);

}  // namespace tare
