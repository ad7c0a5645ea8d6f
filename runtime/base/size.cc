// Integers as far as they go; only a fraction is computed in floating point.
#include "runtime/base/size.h"

#include <algorithm>
#include <cmath>
#include <optional>
#include <string>

#include "runtime/base/error.h"
#include "runtime/base/strings.h"

namespace tare {
namespace {

// What is behind the number in a size, as a power of 1024.
std::optional<int> suffix_power(std::string_view suffix) {
  std::string lower(suffix);
  for (char& c : lower) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  if (lower.starts_with(' ') && lower.size() > 1) lower.erase(0, 1);
  if (lower.empty() || lower == "b") return 0;
  constexpr std::string_view kLetters = " kmgtp";
  size_t power = kLetters.find(lower[0]);
  std::string_view rest = std::string_view(lower).substr(1);
  if (power == 0 || power == std::string_view::npos) return std::nullopt;
  if (!rest.empty() && rest != "b" && rest != "ib") return std::nullopt;
  return static_cast<int>(power);
}

}  // namespace

int64_t parse_size(std::string_view text) {
  if (text == "-1") return -1;
  auto refuse = [text]() -> Error { return Error("invalid size: " + quote(text)); };
  size_t end = std::min(text.find_first_not_of("0123456789."), text.size());
  std::string_view digits = text.substr(0, end);
  auto power = suffix_power(text.substr(end));
  size_t point = digits.find('.');
  auto whole = parse_number<int64_t>(digits.substr(0, point));
  if (!power || !whole) throw refuse();
  int64_t unit = int64_t{1} << (10 * *power);
  if (*whole > INT64_MAX / unit) throw refuse();
  int64_t bytes = *whole * unit;
  if (point == std::string_view::npos) return bytes;
  constexpr size_t kMostDecimals = 15;  // what a double holds exactly
  std::string_view decimals = digits.substr(point + 1);
  auto fraction = parse_number<uint64_t>(decimals);
  if (!fraction || decimals.size() > kMostDecimals) throw refuse();
  double part =
      static_cast<double>(*fraction) / std::pow(10.0, static_cast<double>(decimals.size()));
  auto rest = static_cast<int64_t>(part * static_cast<double>(unit));
  if (bytes > INT64_MAX - rest) throw refuse();
  return bytes + rest;
}

}  // namespace tare
