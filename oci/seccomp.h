// Questions about linux.seccomp that the rules, the compiler and create all ask.
#pragma once

#include <algorithm>
#include <string_view>

#include "oci/config.h"

namespace tare::oci {

inline constexpr std::string_view kNotify = "SCMP_ACT_NOTIFY";

// An agent at listenerPath is wanted. Without that action the path means nothing (config-linux.md,
// "Seccomp").
inline bool notifies(const Seccomp& seccomp) {
  return seccomp.default_action == kNotify ||
         std::any_of(seccomp.syscalls.begin(), seccomp.syscalls.end(),
                     [](const SeccompRule& rule) { return rule.action == kNotify; });
}

}  // namespace tare::oci
