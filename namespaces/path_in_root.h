// Paths of the host that lead below the container's root file system.
#pragma once

#include <optional>
#include <string>

#include "runtime/base/paths.h"

namespace tare::namespaces {

// `path` as the container has it; nothing when it is not below `rootfs`, a clean path.
inline std::optional<std::string> path_in_root(const std::string& path, const std::string& rootfs) {
  std::string clean = clean_absolute(path);
  if (rootfs.size() <= 1 || !is_within(clean, rootfs)) return std::nullopt;
  return clean == rootfs ? "/" : clean.substr(rootfs.size());
}

}  // namespace tare::namespaces
