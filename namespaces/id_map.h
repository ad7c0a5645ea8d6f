// The uid and gid maps of a new user namespace.
#pragma once

#include <sys/types.h>

#include <optional>
#include <vector>

#include "oci/config.h"
#include "runtime/base/fd.h"

namespace tare::namespaces {

struct IdMaps {
  std::vector<oci::IdMapping> uids, gids;
};

// The host id that `id` of the container is; nothing when it is not mapped.
std::optional<uint32_t> to_host(const std::vector<oci::IdMapping>& mappings, uint32_t id);

// Who may write the maps (user_namespaces(7)): we, being privileged or mapping only ourselves, or
// the newuidmap and newgidmap programs.
enum class MapWriter { Ourselves, OurselvesWithoutGroups, Helpers };
MapWriter map_writer(const IdMaps& maps);

// Writes the maps of the child `pid`, which waits for them. `pidfd` proves it still is that child.
void write_id_maps(pid_t pid, const Fd& pidfd, const IdMaps& maps, MapWriter writer);

}  // namespace tare::namespaces
