// The names of systemd's units, and where in the hierarchy a unit's cgroup is. Pure.
#pragma once

#include <string>
#include <string_view>

namespace tare::cgroups {

struct UnitName {
  std::string slice;  // the unit is in: "machine.slice"
  std::string name;   // "tare-c1.scope", or that of a slice
};

struct UnitNameDefaults {
  std::string slice;
  std::string prefix;
  std::string name;
};

// linux.cgroupsPath as the systemd manager reads it: "slice:prefix:name"; what is empty is the
// default. A name that ends in ".slice" is the unit's own, any other makes "prefix-name.scope".
// Throws for another form and for names that no unit can have.
UnitName unit_name(std::string_view cgroups_path, const UnitNameDefaults& defaults);

// "a-b.slice" as "/a.slice/a-b.slice"; "-.slice", the root, is empty. Throws for what is no slice's
// name (systemd.slice(5)).
std::string slice_path(std::string_view slice);

// Bytes that the name of a unit may not have, as "\x2b" (systemd.unit(5), "string escaping").
std::string escape_unit_name(std::string_view text);

bool is_slice(std::string_view unit);

}  // namespace tare::cgroups
