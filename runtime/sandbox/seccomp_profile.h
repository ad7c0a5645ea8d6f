// The filters a sandbox has unless another one is asked for.
#pragma once

#include <string>

#include "oci/config.h"

namespace tare::sandbox {

enum class Strictness {
  Default,  // what ordinary programs, compilers and language runtimes call
  Strict,   // computing and files alone: no sockets, no tracing of others, no real-time
};

// Lists what is allowed; everything else fails with EPERM, clone3 with ENOSYS, so that the C
// library takes clone, whose flags can be looked at.
oci::Seccomp seccomp_profile(Strictness strictness);

// A profile in the format of Docker and OCI. Throws what is wrong with the file.
oci::Seccomp read_profile(const std::string& path);

}  // namespace tare::sandbox
