// The options of `update` that name limits, as the document they stand for.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "oci/config.h"
#include "runtime/cli/options.h"

namespace tare::cli {

// Throws "invalid value for OPTION: …".
oci::Resources limits_given(const Options& options);

// "50M" as 50·2²⁰ and so on, as docker and runc read sizes: a suffix of b, k, m, g, t, p in either
// case, perhaps with "iB" or "B" behind it and a blank before it; a decimal fraction; -1 for no
// limit. Throws otherwise.
int64_t parse_size(std::string_view text);

}  // namespace tare::cli
