// Capability names to masks.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "oci/config.h"

namespace tare::process {

// Bit n is capability n of capabilities(7).
struct CapabilitySets {
  uint64_t bounding = 0, effective = 0, inheritable = 0, permitted = 0, ambient = 0;
};

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
