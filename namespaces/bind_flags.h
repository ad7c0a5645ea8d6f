// Which flags a bind mount gets: what mount(8) and every runtime before us made of its options.
#pragma once

#include <cstdint>

#include "oci/mount_options.h"

namespace tare::namespaces {

// Arguments of OpKind::Attributes with flag::kInherit.
struct BindFlags {
  uint64_t set = 0;
  uint64_t clear = 0;        // whatever was not asked for
  uint64_t named_clear = 0;  // what may not be left out where the kernel has locked flags

  bool any() const { return (set | clear) != 0; }
};

BindFlags bind_flags(const oci::MountOptions& options);
// Of a remount: without any option it clears what there is.
BindFlags remount_flags(const oci::MountOptions& options);

// What a bind asks to be forbidden, on its mount and on those below it, unless it also asks for the
// opposite.
struct Restrictions {
  uint64_t top = 0;
  uint64_t recursive = 0;
};

Restrictions restrictions(const oci::MountOptions& options);

}  // namespace tare::namespaces
