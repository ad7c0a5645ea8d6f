// The option strings of runtime-spec's mounts section and what they mean to the kernel.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "oci/config.h"

namespace tare::oci {

// Options of one mount, later ones overriding earlier ones (mounts-27). Attribute masks are
// MOUNT_ATTR_* of mount_setattr(2).
struct MountOptions {
  bool bind = false;
  bool recursive = false;  // rbind
  bool remount = false;
  uint64_t attr_set = 0;      // explicitly set
  uint64_t attr_clear = 0;    // explicitly cleared (an access-time mode sets and clears the mask)
  uint64_t rec_attr_set = 0;  // r* options: applied with AT_RECURSIVE
  uint64_t rec_attr_clear = 0;
  uint64_t super_flags =
      0;  // MS_SYNCHRONOUS, MS_DIRSYNC, MS_LAZYTIME, MS_MANDLOCK, MS_I_VERSION, MS_SILENT
  std::vector<uint64_t> propagation;  // MS_PRIVATE, MS_SHARED|MS_REC … in the order given
  bool tmpcopyup = false;
  bool idmap = false, ridmap = false;
  std::optional<std::string> inline_mapping;  // "idmap=…", "ridmap=…": see oci/inline_mapping.h
  Strings data;  // file system options: everything not known above, in order
};

MountOptions parse_mount_options(const Strings& options);

// All option names with a meaning of their own, sorted: what features lists.
Strings known_mount_options();

}  // namespace tare::oci
