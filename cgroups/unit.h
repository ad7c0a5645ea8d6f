// The unit of systemd that a container's cgroup is.
#pragma once

#include <string>

#include "cgroups/dbus_value.h"

namespace tare::cgroups {

// Whose manager made it: the system's, or the caller's own one.
struct Unit {
  std::string name;
  bool user_manager = false;
};

struct UnitProperty {
  std::string name;
  dbus::Value value;
};

}  // namespace tare::cgroups
