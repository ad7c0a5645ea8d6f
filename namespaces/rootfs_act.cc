// The container's root: attached, filled by what follows, then made the root of the process and the
// host's tree let go of.
#include <linux/mount.h>

#include "namespaces/ops.h"
#include "runtime/act/kernel.h"
#include "runtime/act/resolve.h"
#include "runtime/act/syscall.h"

namespace tare::act {
namespace {

constexpr int kDetach = 2;
constexpr int kNoFollow = 8;
constexpr unsigned long kMsMove = 8192;
constexpr unsigned long kMsReadOnly = 1;

// --no-pivot: for roots that pivot_root(2) refuses (initramfs). The host's mounts stay underneath,
// where a process with CAP_SYS_CHROOT could reach them: its full views of /proc and /sys go, or are
// covered where a user namespace may not take them away.
void move_root(Context& context, const Op& op) {
  for (const char* path = nullptr; (path = list_next(context, op.data, path)) != nullptr;) {
    long gone = call(__NR_umount2, path, kDetach | kNoFollow);
    if (gone == -EINVAL || gone == -EPERM) {
      must(context, call(__NR_mount, "tmpfs", path, "tmpfs", kMsReadOnly, 0), "mount", path);
    } else if (gone != -ENOENT) {
      must(context, gone, "umount2", path);
    }
  }
  must(context, call(__NR_fchdir, context.root), "fchdir");
  must(context, call(__NR_mount, ".", "/", 0, kMsMove, 0), "mount", "move the root");
  must(context, call(__NR_chroot, "."), "chroot");
  must(context, call(__NR_chdir, "/"), "chdir", "/");
}

}  // namespace

// Where the tree is attached does not matter to us, only to hooks that look for it by its host
// path; without any it goes over "/", which needs no way through directories that the container's
// root may not search.
void attach_root(Context& context, const Op& op) {
  const char* path = context.text(op.text);
  int tree = context.slot(op.fd);
  must(context, call(__NR_move_mount, tree, "", AT_FDCWD, path, MOVE_MOUNT_F_EMPTY_PATH),
       "move_mount", path);
  context.root = tree;
  context.root_identity = {};
}

void pivot(Context& context, const Op& op) {
  if ((op.flags & flag::kMoveRoot) != 0) return move_root(context, op);
  if ((op.flags & flag::kChroot) != 0) {
    must(context, call(__NR_fchdir, context.root), "fchdir");
    must(context, call(__NR_chroot, "."), "chroot");
    return;
  }
  must(context, call(__NR_fchdir, context.root), "fchdir");
  // The old root lands on top of the new one, where umount2(2), and no other call, takes "." for
  // it. It is a slave since host_propagation(): the host does not see it go.
  must(context, call(__NR_pivot_root, ".", "."), "pivot_root", ".");
  must(context, call(__NR_umount2, ".", kDetach), "umount2", "the old root");
  must(context, call(__NR_chdir, "/"), "chdir", "/");
}

// Another process's way into a container that is there. Joining its mount namespace has brought us
// to that one's root, which init has made the container's; without one of its own, a chroot.
void enter_root(Context& context, const Op& op) {
  int root = context.slot(op.fd);
  if (root < 0) {
    constexpr long kFlags = O_PATH | O_DIRECTORY | O_CLOEXEC;
    root = static_cast<int>(must(context, call(__NR_openat, AT_FDCWD, "/", kFlags), "open", "/"));
    context.slots[op.fd] = root;
  } else {
    must(context, call(__NR_fchdir, root), "fchdir");
    must(context, call(__NR_chroot, "."), "chroot");
  }
  context.root = root;
}

}  // namespace tare::act
