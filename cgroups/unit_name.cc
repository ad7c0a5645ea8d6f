// Slices are nested by their names: each dash begins one more level, so "a-b.slice" is inside of
// "a.slice", and the cgroup of a unit is below those of all slices it is in (systemd.slice(5)).
#include "cgroups/unit_name.h"

#include "runtime/base/error.h"
#include "runtime/base/strings.h"

namespace tare::cgroups {
namespace {

constexpr std::string_view kSlice = ".slice";
constexpr size_t kLongestName = 255;

bool is_name_byte(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == ':' ||
         c == '-' || c == '_' || c == '.' || c == '@' || c == '\\';
}

void check_length(const std::string& name) {
  if (name.size() <= kLongestName) return;
  throw Error("linux.cgroupsPath: the name of a systemd unit has 255 bytes at most: " +
              quote(name));
}

}  // namespace

bool is_slice(std::string_view unit) {
  return unit.ends_with(kSlice);
}

std::string escape_unit_name(std::string_view text) {
  constexpr const char* kDigits = "0123456789abcdef";
  std::string out;
  for (char c : text) {
    if (is_name_byte(c)) {
      out.push_back(c);
    } else {
      auto byte = static_cast<unsigned char>(c);
      out.append("\\x").append(1, kDigits[byte >> 4]).append(1, kDigits[byte & 15]);
    }
  }
  return out;
}

std::string slice_path(std::string_view slice) {
  if (slice == "-.slice") return "";
  std::string_view name = slice.substr(0, slice.size() - (is_slice(slice) ? kSlice.size() : 0));
  bool valid = is_slice(slice) && !name.empty();
  std::string path;
  std::string prefix;
  for (std::string_view part : split(name, '-')) {
    valid = valid && !part.empty() && escape_unit_name(part) == part;
    prefix += (prefix.empty() ? "" : "-") + std::string(part);
    path += "/" + prefix + std::string(kSlice);
  }
  if (!valid) throw Error("invalid slice name: " + quote(slice));
  return path;
}

UnitName unit_name(std::string_view cgroups_path, const UnitNameDefaults& defaults) {
  UnitName unit{defaults.slice, ""};
  std::string prefix = defaults.prefix;
  std::string name = defaults.name;
  if (!cgroups_path.empty()) {
    auto parts = split(cgroups_path, ':');
    if (parts.size() != 3) {
      throw Error(
          "expected cgroupsPath to be of format \"slice:prefix:name\" for systemd cgroups, "
          "got " +
          quote(cgroups_path) + " instead");
    }
    if (!parts[0].empty()) unit.slice = parts[0];
    prefix = parts[1];
    if (!parts[2].empty()) name = parts[2];
  }
  slice_path(unit.slice);
  if (is_slice(name)) {
    slice_path(name);
    unit.name = name;
  } else {
    if (!prefix.empty()) prefix = escape_unit_name(prefix) + "-";
    unit.name = prefix + escape_unit_name(name) + ".scope";
  }
  check_length(unit.slice);
  check_length(unit.name);
  return unit;
}

}  // namespace tare::cgroups
