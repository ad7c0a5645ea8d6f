// What is wrong with a document, and where.
#pragma once

#include <concepts>
#include <string>
#include <string_view>
#include <vector>

namespace tare::oci {

// One thing wrong with a document: `pointer` is the JSON pointer (RFC 6901) of the member, "" for
// the whole document.
struct Violation {
  std::string pointer;
  std::string text;
};

// All violations as one message, "config.json: /a/b: text" each, joined by "; " for one line. Of a
// great many only the first are written out.
std::string describe(std::string_view document, const std::vector<Violation>& violations);

// Adds "/part" to a JSON pointer, the part escaped.
void append_to_pointer(std::string& pointer, std::string_view part);

// pointer("mounts", 3, "type") is "/mounts/3/type".
template <typename... Parts>
std::string pointer(const Parts&... parts) {
  std::string result;
  auto append = [&result](const auto& part) {
    if constexpr (std::integral<std::decay_t<decltype(part)>>) {
      append_to_pointer(result, std::to_string(part));
    } else {
      append_to_pointer(result, part);
    }
  };
  (append(parts), ...);
  return result;
}

}  // namespace tare::oci
