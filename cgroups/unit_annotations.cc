// Annotations whose names begin with "org.systemd.property." are properties of the container's
// unit: engines pass them through, and take care who may (features announces them as unsafe).
// systemd has only microseconds on its bus, people and unit files have seconds: a name in seconds
// is theirs (systemd.time(7)).
#include <algorithm>
#include <bit>

#include "cgroups/gvariant.h"
#include "cgroups/unit_properties.h"
#include "oci/unit_annotation.h"
#include "runtime/base/error.h"
#include "runtime/base/strings.h"

namespace tare::cgroups {
namespace {

constexpr std::string_view kPrefix = oci::annotation::kSystemdProperty;
constexpr std::string_view kSeconds = "Sec";
constexpr uint64_t kMicroseconds = 1'000'000;

// What makes the unit this container's.
constexpr std::string_view kOwn[] = {"PIDs", "Slice", "Delegate"};

bool is_lower(char c) {
  return c >= 'a' && c <= 'z';
}

bool is_upper(char c) {
  return c >= 'A' && c <= 'Z';
}

bool is_property_name(std::string_view name) {
  auto is_letter = [](char c) { return is_lower(c) || is_upper(c); };
  return name.size() >= 3 && is_upper(name.front()) &&
         std::all_of(name.begin(), name.end(), is_letter);
}

// "TimeoutStopSec", but not "TimeoutStopUSec".
bool is_in_seconds(std::string_view name) {
  return name.ends_with(kSeconds) && name.size() > kSeconds.size() &&
         is_lower(name[name.size() - kSeconds.size() - 1]);
}

dbus::Value in_microseconds(const dbus::Value& seconds) {
  constexpr uint64_t kMost = UINT64_MAX / kMicroseconds;
  if (seconds.signature == "d") {
    double value = std::bit_cast<double>(seconds.number());
    if (value >= 0 && value < static_cast<double>(kMost)) {
      return dbus::number('t', static_cast<uint64_t>(value * static_cast<double>(kMicroseconds)));
    }
  } else if (seconds.signature.find_first_of("ynqiuxt") == 0) {
    bool is_signed = seconds.signature.find_first_of("nix") == 0;
    bool negative = is_signed && static_cast<int64_t>(seconds.number()) < 0;
    if (!negative && seconds.number() <= kMost) {
      return dbus::number('t', seconds.number() * kMicroseconds);
    }
  }
  throw Error("not a number of seconds");
}

UnitProperty annotated(std::string name, const std::string& text) {
  if (!is_property_name(name)) throw Error("not the name of a property of a unit");
  if (std::find(std::begin(kOwn), std::end(kOwn), name) != std::end(kOwn)) {
    throw Error("this property is the runtime's own");
  }
  dbus::Value value = dbus::parse_gvariant(text);
  if (!is_in_seconds(name)) return {std::move(name), std::move(value)};
  name.replace(name.size() - kSeconds.size(), kSeconds.size(), "USec");
  return {std::move(name), in_microseconds(value)};
}

}  // namespace

std::vector<UnitProperty> annotated_properties(const oci::Map<std::string>& annotations) {
  std::vector<UnitProperty> properties;
  for (const auto& [key, value] : annotations) {
    if (!key.starts_with(kPrefix)) continue;
    Scope scope("annotation " + quote(key));
    properties.push_back(annotated(key.substr(kPrefix.size()), value));
  }
  return properties;
}

}  // namespace tare::cgroups
