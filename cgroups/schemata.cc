// A line is RESOURCE:DOMAIN=SHARE;DOMAIN=SHARE… (kernel: filesystems/resctrl.rst). The kernel
// writes it with blanks in front, masks of full width and every domain there is, so texts cannot be
// compared. Of a resource that begins with MB shares are decimal numbers, of all others hexadecimal
// masks.
#include "cgroups/schemata.h"

#include <charconv>
#include <optional>

#include "runtime/base/strings.h"

namespace tare::cgroups {
namespace {

// "name" and what is behind the separator.
struct Pair {
  std::string_view name, value;
};

std::optional<Pair> split_at(std::string_view text, char separator) {
  size_t at = text.find(separator);
  if (at == std::string_view::npos) return std::nullopt;
  return Pair{trim(text.substr(0, at)), trim(text.substr(at + 1))};
}

std::optional<uint64_t> number(std::string_view text, int base) {
  if (base == 16 && (text.starts_with("0x") || text.starts_with("0X"))) text.remove_prefix(2);
  uint64_t value = 0;
  auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value, base);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

bool is_bandwidth(std::string_view resource) {
  return resource.starts_with("MB");
}

// The value of `name` in a list of pairs.
std::optional<std::string_view> find(std::string_view list, std::string_view name, char between,
                                     char inside) {
  for (std::string_view part : split(list, between)) {
    auto pair = split_at(part, inside);
    if (pair && pair->name == name) return pair->value;
  }
  return std::nullopt;
}

bool is_share(std::string_view resource, std::string_view wanted, std::string_view granted,
              uint64_t step) {
  int base = is_bandwidth(resource) ? 10 : 16;
  auto asked = number(wanted, base);
  auto given = number(granted, base);
  if (!asked || !given) return wanted == granted;
  if (*asked == *given) return true;
  if (!is_bandwidth(resource) || step == 0) return false;
  return *given % step == 0 && *given > *asked && *given - *asked < step;
}

}  // namespace

bool schemata_agree(std::string_view wanted, std::string_view schemata, uint64_t bandwidth_step) {
  auto line = split_at(wanted, ':');
  if (!line) return false;
  auto granted = find(schemata, line->name, '\n', ':');
  if (!granted) return false;
  for (std::string_view part : split(line->value, ';')) {
    if (trim(part).empty()) continue;
    auto domain = split_at(part, '=');
    if (!domain) return false;
    auto share = find(*granted, domain->name, ';', '=');
    if (!share || !is_share(line->name, domain->value, *share, bandwidth_step)) return false;
  }
  return true;
}

}  // namespace tare::cgroups
