// The filters of seccomp_profile.h, compiled when tare is built: looking up three hundred names on
// three ABIs takes longer than everything else that a sandbox asks of this process.
#pragma once

#include "runtime/process/seccomp.h"
#include "runtime/sandbox/seccomp_profile.h"

namespace tare::sandbox {

// What process::compile_seccomp makes of the profile.
process::SeccompFilter built_in_filter(Strictness strictness);

}  // namespace tare::sandbox
