// Ranges are visited, not expanded, while a list is only checked: "0-4294967295" costs nothing.
#include "oci/number_list.h"

#include "runtime/base/strings.h"

namespace tare::oci {
namespace {

struct Range {
  uint32_t first = 0, last = 0;
};

std::optional<Range> parse_range(std::string_view text) {
  size_t dash = text.find('-');
  std::optional<uint32_t> first = parse_number<uint32_t>(text.substr(0, dash));
  if (!first) return std::nullopt;
  if (dash == std::string_view::npos) return Range{*first, *first};
  std::optional<uint32_t> last = parse_number<uint32_t>(text.substr(dash + 1));
  if (!last || *last < *first) return std::nullopt;
  return Range{*first, *last};
}

// Nothing when one part is no range.
std::optional<std::vector<Range>> parse_list(std::string_view text) {
  std::vector<Range> ranges;
  for (std::string_view part : split(text, ',')) {
    std::optional<Range> range = parse_range(trim(part));
    if (!range) return std::nullopt;
    ranges.push_back(*range);
  }
  return ranges;
}

}  // namespace

bool is_number_list(std::string_view text) {
  return parse_list(text).has_value();
}

std::optional<std::vector<uint64_t>> number_mask(std::string_view text, uint32_t limit) {
  constexpr uint32_t kBits = 64;
  std::optional<std::vector<Range>> ranges = parse_list(text);
  if (!ranges) return std::nullopt;
  std::vector<uint64_t> mask;
  for (const Range& range : *ranges) {
    if (range.last >= limit) return std::nullopt;
    if (mask.size() <= range.last / kBits) mask.resize(range.last / kBits + 1);
    for (uint32_t n = range.first; n <= range.last; ++n)
      mask[n / kBits] |= uint64_t{1} << n % kBits;
  }
  return mask;
}

}  // namespace tare::oci
