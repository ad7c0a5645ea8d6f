// uids=0-1000-10#@10-0-5;gids=0-1000-10: parts divided by ";", ranges by "#", numbers by "-".
#include "oci/inline_mapping.h"

#include "runtime/base/strings.h"

namespace tare::oci {
namespace {

std::optional<InlineRange> parse_range(std::string_view text) {
  InlineRange range;
  range.relative = text.starts_with('@');
  if (range.relative) text.remove_prefix(1);
  std::vector<std::string_view> words = split(text, '-');
  if (words.size() != 3) return std::nullopt;
  auto file = parse_number<uint32_t>(words[0]);
  auto host = parse_number<uint32_t>(words[1]);
  auto count = parse_number<uint32_t>(words[2]);
  if (!file || !host || !count) return std::nullopt;
  range.ids = {*file, *host, *count};
  return range;
}

bool parse_ranges(std::string_view text, std::vector<InlineRange>& ranges) {
  if (!ranges.empty()) return false;  // said twice
  for (std::string_view part : split(text, '#')) {
    auto range = parse_range(part);
    if (!range) return false;
    ranges.push_back(*range);
  }
  return true;
}

}  // namespace

std::optional<InlineMapping> parse_inline_mapping(std::string_view text) {
  constexpr std::string_view kUids = "uids=", kGids = "gids=";
  InlineMapping mapping;
  for (std::string_view part : split(text, ';')) {
    bool uids = part.starts_with(kUids);
    if (!uids && !part.starts_with(kGids)) return std::nullopt;
    if (!parse_ranges(part.substr(kUids.size()), uids ? mapping.uids : mapping.gids)) {
      return std::nullopt;
    }
  }
  if (mapping.uids.empty() || mapping.gids.empty()) return std::nullopt;
  return mapping;
}

}  // namespace tare::oci
