// The words of linux.seccomp as the numbers of seccomp(2).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "oci/config.h"

namespace tare::process {

// The SECCOMP_RET_* value of an action, with the errno or trace message in its low half:
// `errno_ret` or EPERM for SCMP_ACT_ERRNO and SCMP_ACT_TRACE, nothing for others (an errno for one
// of those is an Error, sec-4). Throws on unknown actions and on numbers the kernel would cut off.
uint32_t seccomp_action(std::string_view action, std::optional<uint32_t> errno_ret);

// The SECCOMP_FILTER_FLAG_* for loading, NEW_LISTENER when an action notifies. Throws on flags
// unknown to us or to the running kernel.
uint32_t seccomp_flags(const oci::Seccomp& seccomp);

}  // namespace tare::process
