// Which flags a bind mount gets: what mount(8) and every runtime before us made of its options.
#pragma once

#include <cstdint>

#include "oci/mount_options.h"
#include "runtime/base/fd.h"

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

// The same for `tree`, a clone of ours that a user namespace of the container's is to have: flags
// of the host's mount are locked there (mount_namespaces(7)), although the kernel does not know it
// of a tree that comes from outside. What was not asked about is inherited; asking for the opposite
// is an Error.
BindFlags bind_flags_below_user_namespace(const oci::MountOptions& options, const Fd& tree);

}  // namespace tare::namespaces
