// Mounts of the host for the container.
#pragma once

#include <string>

#include "oci/mount_options.h"
#include "runtime/base/fd.h"

namespace tare::namespaces {

// A detached clone of the host path, private to whoever gets it unless `keep_shared`.
Fd clone_host_tree(const std::string& path, bool recursive, bool keep_shared);

// Whether all that is mounted on the host is bound from `source`, an absolute path. A root of ours
// that lies over the host's would be part of it.
bool binds_host_root(const oci::MountOptions& options, const std::string& source);

}  // namespace tare::namespaces
