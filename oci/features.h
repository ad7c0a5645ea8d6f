// The features structure of runtime-spec section 12: what is built in, not what the host has.
#pragma once

#include <string>

#include "oci/config.h"

namespace tare::oci {

inline constexpr const char* kSpecVersionMin = "1.0.0";
inline constexpr const char* kSpecVersionMax = "1.3.0";

// What the build decided, and the one thing that the kernel decides.
struct Build {
  std::string version;  // tare's own
  std::string commit;   // may be empty
  std::string libseccomp;
  Strings seccomp_architectures;  // that this libseccomp knows, as linux.seccomp names them
  Strings seccomp_flags;          // that the running kernel takes, as linux.seccomp names them
};

// The document, four-space indent, trailing newline.
std::string features_json(const Build& build);

}  // namespace tare::oci
