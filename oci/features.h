// The features structure of runtime-spec section 12: what is built in, not what the host has.
#pragma once

#include <string>

namespace tare::oci {

inline constexpr const char* kSpecVersionMin = "1.0.0";
inline constexpr const char* kSpecVersionMax = "1.3.0";

// The document, four-space indent, trailing newline. `version` is tare's own, `commit` may be
// empty, `libseccomp` its version.
std::string features_json(const std::string& version, const std::string& commit,
                          const std::string& libseccomp);

}  // namespace tare::oci
