// Device nodes and links of /dev. The umask of tare-init is 0, so that a node is born with its
// mode; whatever was there before is accepted only when it is exactly that device, and never
// changed through a name (CVE-2026-41579, CVE-2026-47766).
#include "namespaces/ops.h"
#include "runtime/act/kernel.h"
#include "runtime/act/resolve.h"
#include "runtime/act/syscall.h"
#include "runtime/act/text.h"

namespace tare::act {
namespace {

constexpr uint64_t kUnlabelled = 0;

// The kernel's user-space device number: major and minor as mknod(2) takes them.
long mknod_device(uint64_t device) {
  uint64_t major = device >> 32;
  uint64_t minor = device & 0xffffffffU;
  return static_cast<long>((minor & 0xff) | (major << 8) | ((minor & ~0xffULL) << 12));
}

}  // namespace

void device(Context& context, const Op& op) {
  const char* path = context.text(op.text);
  const char* name = nullptr;
  long parent = must(context, resolve_parent(context, path, &name), "openat2", path);
  long made = call(__NR_mknodat, parent, name, op.number, mknod_device(op.a));
  if (made < 0 && made != -EEXIST) fail(context, "mknod", -made, path);
  bool ours = made == 0;
  if (ours && op.b == kUnlabelled) return;

  ScopedFd node(must(context, call(__NR_openat, parent, name, O_PATH | O_NOFOLLOW | O_CLOEXEC, 0),
                     "open", path));
  bool is_node = file_type(node.get()) == S_IFCHR || file_type(node.get()) == S_IFBLK;
  if (file_type(node.get()) != (op.number & S_IFMT) ||
      (is_node && file_device(node.get()) != op.a)) {
    fail(context, "mknod", EEXIST, path);
  }
  must(context, call(__NR_fchownat, node.get(), "", op.b >> 32, op.b & 0xffffffffU, AT_EMPTY_PATH),
       "chown", path);
  // chown clears nothing of a device's mode, but a node that was there may have another one.
  if (!ours) {
    Buffer<32> magic;
    magic.add("self/fd/").add_number(static_cast<uint64_t>(node.get()));
    long mode = call(__NR_fchmodat2, node.get(), "", op.number & 07777U, AT_EMPTY_PATH);
    if (mode == -ENOSYS && context.slot(op.fd) >= 0) {  // before Linux 6.6
      mode = call(__NR_fchmodat, context.slot(op.fd), magic.text(), op.number & 07777U);
    }
    must(context, mode, "chmod", path);
  }
}

void link(Context& context, const Op& op) {
  const char* path = context.text(op.text);
  const char* target = context.text(op.text2);
  const char* name = nullptr;
  long parent = must(context, resolve_parent(context, path, &name), "openat2", path);
  long made = call(__NR_symlinkat, target, parent, name);
  if (made != -EEXIST) {
    must(context, made, "symlink", path);
    return;
  }
  // Images ship these links; the same one may stay, and so may anything where the caller says so.
  char present[256];
  long size = call(__NR_readlinkat, parent, name, present, sizeof present - 1);
  if (size >= 0) present[size] = 0;
  if (size >= 0 && equal(present, target)) return;
  if ((op.flags & flag::kMayExist) != 0) return;
  // Something else of the image's: replaced, since it is one name in a directory we hold.
  must(context, call(__NR_unlinkat, parent, name, 0), "unlink", path);
  must(context, call(__NR_symlinkat, target, parent, name), "symlink", path);
}

}  // namespace tare::act
