// Tables of bits. What is not in a table is shown as a number, never left out: a plan says
// everything.
#include "runtime/container/explain_words.h"

#include <linux/sched.h>
#include <linux/seccomp.h>
#include <sys/mount.h>

#include <algorithm>
#include <cstdio>
#include <iterator>
#include <span>

#include "oci/names.h"

#ifndef SECCOMP_FILTER_FLAG_WAIT_KILLABLE_RECV
#define SECCOMP_FILTER_FLAG_WAIT_KILLABLE_RECV (1UL << 5)
#endif

namespace tare {
namespace {

namespace flag = act::flag;

struct Bit {
  uint64_t bit;
  const char* name;
};

constexpr Bit kCloneFlags[] = {
    {CLONE_NEWUSER, "CLONE_NEWUSER"}, {CLONE_NEWNS, "CLONE_NEWNS"},
    {CLONE_NEWPID, "CLONE_NEWPID"},   {CLONE_NEWNET, "CLONE_NEWNET"},
    {CLONE_NEWIPC, "CLONE_NEWIPC"},   {CLONE_NEWUTS, "CLONE_NEWUTS"},
    {0x02000000, "CLONE_NEWCGROUP"},  {0x80, "CLONE_NEWTIME"},
    {CLONE_PIDFD, "CLONE_PIDFD"},     {CLONE_INTO_CGROUP, "CLONE_INTO_CGROUP"},
    {CLONE_VM, "CLONE_VM"},           {CLONE_VFORK, "CLONE_VFORK"},
};

constexpr Bit kMountAttributes[] = {
    {MOUNT_ATTR_RDONLY, "ro"},
    {MOUNT_ATTR_NOSUID, "nosuid"},
    {MOUNT_ATTR_NODEV, "nodev"},
    {MOUNT_ATTR_NOEXEC, "noexec"},
    {MOUNT_ATTR_NODIRATIME, "nodiratime"},
    {MOUNT_ATTR_NOSYMFOLLOW, "nosymfollow"},
    {MOUNT_ATTR_IDMAP, "idmap"},
};

constexpr Bit kSeccompFlags[] = {
    {SECCOMP_FILTER_FLAG_TSYNC, "SECCOMP_FILTER_FLAG_TSYNC"},
    {SECCOMP_FILTER_FLAG_LOG, "SECCOMP_FILTER_FLAG_LOG"},
    {SECCOMP_FILTER_FLAG_SPEC_ALLOW, "SECCOMP_FILTER_FLAG_SPEC_ALLOW"},
    {SECCOMP_FILTER_FLAG_NEW_LISTENER, "SECCOMP_FILTER_FLAG_NEW_LISTENER"},
    {SECCOMP_FILTER_FLAG_WAIT_KILLABLE_RECV, "SECCOMP_FILTER_FLAG_WAIT_KILLABLE_RECV"},
};

struct StepFlags {
  act::OpKind kind;
  Bit bits[3];
};

constexpr StepFlags kStepFlags[] = {
    {act::OpKind::BecomeRoot, {{flag::kKeepGroups, "keep supplementary groups"}}},
    {act::OpKind::OpenTree,
     {{flag::kRecursive, "recursive"}, {flag::kAtRoot, "in the container's root"}}},
    {act::OpKind::NewMount,
     {{flag::kModeOfTarget, "mode of what it covers"},
      {flag::kOfPidNamespace, "of the joined pid namespace"},
      {flag::kAtScratch, "paths in the scratch file system"}}},
    {act::OpKind::Attributes,
     {{flag::kRecursive, "recursive"}, {flag::kInherit, "keep flags that are locked"}}},
    {act::OpKind::Attach,
     {{flag::kNoSymlinks, "no symbolic link"},
      {flag::kOnProc, "may lie on procfs"},
      {flag::kDirectory, "a directory"}}},
    {act::OpKind::Link, {{flag::kMayExist, "unless it exists"}}},
    {act::OpKind::Directory, {{flag::kNoSymlinks, "no symbolic link"}, {flag::kFile, "as a file"}}},
    {act::OpKind::Pivot, {{flag::kChroot, "by chroot"}, {flag::kMoveRoot, "by moving the mount"}}},
    {act::OpKind::Console, {{flag::kUnbound, "not at /dev/console"}}},
    {act::OpKind::Identity,
     {{flag::kKeepGroups, "keep supplementary groups"},
      {flag::kUnlessDenied, "keep supplementary groups where setgroups is denied"}}},
    {act::OpKind::Hook,
     {{flag::kHomeToo, "with HOME"}, {flag::kAtRoot, "in the container's root"}}},
    {act::OpKind::CloseSlots, {{flag::kKeepRoot, "keep the root"}}},
};

constexpr bool are_distinct(const Bit (&bits)[3]) {
  uint64_t seen = 0;
  for (const Bit& known : bits) {
    if ((seen & known.bit) != 0) return false;
    seen |= known.bit;
  }
  return true;
}
static_assert(std::all_of(std::begin(kStepFlags), std::end(kStepFlags),
                          [](const StepFlags& row) { return are_distinct(row.bits); }));

oci::Strings names_of(uint64_t value, std::span<const Bit> bits) {
  oci::Strings names;
  for (const Bit& known : bits) {
    if ((value & known.bit) == 0) continue;
    names.emplace_back(known.name);
    value &= ~known.bit;
  }
  if (value != 0) {
    char rest[32];
    std::snprintf(rest, sizeof rest, "0x%llx", static_cast<unsigned long long>(value));
    names.emplace_back(rest);
  }
  return names;
}

// The access-time mode is a number inside the mask, not a set of bits.
const char* access_time(uint64_t attributes) {
  switch (attributes & MOUNT_ATTR__ATIME) {
    case MOUNT_ATTR_NOATIME:
      return "noatime";
    case MOUNT_ATTR_STRICTATIME:
      return "strictatime";
    case MOUNT_ATTR__ATIME:
      return "access times";
    default:
      return nullptr;  // relatime, the kernel's own default
  }
}

}  // namespace

oci::Strings clone_flag_names(uint64_t flags) {
  return names_of(flags, kCloneFlags);
}

oci::Strings mount_attribute_names(uint64_t attributes) {
  oci::Strings names = names_of(attributes & ~uint64_t{MOUNT_ATTR__ATIME}, kMountAttributes);
  if (const char* mode = access_time(attributes)) names.emplace_back(mode);
  return names;
}

oci::Strings capability_names(uint64_t mask) {
  oci::Strings names;
  for (size_t number = 0; number < std::size(oci::kCapabilities); ++number) {
    if ((mask >> number & 1) != 0) names.emplace_back(oci::kCapabilities[number]);
  }
  return names;
}

oci::Strings seccomp_flag_names(uint64_t flags) {
  return names_of(flags, kSeccompFlags);
}

oci::Strings step_flag_names(act::OpKind kind, uint16_t flags) {
  const auto* row = std::find_if(std::begin(kStepFlags), std::end(kStepFlags),
                                 [&](const StepFlags& known) { return known.kind == kind; });
  return names_of(flags, row == std::end(kStepFlags) ? std::span<const Bit>() : row->bits);
}

std::string propagation_name(uint32_t mode) {
  switch (mode) {
    case MS_PRIVATE:
      return "private";
    case MS_SLAVE:
      return "slave";
    case MS_SHARED:
      return "shared";
    case MS_UNBINDABLE:
      return "unbindable";
    default:
      return std::to_string(mode);
  }
}

}  // namespace tare
