// Mounts of the host for the container.
#pragma once

#include <string>

#include "runtime/base/fd.h"

namespace tare::namespaces {

// A detached clone of the host path, private to whoever gets it unless `keep_shared`.
Fd clone_host_tree(const std::string& path, bool recursive, bool keep_shared);

}  // namespace tare::namespaces
