// SHA-256 (FIPS 180-4), for digests that others check with sha256sum(1).
#pragma once

#include <string>
#include <string_view>

namespace tare {

// The digest of `bytes` in 64 hexadecimal digits.
std::string sha256(std::string_view bytes);

}  // namespace tare
