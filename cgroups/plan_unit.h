// Deciding what systemd is asked for.
#pragma once

#include "cgroups/cgroup.h"
#include "cgroups/hierarchy.h"

namespace tare::cgroups {

// Fills in path, unit and unit_properties of a plan that has its writes. Asks systemd who it is,
// changes nothing.
void plan_unit(Plan& plan, const Request& request, const Hierarchy& hierarchy);

}  // namespace tare::cgroups
