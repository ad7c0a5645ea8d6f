// Cloning takes CAP_SYS_ADMIN in the mount namespace: we do it for a child that will not have it
// there, and pass the tree as a descriptor.
#include "namespaces/host_tree.h"

#include <fcntl.h>
#include <sys/mount.h>

#include <cstdint>

#include "runtime/base/sys.h"

namespace tare::namespaces {

Fd clone_host_tree(const std::string& path, bool recursive, bool keep_shared) {
  unsigned flags = OPEN_TREE_CLONE | (recursive ? AT_RECURSIVE : 0U);
  Fd tree = sys::open_tree(AT_FDCWD, path, flags);
  // A clone of a shared mount is its peer: what is mounted in the container would show on the host.
  if (!keep_shared) sys::mount_setattr(tree, recursive, 0, 0, MS_SLAVE);
  return tree;
}

bool binds_host_root(const oci::MountOptions& options, const std::string& source) {
  return options.bind && options.recursive && sys::is_same_file(source, "/");
}

}  // namespace tare::namespaces
