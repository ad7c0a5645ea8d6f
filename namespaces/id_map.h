// The uid and gid maps of a new user namespace.
#pragma once

#include <sys/types.h>

#include <optional>
#include <string>
#include <vector>

#include "oci/config.h"
#include "runtime/base/fd.h"

namespace tare::namespaces {

struct IdMaps {
  std::vector<oci::IdMapping> uids, gids;
};

// The host id that `id` of the container is; nothing when it is not mapped.
std::optional<uint32_t> to_host(const std::vector<oci::IdMapping>& mappings, uint32_t id);

// The line whose right side has the host's `id`; null when none has.
const oci::IdMapping* line_of_host(const std::vector<oci::IdMapping>& mappings, uint32_t id);

// The ids of `inner`'s right side, which are ours, as the user namespace with the map `outer`
// counts them. Throws naming the first that it does not have.
std::vector<oci::IdMapping> seen_from(const std::vector<oci::IdMapping>& inner,
                                      const std::vector<oci::IdMapping>& outer);

// The lines of uid_map or gid_map.
std::string map_text(const std::vector<oci::IdMapping>& mappings);

// Who may write the maps (user_namespaces(7)): we, being privileged or mapping only ourselves, or
// the newuidmap and newgidmap programs.
enum class MapWriter { Ourselves, OurselvesWithoutGroups, Helpers };
MapWriter map_writer(const IdMaps& maps);

// Writes the maps of the child `pid`, which waits for them. `pidfd` proves it still is that child.
void write_id_maps(pid_t pid, const Fd& pidfd, const IdMaps& maps, MapWriter writer);

// The maps of the user namespace of our child `pid`, as we see them.
IdMaps read_id_maps(pid_t pid);

}  // namespace tare::namespaces
