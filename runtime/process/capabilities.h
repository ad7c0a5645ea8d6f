// Capability names to masks.
#pragma once

#include <linux/capability.h>

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <vector>

#include "oci/config.h"

namespace tare::process {

// Bit n is capability n of capabilities(7).
struct CapabilitySets {
  uint64_t bounding = 0, effective = 0, inheritable = 0, permitted = 0, ambient = 0;
};

constexpr uint64_t capability_mask(std::initializer_list<int> numbers) {
  uint64_t mask = 0;
  for (int number : numbers) mask |= uint64_t{1} << number;
  return mask;
}

// What the work of tare-init may take in a user namespace. The others belong to the whole host, or
// to what no plan does.
inline constexpr uint64_t kInitCapabilities = capability_mask(
    {CAP_CHOWN,      CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH, CAP_FOWNER,    CAP_FSETID,
     CAP_KILL,       CAP_SETGID,       CAP_SETUID,          CAP_SETPCAP,   CAP_NET_ADMIN,
     CAP_SYS_CHROOT, CAP_SYS_PTRACE,   CAP_SYS_ADMIN,       CAP_SYS_NICE,  CAP_SYS_RESOURCE,
     CAP_MKNOD,      CAP_SETFCAP,      CAP_MAC_OVERRIDE,    CAP_MAC_ADMIN, CAP_CHECKPOINT_RESTORE});

// What can be granted at most: what we hold ourselves, or everything in a user namespace that the
// container's process is the first to enter (user_namespaces(7)).
struct CapabilityLimits {
  uint64_t bounding = 0, permitted = 0;
};
// Asks the kernel for the capabilities in the mask `of` only.
CapabilityLimits own_capability_limits(uint64_t of = ~uint64_t{0});
CapabilityLimits new_user_namespace_limits();

// Names unknown to us or newer than the running kernel, or not in `limits` (nothing: our own), are
// left out and named once in `warnings` (caps-1, caps-2). Ambient capabilities outside permitted
// and inheritable cannot be raised by the kernel, nor effective ones outside permitted: left out
// with a warning too.
CapabilitySets capability_sets(const oci::Capabilities& names, std::vector<std::string>& warnings,
                               std::optional<CapabilityLimits> limits = std::nullopt);

// Our own effective set holds it.
bool has_capability(int capability);
int last_capability();  // of the running kernel

}  // namespace tare::process
