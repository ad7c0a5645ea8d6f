// Putting mounts in place: both ends are descriptors, so no path is looked up at the moment of use.
#include <linux/mount.h>

#include "namespaces/empty_directory.h"
#include "namespaces/ops.h"
#include "runtime/act/kernel.h"
#include "runtime/act/resolve.h"
#include "runtime/act/syscall.h"

namespace tare::act {
namespace {

constexpr unsigned kMove = MOVE_MOUNT_F_EMPTY_PATH | MOVE_MOUNT_T_EMPTY_PATH;

void move_onto(Context& context, int tree, int target, const char* path) {
  must(context, call(__NR_move_mount, tree, "", target, "", kMove), "move_mount", path);
}

// The mount to put over a target: the first use attaches the tree itself, later ones a copy of what
// is attached by then (copying an unattached tree needs Linux 6.15). Its content is a device or an
// empty file system of ours, so that having been reachable in the container changes nothing.
long copy_of(int tree, bool first) {
  if (first) return call(__NR_fcntl, tree, F_DUPFD_CLOEXEC, 3);
  return call(__NR_open_tree, tree, "", AT_EMPTY_PATH | OPEN_TREE_CLONE | OPEN_TREE_CLOEXEC);
}

}  // namespace

// Linux 5.4 refuses a single inode, hence two.
int empty_directory(Context& context, const char* label) {
  ScopedFd filesystem(must(context, call(__NR_fsopen, "tmpfs", FSOPEN_CLOEXEC), "fsopen", "tmpfs"));
  int fd = filesystem.get();
  must(context, call(__NR_fsconfig, fd, FSCONFIG_SET_STRING, "nr_inodes", "2", 0), "fsconfig");
  must(context, call(__NR_fsconfig, fd, FSCONFIG_SET_STRING, "nr_blocks", "1", 0), "fsconfig");
  must(context, call(__NR_fsconfig, fd, FSCONFIG_SET_STRING, "mode", "0755", 0), "fsconfig");
  if (*label != 0) {
    must(context, call(__NR_fsconfig, fd, FSCONFIG_SET_STRING, "context", label, 0), "fsconfig",
         label);
  }
  must(context, call(__NR_fsconfig, fd, FSCONFIG_CMD_CREATE, 0, 0, 0), "fsconfig");
  unsigned attributes =
      MOUNT_ATTR_RDONLY | MOUNT_ATTR_NOSUID | MOUNT_ATTR_NODEV | MOUNT_ATTR_NOEXEC;
  return static_cast<int>(
      must(context, call(__NR_fsmount, fd, FSMOUNT_CLOEXEC, attributes), "fsmount", "tmpfs"));
}

void attach(Context& context, const Op& op) {
  const char* path = context.text(op.text);
  int tree = context.slot(op.fd);
  // A file system's root is a directory; a bind may be anything.
  bool is_directory = (op.flags & flag::kDirectory) != 0 || file_type(tree) == S_IFDIR;
  Missing missing = is_directory ? Missing::Directory : Missing::File;
  Links links = (op.flags & flag::kNoSymlinks) != 0 ? Links::Refuse : Links::Follow;
  ScopedFd target(must(context, resolve(context.root, path, missing, links), "openat2", path));
  refuse_root(context, target.get());
  if ((op.flags & flag::kOnProc) == 0 && filesystem_type(target.get()) == PROC_SUPER_MAGIC) {
    fail(context, "mount", EPERM, "inside /proc");
  }
  long moved = call(__NR_move_mount, tree, "", target.get(), "", kMove);
  if (moved == -EINVAL && (file_type(target.get()) == S_IFDIR) != is_directory) {
    fail(context, "mount", is_directory ? ENOTDIR : EISDIR, path);
  }
  must(context, moved, "move_mount", path);
}

void directory(Context& context, const Op& op) {
  const char* path = context.text(op.text);
  bool as_file = (op.flags & flag::kFile) != 0;
  Links links = (op.flags & flag::kNoSymlinks) != 0 ? Links::Refuse : Links::Follow;
  Missing missing = as_file ? Missing::File : Missing::Directory;
  const char* call_name = as_file ? "create" : "mkdir";
  ScopedFd made(must(context, resolve(context.root, path, missing, links), call_name, path));
  bool is_directory = file_type(made.get()) == S_IFDIR;
  if (is_directory == as_file) fail(context, call_name, as_file ? EISDIR : ENOTDIR, path);
  if (op.number == 0) return;
  const char* name = nullptr;
  long parent = must(context, resolve_parent(context, path, &name), "openat2", path);
  must(context, call(__NR_fchmodat, parent, name, op.number), "chmod", path);
}

// A path that is not there needs no mask; any other trouble would leave it bare and is fatal
// (CVE-2025-31133).
void mask(Context& context, const Op& op) {
  const char* path = context.text(op.text);
  long found = resolve(context.root, path, Missing::Fail);
  if (found == -ENOENT || found == -ENOTDIR) return;
  ScopedFd target(must(context, found, "openat2", path));
  bool is_directory = refuse_root(context, target.get()) == S_IFDIR;
  int slot = is_directory ? op.fd2 : op.fd;
  bool first = (context.masks_used & (is_directory ? 2U : 1U)) == 0;
  context.masks_used |= is_directory ? 2U : 1U;
  // One for all masked directories: a superblock each would have to be torn down each.
  if (is_directory && first) context.slots[slot] = empty_directory(context, context.text(op.text2));
  ScopedFd cover(must(context, copy_of(context.slot(slot), first), "open_tree", path));
  move_onto(context, cover.get(), target.get(), path);
}

void readonly_path(Context& context, const Op& op) {
  const char* path = context.text(op.text);
  long found = resolve(context.root, path, Missing::Fail);
  if (found == -ENOENT || found == -ENOTDIR) return;
  ScopedFd target(must(context, found, "openat2", path));
  refuse_root(context, target.get());
  ScopedFd tree(must(context,
                     call(__NR_open_tree, target.get(), "",
                          AT_EMPTY_PATH | AT_RECURSIVE | OPEN_TREE_CLONE | OPEN_TREE_CLOEXEC),
                     "open_tree", path));
  struct mount_attr attr {};
  attr.attr_set = MOUNT_ATTR_RDONLY;
  must(context, call(__NR_mount_setattr, tree.get(), "", AT_EMPTY_PATH, &attr, sizeof attr),
       "mount_setattr", path);
  move_onto(context, tree.get(), target.get(), path);
}

}  // namespace tare::act
