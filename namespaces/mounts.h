// The configuration's mounts as operations.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "namespaces/mount_label.h"
#include "namespaces/mount_mapping.h"
#include "namespaces/namespace_set.h"
#include "namespaces/steps.h"
#include "namespaces/tree_locks.h"
#include "oci/config.h"

namespace tare::namespaces {

// Who may clone sources of binds: we, before the child exists, or only tare-init in its own mount
// namespace (rootless).
enum class Sources { Ours, Child };

struct MountsContext {
  const NamespaceSet* namespaces = nullptr;
  std::string bundle;  // absolute: relative sources start here
  std::string rootfs;  // where the host has the root file system, a clean path
  Sources sources = Sources::Ours;
  bool user_namespace = false;  // the container's mounts belong to a user namespace of its own
  bool keep_shared = false;     // rootfsPropagation is shared: binds stay peers of the host's
  std::string cgroup_mount;     // where the host has cgroup2
  std::string cgroup_path;      // the container's own cgroup; empty: none
  ContainerMapping mapping;     // of its user namespace
  int pid_namespace_slot = -1;  // a pid namespace to join, see OpKind::NewMount
  const oci::Map<std::string>* sysctl = nullptr;  // written through the fresh procfs
  MountLabel label;
  // The upper directories of overlays with relative paths are there; -1: there is none.
  int scratch_slot = -1;
  // Unattached mounts that may be bound, by what binds call their source.
  const std::map<std::string, int>* prepared = nullptr;
  // Called before the operations of the mount with this index, and after the last with their count.
  std::function<void(size_t)> before_mount;
};

// What later stages need to know of the mounts.
struct MountsResult {
  bool has_dev_bind = false;         // /dev is the caller's: no devices or links of ours
  std::vector<int> readonly_at_end;  // slots of mounts to become read-only after everything
  std::vector<IdMaps> mappings;      // see MountMappings::later()
  std::vector<HostTree> host_trees;  // clones of ours, not locked
};

// Opens sources (throws naming the mount when one is missing) and adds the operations in order.
MountsResult plan_mounts(const std::vector<oci::Mount>& mounts, const MountsContext& context,
                         Steps& steps);

}  // namespace tare::namespaces
