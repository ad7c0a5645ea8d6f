// Making mounts that are not attached anywhere yet (Linux 5.2). Their attributes are set before
// they become visible, so there is never a writable or device-bearing moment.
#include <linux/mount.h>
#include <linux/sched.h>

#include "namespaces/empty_directory.h"
#include "namespaces/ops.h"
#include "namespaces/proc_in_pid.h"
#include "runtime/act/kernel.h"
#include "runtime/act/resolve.h"
#include "runtime/act/syscall.h"
#include "runtime/act/text.h"

namespace tare::act {
namespace {

constexpr uint64_t kAccessTime = MOUNT_ATTR__ATIME;
constexpr size_t kKernelLog = 256;

// The file system's own words for a refusal ("nsinstance: Bad value for 'gid'"), one message.
void explain(Context& context, int filesystem, const char* call_name, long error) {
  char message[kKernelLog];
  long size = call(__NR_read, filesystem, message, sizeof message);
  context.detail = message;
  context.detail_length = size > 2 ? static_cast<uint32_t>(size) - 2 : 0;
  if (size > 2) copy(message, message + 2, static_cast<size_t>(size) - 2);
  fail(context, call_name, error);
}

void configure(Context& context, int filesystem, const char* option) {
  char key[64];
  size_t n = 0;
  while (option[n] != 0 && option[n] != '=') ++n;
  if (n >= sizeof key) fail(context, "fsconfig", EINVAL, option);
  copy(key, option, n);
  key[n] = 0;
  long result = option[n] == '='
                    ? call(__NR_fsconfig, filesystem, FSCONFIG_SET_STRING, key, option + n + 1, 0)
                    : call(__NR_fsconfig, filesystem, FSCONFIG_SET_FLAG, key, 0, 0);
  if (is_error(result)) {
    explain(context, filesystem, "fsconfig", -result);
  }
}

// A tmpfs without mode= takes the mode of the directory it covers (runc.md 4.5).
void configure_mode(Context& context, int filesystem, const char* target) {
  ScopedFd covered(resolve(context.root, target, Missing::Fail));
  if (covered.get() < 0) return;  // it will be made, with the kernel's default
  struct statx status {};
  if (call(__NR_statx, covered.get(), "", AT_EMPTY_PATH, STATX_MODE, &status) != 0) return;
  Buffer<16> mode;
  mode.add_number(status.stx_mode & 07777U, 8);
  must(context, call(__NR_fsconfig, filesystem, FSCONFIG_SET_STRING, "mode", mode.text(), 0),
       "fsconfig", "mode");
}

}  // namespace

void host_propagation(Context& context, const Op& op) {
  struct mount_attr attr {};
  attr.propagation = op.number;
  must(context, call(__NR_mount_setattr, AT_FDCWD, "/", AT_RECURSIVE, &attr, sizeof attr),
       "mount_setattr", "/");
}

void open_tree(Context& context, const Op& op) {
  unsigned flags = OPEN_TREE_CLONE | OPEN_TREE_CLOEXEC;
  if ((op.flags & flag::kRecursive) != 0) flags |= AT_RECURSIVE;
  const char* path = context.text(op.text);
  long tree = 0;
  if ((op.flags & flag::kAtRoot) != 0) {
    ScopedFd found(must(context, resolve(context.root, path, Missing::Fail), "openat2", path));
    tree = call(__NR_open_tree, found.get(), "", flags | AT_EMPTY_PATH);
  } else {
    tree = call(__NR_open_tree, AT_FDCWD, path, flags);
    if (tree == -ENOENT && op.a != 0) tree = empty_directory(context, "");
  }
  context.slots[op.fd] = static_cast<int32_t>(must(context, tree, "open_tree", path));
}

void new_mount(Context& context, const Op& op) {
  const char* type = context.text(op.text);
  bool of_pid_namespace = (op.flags & flag::kOfPidNamespace) != 0;
  if ((op.flags & flag::kAtScratch) != 0) {
    must(context, call(__NR_fchdir, context.slot(op.fd2)), "fchdir", "scratch");
  }
  ScopedFd filesystem(of_pid_namespace
                          ? open_proc_of(context, context.slot(op.fd2))
                          : must(context, call(__NR_fsopen, type, FSOPEN_CLOEXEC), "fsopen", type));
  if (op.text2.length != 0) {
    long result = call(__NR_fsconfig, filesystem.get(), FSCONFIG_SET_STRING, "source",
                       context.text(op.text2), 0);
    if (is_error(result)) explain(context, filesystem.get(), "fsconfig", -result);
  }
  for (const char* option = nullptr; (option = list_next(context, op.data, option)) != nullptr;) {
    configure(context, filesystem.get(), option);
  }
  if ((op.flags & flag::kModeOfTarget) != 0) {
    configure_mode(context, filesystem.get(), context.text(op.data2));
  }
  long result = call(__NR_fsconfig, filesystem.get(), FSCONFIG_CMD_CREATE, 0, 0, 0);
  if (is_error(result)) explain(context, filesystem.get(), "fsconfig", -result);
  context.slots[op.fd] = static_cast<int32_t>(
      must(context, call(__NR_fsmount, filesystem.get(), FSMOUNT_CLOEXEC, op.a), "fsmount", type));
}

// With Flag::Inherit flags that a less privileged mount namespace has locked are kept, as long as
// nobody asked for their opposite: `b` clears everything unmentioned, `c` only what was named.
void attributes(Context& context, const Op& op) {
  struct mount_attr attr {};
  attr.attr_set = op.a;
  attr.attr_clr = op.b;
  attr.propagation = op.number;
  if (op.fd2 >= 0) attr.userns_fd = static_cast<uint64_t>(context.slot(op.fd2));
  unsigned flags = AT_EMPTY_PATH;
  if ((op.flags & flag::kRecursive) != 0) flags |= AT_RECURSIVE;
  // Without a slot: what is mounted at `text` already.
  ScopedFd found(op.fd >= 0
                     ? -1
                     : must(context, resolve(context.root, context.text(op.text), Missing::Fail),
                            "openat2", context.text(op.text)));
  if (op.fd < 0) refuse_root(context, found.get());
  int tree = op.fd >= 0 ? context.slot(op.fd) : found.get();
  long result = call(__NR_mount_setattr, tree, "", flags, &attr, sizeof attr);
  if (result == -EPERM && (op.flags & flag::kInherit) != 0) {
    attr.attr_clr = op.c;
    if ((op.c & kAccessTime) == 0) attr.attr_set &= ~kAccessTime;
    result = call(__NR_mount_setattr, tree, "", flags, &attr, sizeof attr);
  }
  must(context, result, "mount_setattr");
}

// What mount(2) with MS_REMOUNT does to a file system; options that are not named stay.
void reconfigure(Context& context, const Op& op) {
  const char* path = context.text(op.text);
  ScopedFd target(must(context, resolve(context.root, path, Missing::Fail), "openat2", path));
  unsigned flags = FSPICK_EMPTY_PATH | FSPICK_CLOEXEC;
  ScopedFd filesystem(must(context, call(__NR_fspick, target.get(), "", flags), "fspick", path));
  for (const char* option = nullptr; (option = list_next(context, op.data, option)) != nullptr;) {
    configure(context, filesystem.get(), option);
  }
  long result = call(__NR_fsconfig, filesystem.get(), FSCONFIG_CMD_RECONFIGURE, 0, 0, 0);
  if (is_error(result)) explain(context, filesystem.get(), "fsconfig", -result);
}

// Where a file system takes no context= option. Read back, because one without labels of its own
// may accept and forget it.
void mount_label(Context& context, const Op& op) {
  constexpr char kAttribute[] = "security.selinux";
  ScopedFd directory(
      must(context, call(__NR_openat, context.slot(op.fd), ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC),
           "open", "."));
  int fd = directory.get();
  const char* wanted = context.text(op.text);
  // The kernel counts the final NUL of a context.
  must(context, call(__NR_fsetxattr, fd, kAttribute, wanted, op.text.length + 1, 0), "fsetxattr",
       wanted);
  char found[kMaxPath] = {};
  must(context, call(__NR_fgetxattr, fd, kAttribute, found, sizeof found - 1), "fgetxattr", wanted);
  if (!equal(found, wanted)) fail(context, "label read back:", EIO, found);
}

// Options that fsconfig(2) cannot carry (values above 255 bytes, iversion) go through mount(2),
// whose target is named through our own procfs: a descriptor's magic link, no path of the
// container's.
void legacy_mount(Context& context, const Op& op) {
  Missing missing = Missing::Directory;
  ScopedFd target(must(context, resolve(context.root, context.text(op.text2), missing), "openat2",
                       context.text(op.text2)));
  refuse_root(context, target.get());
  if (filesystem_type(target.get()) == PROC_SUPER_MAGIC)
    fail(context, "mount", EPERM, "inside /proc");
  Buffer<64> path;
  path.add("self/fd/").add_number(static_cast<uint64_t>(target.get()));
  ScopedFd cwd(must(context, call(__NR_openat, AT_FDCWD, ".", O_PATH | O_CLOEXEC), "open", "."));
  must(context, call(__NR_fchdir, context.slot(op.fd2)), "fchdir", "/proc");
  const char* source = list_next(context, op.data, nullptr);
  const char* options = source == nullptr ? nullptr : list_next(context, op.data, source);
  must(context, call(__NR_mount, source, path.text(), context.text(op.text), op.a, options),
       "mount", context.text(op.text2));
  must(context, call(__NR_fchdir, cwd.get()), "fchdir");
  context.slots[op.fd] = static_cast<int32_t>(
      must(context, resolve(context.root, context.text(op.text2), Missing::Fail), "openat2"));
}

}  // namespace tare::act
