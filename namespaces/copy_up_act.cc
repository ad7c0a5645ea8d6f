// tmpcopyup: what the image has at the mount point is copied into the fresh tmpfs before it is
// attached over it. Both sides are walked on held descriptors; the source is hostile (FIFOs,
// sockets, endless depth), the target is ours alone until it is attached.
#include "namespaces/ops.h"
#include "runtime/act/kernel.h"
#include "runtime/act/resolve.h"
#include "runtime/act/syscall.h"
#include "runtime/act/text.h"

namespace tare::act {
namespace {

constexpr int kMaxTreeDepth = 64;

struct Entry {  // linux_dirent64
  uint64_t inode;
  int64_t offset;
  unsigned short size;
  unsigned char type;
  char name[1];  // in truth as long as it needs, NUL-terminated
};

struct Node {
  int source_parent;
  int target_parent;
  const char* name;
};

void copy_directory(Context& context, int source, int target, int depth);

void own(Context& context, const Node& node, const struct statx& status) {
  int parent = node.target_parent;
  must(context,
       call(__NR_fchownat, parent, node.name, status.stx_uid, status.stx_gid, AT_SYMLINK_NOFOLLOW),
       "chown", node.name);
  if ((status.stx_mode & S_IFMT) == S_IFLNK) return;  // has no mode
  // chown(2) clears set-id bits: the mode comes after it.
  must(context, call(__NR_fchmodat, parent, node.name, status.stx_mode & 07777U), "chmod",
       node.name);
}

void copy_file(Context& context, const Node& node, const struct statx& status) {
  ScopedFd from(must(context,
                     call(__NR_openat, node.source_parent, node.name,
                          O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC, 0),
                     "open", node.name));
  ScopedFd to(must(context,
                   call(__NR_openat, node.target_parent, node.name,
                        O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600),
                   "create", node.name));
  // Changed under our hands into something that is no file: opened without blocking, now refused.
  if (file_type(from.get()) != S_IFREG) fail(context, "copy", EINVAL, node.name);
  uint64_t left = status.stx_size;
  while (left > 0) {
    long copied =
        must(context, call(__NR_sendfile, to.get(), from.get(), 0, left), "copy", node.name);
    if (copied == 0) break;
    left -= static_cast<uint64_t>(copied);
  }
  own(context, node, status);
}

void copy_link(Context& context, const Node& node, const struct statx& status) {
  char target[kMaxPath];
  long size =
      must(context, call(__NR_readlinkat, node.source_parent, node.name, target, sizeof target - 1),
           "readlink", node.name);
  target[size] = 0;
  must(context, call(__NR_symlinkat, target, node.target_parent, node.name), "symlink", node.name);
  own(context, node, status);
}

void copy_node(Context& context, const Node& node, int depth) {
  struct statx status {};
  must(context,
       call(__NR_statx, node.source_parent, node.name, AT_SYMLINK_NOFOLLOW, STATX_BASIC_STATS,
            &status),
       "stat", node.name);
  switch (status.stx_mode & S_IFMT) {
    case S_IFREG:
      return copy_file(context, node, status);
    case S_IFLNK:
      return copy_link(context, node, status);
    case S_IFDIR: {
      if (depth >= kMaxTreeDepth) fail(context, "copy", ELOOP, node.name);
      must(context, call(__NR_mkdirat, node.target_parent, node.name, 0700), "mkdir", node.name);
      ScopedFd from(must(context,
                         call(__NR_openat, node.source_parent, node.name,
                              O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC, 0),
                         "open", node.name));
      ScopedFd to(must(context,
                       call(__NR_openat, node.target_parent, node.name,
                            O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC, 0),
                       "open", node.name));
      copy_directory(context, from.get(), to.get(), depth + 1);
      return own(context, node, status);
    }
    default: {
      long device = device_number(status.stx_rdev_major, status.stx_rdev_minor);
      must(context,
           call(__NR_mknodat, node.target_parent, node.name, status.stx_mode & (S_IFMT | 07777U),
                device),
           "mknod", node.name);
      return own(context, node, status);
    }
  }
}

void copy_directory(Context& context, int source, int target, int depth) {
  alignas(Entry) char buffer[4096];
  for (;;) {
    long size = must(context, call(__NR_getdents64, source, buffer, sizeof buffer), "getdents", "");
    if (size == 0) return;
    for (long at = 0; at < size;) {
      auto* entry = reinterpret_cast<const Entry*>(buffer + at);
      at += entry->size;
      if (equal(entry->name, ".") || equal(entry->name, "..")) continue;
      copy_node(context, {source, target, entry->name}, depth);
    }
  }
}

}  // namespace

void copy_up(Context& context, const Op& op) {
  const char* path = context.text(op.text);
  long found = resolve(context.root, path, Missing::Fail);
  if (found == -ENOENT || found == -ENOTDIR) return;
  ScopedFd covered(must(context, found, "openat2", path));
  refuse_root(context, covered.get());
  if (file_type(covered.get()) != S_IFDIR) fail(context, "mount", ENOTDIR, path);
  ScopedFd source(must(context,
                       call(__NR_openat, covered.get(), ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC, 0),
                       "open", path));
  copy_directory(context, source.get(), context.slot(op.fd), 0);
}

}  // namespace tare::act
