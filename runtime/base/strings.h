// Small text helpers that the standard library of C++20 lacks.
#pragma once

#include <charconv>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tare {

// "abc" with quotes; control bytes, quotes and backslashes escaped as in C (\n, \x1b): untrusted
// text never reaches a terminal raw.
std::string quote(std::string_view text);
std::string octal(uint32_t mode);  // "0644"
// The same without the quotes around it.
std::string escape(std::string_view text);

std::vector<std::string_view> split(std::string_view text, char separator);
std::string join(const std::vector<std::string>& parts, std::string_view separator);
std::string_view trim(std::string_view text);
// What stands between blanks, tabs and ends of lines.
std::vector<std::string> words(std::string_view text);
bool equal_ignoring_case(std::string_view a, std::string_view b);  // of the letters of ASCII

// The whole of `text` as a decimal number of type T; no sign for unsigned types, no blanks, no
// leading '+'; nothing when it is anything else or out of range.
template <typename T>
std::optional<T> parse_number(std::string_view text) {
  T value{};
  auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size() || text.empty()) return std::nullopt;
  return value;
}

}  // namespace tare
