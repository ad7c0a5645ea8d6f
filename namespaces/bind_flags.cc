// A bind without any option keeps its source's flags; with at least one, unmentioned flags are
// cleared where the kernel lets us (runc.md 4.5). Access times are one group, as mount(2) has it:
// left alone unless noatime, nodiratime, relatime or strictatime is named, and replaced as a whole
// then, relatime being what one gets without another mode. `atime` and the other negations only
// take back what an earlier option said.
#include "namespaces/bind_flags.h"

#include <sys/mount.h>

namespace tare::namespaces {
namespace {

constexpr uint64_t kLockable =
    MOUNT_ATTR_RDONLY | MOUNT_ATTR_NOSUID | MOUNT_ATTR_NODEV | MOUNT_ATTR_NOEXEC;
constexpr uint64_t kTimes = MOUNT_ATTR__ATIME | MOUNT_ATTR_NODIRATIME;

}  // namespace

BindFlags bind_flags(const oci::MountOptions& options) {
  if ((options.attr_set | options.attr_clear) == 0) return {};
  return remount_flags(options);
}

BindFlags remount_flags(const oci::MountOptions& options) {
  BindFlags flags;
  flags.set = options.attr_set;
  flags.clear = (kLockable | MOUNT_ATTR_NOSYMFOLLOW) & ~flags.set;
  flags.named_clear = (options.attr_clear & kLockable) | (MOUNT_ATTR_NOSYMFOLLOW & ~flags.set);
  bool times = (options.attr_clear & MOUNT_ATTR__ATIME) != 0 || (flags.set & kTimes) != 0;
  if (times) {
    uint64_t replaced = MOUNT_ATTR__ATIME | (MOUNT_ATTR_NODIRATIME & ~flags.set);
    flags.clear |= replaced;
    flags.named_clear |= replaced;
  }
  return flags;
}

Restrictions restrictions(const oci::MountOptions& options) {
  return {options.attr_set & kLockable & ~options.rec_attr_clear,
          options.rec_attr_set & kLockable & ~options.attr_clear};
}

}  // namespace tare::namespaces
