// Id mappings of mounts (runtime-spec "Mounts": idmap, ridmap, uidMappings, gidMappings; Linux
// 5.12).
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "namespaces/id_map.h"
#include "namespaces/steps.h"
#include "oci/mount_options.h"
#include "runtime/base/error.h"

namespace tare::namespaces {

struct MountMapping {
  std::string what;  // the mount, as errors name it
  IdMaps own;        // empty: that of the container's user namespace
  bool recursive = false;
};

// The user namespace the container will have.
struct ContainerMapping {
  bool has_namespace = false;
  IdMaps maps;                // of a new one
  int joined_slot = -1;       // one that exists
  bool host_is_ours = false;  // we may map mounts of the host, which nobody in it may
};

// The mount's own mapping, from wherever the configuration has it; empty: none. Throws for ids
// relative to the container's that it does not have.
IdMaps own_mapping(const oci::Mount& mount, const oci::MountOptions& options,
                   const ContainerMapping& container);

// Gives mounts their mapping. One user namespace carries each distinct mapping.
class MountMappings {
 public:
  MountMappings(const ContainerMapping& container, Steps& steps)
      : container_(container), steps_(steps) {}

  // Maps a tree of ours that was cloned from `source`, here and now: who does it must have
  // CAP_SYS_ADMIN over the user namespace that owns the file system.
  void map_tree(const MountMapping& mapping, const Fd& tree, const std::string& source);

  // Adds the operation that maps what tare-init has in `slot`, a file system of type `type`. Below
  // a user namespace of the container's the one that carries the mapping is made while tare-init
  // waits: see later().
  void map_slot(const MountMapping& mapping, int slot, const std::string& type);

  // Maps a clone of tare-init's in `slot`, of `source`: by tare-init, or by us where that may be a
  // mount of the host's. tare-init waits meanwhile.
  void map_clone(const MountMapping& mapping, int slot, const std::string& source);

  // The mappings that tare-init asks for at SyncPoint::MountMapping, in that order; empty: the
  // container's own.
  std::vector<IdMaps> later() && { return std::move(later_); }

 private:
  const Fd& namespace_of(const MountMapping& mapping);
  int slot_of(const MountMapping& mapping);

  const ContainerMapping& container_;
  Steps& steps_;
  std::map<std::string, Fd> ours_;
  std::map<std::string, int> slots_;
  std::vector<IdMaps> later_;
};

// What the step of map_clone() waits for.
void map_received(const act::Step& step, const Fd& tree, const Fd& user_namespace);

// Whether the step gives a mount its mapping, and what its failure with `error` means.
bool is_mapping(const act::Step& step);
Error mapping_error(int error, const act::Step& step);

}  // namespace tare::namespaces
