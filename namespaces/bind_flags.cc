// A bind without any option keeps its source's flags; with at least one, unmentioned flags are
// cleared where the kernel lets us (runc.md 4.5). Access times are one group, as mount(2) has it:
// left alone unless noatime, nodiratime, relatime or strictatime is named, and replaced as a whole
// then, relatime being what one gets without another mode. `atime` and the other negations only
// take back what an earlier option said.
#include "namespaces/bind_flags.h"

#include <sys/mount.h>
#include <sys/statvfs.h>

#include <cerrno>

#include "runtime/base/error.h"
#include "runtime/base/sys.h"

namespace tare::namespaces {
namespace {

constexpr uint64_t kLockable =
    MOUNT_ATTR_RDONLY | MOUNT_ATTR_NOSUID | MOUNT_ATTR_NODEV | MOUNT_ATTR_NOEXEC;
constexpr uint64_t kTimes = MOUNT_ATTR__ATIME | MOUNT_ATTR_NODIRATIME;
constexpr uint64_t kNoSymfollowOfStatfs = 0x2000;  // ST_NOSYMFOLLOW, Linux 5.10

uint64_t attributes_of(const Fd& tree) {
  struct Pair {
    uint64_t statfs, attribute;
  };
  constexpr Pair kPairs[] = {
      {ST_RDONLY, MOUNT_ATTR_RDONLY},         {ST_NOSUID, MOUNT_ATTR_NOSUID},
      {ST_NODEV, MOUNT_ATTR_NODEV},           {ST_NOEXEC, MOUNT_ATTR_NOEXEC},
      {ST_NODIRATIME, MOUNT_ATTR_NODIRATIME}, {kNoSymfollowOfStatfs, MOUNT_ATTR_NOSYMFOLLOW}};
  uint64_t flags = sys::fstatfs_flags(tree);
  uint64_t attributes = 0;
  for (const Pair& pair : kPairs) {
    if ((flags & pair.statfs) != 0) attributes |= pair.attribute;
  }
  if ((flags & ST_NOATIME) != 0) return attributes | MOUNT_ATTR_NOATIME;
  if ((flags & ST_RELATIME) == 0) return attributes | MOUNT_ATTR_STRICTATIME;
  return attributes;
}

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

BindFlags bind_flags_below_user_namespace(const oci::MountOptions& options, const Fd& tree) {
  BindFlags flags = bind_flags(options);
  if (!flags.any()) return flags;
  uint64_t present = attributes_of(tree);
  bool times = (flags.clear & MOUNT_ATTR__ATIME) != 0;
  if ((flags.named_clear & kLockable & present) != 0 ||
      (times && (flags.set & kTimes) != (present & kTimes))) {
    throw Error(EPERM, "mount_setattr", "")
        .with_hint("the host's mount has flags that a user namespace may not change");
  }
  flags.clear &= ~(present & kLockable);
  return flags;
}

}  // namespace tare::namespaces
