// linux.seccomp to a program, by libseccomp.
#pragma once

#include <linux/filter.h>

#include <cstdint>
#include <string>
#include <vector>

#include "oci/config.h"
#include "runtime/process/seccomp_prologue.h"

namespace tare::process {

struct CompiledRules {
  std::vector<sock_filter> filter;
  std::vector<NewestCalls> newest;  // the native architecture first
};

// The filter for the rules alone: no prologue, no flags. The native architecture is always
// included. System calls unknown to libseccomp are skipped (sec-8) and named in the debug log.
// Throws on actions, operators and architectures that libseccomp does not know or cannot combine.
CompiledRules compile_rules(const oci::Seccomp& seccomp);

std::string libseccomp_version();  // "2.5.4"
uint32_t native_architecture();    // SCMP_ARCH_*

}  // namespace tare::process
