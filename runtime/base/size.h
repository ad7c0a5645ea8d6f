// Numbers of bytes as people write them.
#pragma once

#include <cstdint>
#include <string_view>

namespace tare {

// "50M" as 50·2²⁰ and so on, as docker and runc read sizes: a suffix of b, k, m, g, t, p in either
// case, perhaps with "iB" or "B" behind it and a blank before it; a decimal fraction; -1 for no
// limit. Throws otherwise.
int64_t parse_size(std::string_view text);

}  // namespace tare
