// Spans of time on the command line, in the notation of Go.
#pragma once

#include <chrono>
#include <optional>
#include <string_view>

namespace tare {

// "5s", "100ms", "1m30s", "1.5h", "-2us"; "0". Units are ns, us (µs), ms, s, m and h. Nothing for
// anything else, and for what does not fit.
std::optional<std::chrono::nanoseconds> parse_duration(std::string_view text);

}  // namespace tare
