// Capability names to masks.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "oci/config.h"

namespace tare::process {

// Bit n is capability n of capabilities(7).
struct CapabilitySets {
  uint64_t bounding = 0, effective = 0, inheritable = 0, permitted = 0, ambient = 0;
};

// Names unknown to us or newer than the running kernel, or not in our own bounding set, are left
// out and named once in `warnings` (caps-1, caps-2). Ambient capabilities outside permitted and
// inheritable cannot be raised by the kernel: left out with a warning too.
CapabilitySets capability_sets(const oci::Capabilities& names, std::vector<std::string>& warnings);

// Our own effective set holds it.
bool has_capability(int capability);
int last_capability();               // of the running kernel (/proc/sys/kernel/cap_last_cap)
oci::Strings known_capabilities();   // "CAP_CHOWN" …, as features lists them

}  // namespace tare::process
