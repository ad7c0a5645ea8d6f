// Resource limit names to numbers.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace tare::process {

// RLIMIT_NOFILE → the number of getrlimit(2); nothing for unknown names (rlimits-1).
std::optional<int> rlimit_number(std::string_view name);

}  // namespace tare::process
