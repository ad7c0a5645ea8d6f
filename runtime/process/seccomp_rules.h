// linux.seccomp by number instead of by name.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "oci/config.h"
#include "runtime/process/seccomp_program.h"

namespace tare::process {

// The rules of the native ABI, always included, and of each listed one. System calls unknown to
// libseccomp are skipped (sec-8) and named in the debug log. Rules that do what the default does
// are left out. Throws on actions, operators, arguments and architectures that cannot be used.
std::vector<AbiRules> rules_by_number(const oci::Seccomp& seccomp);

std::string libseccomp_version();  // "2.5.4"
oci::Strings seccomp_architectures();
uint32_t native_architecture();  // SCMP_ARCH_*

}  // namespace tare::process
