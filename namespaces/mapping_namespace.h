// User namespaces that carry an id mapping to mount_setattr(2) and are never lived in: made by a
// child that ends as soon as they are open. They exist as long as the descriptor, or a mount that
// has the mapping.
#pragma once

#include <sys/types.h>

#include "namespaces/id_map.h"
#include "runtime/base/fd.h"

namespace tare::namespaces {

// Below our own user namespace, with `maps`.
Fd make_mapping_namespace(const IdMaps& maps);

// Below that of the process `pid`, so that its root may use it. `maps` are in ids of ours; without
// any they are that namespace's own, which map each of its ids to itself. Throws naming an id that
// it does not have.
Fd make_mapping_namespace_in(pid_t pid, const IdMaps& maps);

}  // namespace tare::namespaces
