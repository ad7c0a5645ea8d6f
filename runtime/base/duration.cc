// A sign, then one or more numbers, each with its unit (Go: time.ParseDuration). Computed in
// integers, a fraction digit by digit, so that what can be told exactly is exact.
#include "runtime/base/duration.h"

#include <cstdint>
#include <limits>

namespace tare {
namespace {

constexpr uint64_t kMost = std::numeric_limits<int64_t>::max();

struct Unit {
  std::string_view name;
  uint64_t nanoseconds;
};
// Where one is the beginning of another the longer one stands first.
constexpr Unit kUnits[] = {
    {"ns", 1},           {"us", 1000},      {"\xc2\xb5s", 1000},  // the micro sign
    {"\xce\xbcs", 1000},                                          // the Greek letter
    {"ms", 1000000},     {"s", 1000000000}, {"m", 60000000000},  {"h", 3600000000000}};

std::string_view take_digits(std::string_view& text) {
  size_t count = 0;
  while (count < text.size() && text[count] >= '0' && text[count] <= '9') ++count;
  std::string_view digits = text.substr(0, count);
  text.remove_prefix(count);
  return digits;
}

const Unit* take_unit(std::string_view& text) {
  for (const Unit& unit : kUnits) {
    if (!text.starts_with(unit.name)) continue;
    text.remove_prefix(unit.name.size());
    return &unit;
  }
  return nullptr;
}

bool add(uint64_t& sum, uint64_t number) {
  if (number > kMost - sum) return false;
  sum += number;
  return true;
}

// Adds one number with its unit to `sum`.
bool take_part(std::string_view& text, uint64_t& sum) {
  std::string_view whole = take_digits(text), fraction;
  if (text.starts_with('.')) {
    text.remove_prefix(1);
    fraction = take_digits(text);
  }
  if (whole.empty() && fraction.empty()) return false;
  const Unit* unit = take_unit(text);
  if (unit == nullptr) return false;
  uint64_t number = 0;
  for (char digit : whole) {
    if (number > kMost / 10) return false;
    number = number * 10 + static_cast<uint64_t>(digit - '0');
  }
  if (number > kMost / unit->nanoseconds || !add(sum, number * unit->nanoseconds)) return false;
  uint64_t scale = unit->nanoseconds;
  for (char digit : fraction) {
    scale /= 10;  // what is less than a nanosecond is dropped; minutes and hours lose nothing
    if (!add(sum, scale * static_cast<uint64_t>(digit - '0'))) return false;
  }
  return true;
}

}  // namespace

std::optional<std::chrono::nanoseconds> parse_duration(std::string_view text) {
  bool negative = text.starts_with('-');
  if (negative || text.starts_with('+')) text.remove_prefix(1);
  uint64_t sum = 0;
  if (text != "0") {
    if (text.empty()) return std::nullopt;
    while (!text.empty()) {
      if (!take_part(text, sum)) return std::nullopt;
    }
  }
  auto count = static_cast<int64_t>(sum);
  return std::chrono::nanoseconds(negative ? -count : count);
}

}  // namespace tare
