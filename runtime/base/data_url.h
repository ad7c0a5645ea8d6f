// Bytes in a text, as RFC 2397 has it: "data:,plain text" or "data:;base64,AAE=".
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace tare {

// Plain where every byte is a printable character or a line break, base64 otherwise.
std::string data_url(std::string_view bytes);

// The bytes of `text`; nothing when it begins with "data:" and is none of the two forms, or does
// not begin so. A plain text stands as it is: "%" is a percent sign.
std::optional<std::string> read_data_url(std::string_view text);

}  // namespace tare
