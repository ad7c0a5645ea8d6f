// Tables of bits. What is not in a table is shown as a number, never left out: a plan says
// everything.
#include "runtime/container/explain_words.h"

#include <linux/sched.h>
#include <linux/seccomp.h>
#include <sys/mount.h>

#include <cstdio>
#include <span>

#include "oci/names.h"
#include "runtime/act/plan.h"

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

constexpr Bit kStepFlags[] = {
    {flag::kRecursive, "recursive"},
    {flag::kInherit, "keep flags that are locked"},
    {flag::kKeepGroups, "keep supplementary groups"},
    {flag::kUnlessDenied, "keep supplementary groups where setgroups is denied"},
    {flag::kChroot, "by chroot"},
    {flag::kMoveRoot, "by moving the mount"},
    {flag::kNoSymlinks, "no symbolic link"},
    {flag::kOnProc, "may lie on procfs"},
    {flag::kModeOfTarget, "mode of what it covers"},
    {flag::kFile, "as a file"},
    {flag::kOfPidNamespace, "of the joined pid namespace"},
    {flag::kMayExist, "unless it exists"},
    {flag::kDirectory, "a directory"},
    {flag::kKeepRoot, "keep the root"},
};

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

oci::Strings step_flag_names(uint16_t flags) {
  return names_of(flags, kStepFlags);
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

std::string octal(uint64_t mode) {
  char text[32];
  std::snprintf(text, sizeof text, "%04llo", static_cast<unsigned long long>(mode));
  return text;
}

}  // namespace tare
