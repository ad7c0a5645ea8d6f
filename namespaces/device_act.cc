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

struct Place {
  int directory;
  const char* name;
};

// What is at that place, proven to be the node that is wanted.
long open_node(Context& context, const Place& place, const Op& op) {
  const char* path = context.text(op.text);
  int flags = O_PATH | O_NOFOLLOW | O_CLOEXEC;
  long fd = must(context, call(__NR_openat, place.directory, place.name, flags, 0), "open", path);
  int node = static_cast<int>(fd);
  bool is_node = file_type(node) == S_IFCHR || file_type(node) == S_IFBLK;
  if (file_type(node) != (op.number & S_IFMT) || (is_node && file_device(node) != op.a)) {
    fail(context, "mknod", EEXIST, path);
  }
  return fd;
}

long make_node(const Place& place, const Op& op) {
  return call(__NR_mknodat, place.directory, place.name, op.number,
              device_number(op.a >> 32, op.a & 0xffffffffU));
}

void own(Context& context, int node, const Op& op) {
  must(context, call(__NR_fchownat, node, "", op.b >> 32, op.b & 0xffffffffU, AT_EMPTY_PATH),
       "chown", context.text(op.text));
}

// Before Linux 6.6 nothing changes the mode of what an O_PATH descriptor names: the node is made
// anew.
void set_mode(Context& context, const Place& place, int node, const Op& op) {
  const char* path = context.text(op.text);
  struct statx status {};
  must(context, call(__NR_statx, node, "", AT_EMPTY_PATH, STATX_MODE, &status), "stat", path);
  if ((status.stx_mode & 07777U) == (op.number & 07777U)) return;
  long changed = call(__NR_fchmodat2, node, "", op.number & 07777U, AT_EMPTY_PATH);
  if (changed != -ENOSYS) {
    must(context, changed, "chmod", path);
    return;
  }
  must(context, call(__NR_unlinkat, place.directory, place.name, 0), "unlink", path);
  must(context, make_node(place, op), "mknod", path);
  ScopedFd anew(open_node(context, place, op));
  own(context, anew.get(), op);
}

}  // namespace

void device(Context& context, const Op& op) {
  const char* path = context.text(op.text);
  const char* name = nullptr;
  long parent = must(context, resolve_parent(context, path, &name), "openat2", path);
  Place place{static_cast<int>(parent), name};
  long made = make_node(place, op);
  if (made < 0 && made != -EEXIST) fail(context, "mknod", -made, path);
  bool ours = made == 0;
  if (ours && op.b == kUnlabelled) return;
  ScopedFd node(open_node(context, place, op));
  own(context, node.get(), op);
  // One that was there may have any mode.
  if (!ours) set_mode(context, place, node.get(), op);
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
