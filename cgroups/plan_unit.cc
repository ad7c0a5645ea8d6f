// A container's unit is a scope: systemd did not start what is in it, and leaves it alone but for
// the limits (systemd.scope(5)). It is delegated, so that systemd keeps its hands off the cgroups
// below, and it is stopped with its slice, not with the system's ordinary services. A slice, which
// a path may name too, holds no process that systemd would move, and knows no delegation.
#include "cgroups/plan_unit.h"

#include "cgroups/device_rules.h"
#include "cgroups/systemd.h"
#include "cgroups/unit_name.h"
#include "cgroups/unit_properties.h"

namespace tare::cgroups {
namespace {

std::vector<UnitProperty> kind_properties(const UnitName& name) {
  if (is_slice(name.name)) {
    return {{"Wants", dbus::strings({name.slice})}, {"DefaultDependencies", dbus::boolean(false)}};
  }
  return {{"Slice", dbus::text(name.slice)},
          {"Delegate", dbus::boolean(true)},
          {"DefaultDependencies", dbus::boolean(false)}};
}

}  // namespace

void plan_unit(Plan& plan, const Request& request, const Hierarchy& hierarchy) {
  bool user = has_user_manager();
  UnitName name = unit_name(request.cgroups_path.value_or(""),
                            {user ? "user.slice" : "system.slice", "tare", request.id});
  std::vector<UnitProperty> annotated = annotated_properties(request.annotations);
  Systemd systemd(user);
  int version = systemd.version();
  plan.unit = Unit{name.name, user};
  plan.path = hierarchy.mount + systemd.control_group() +
              slice_path(is_slice(name.name) ? name.name : name.slice);
  if (!is_slice(name.name)) plan.path += "/" + name.name;

  std::vector<UnitProperty>& properties = plan.unit_properties;
  properties = kind_properties(name);
  properties.push_back({"Description", dbus::text("container " + request.id)});
  for (const char* accounting :
       {"MemoryAccounting", "CPUAccounting", "IOAccounting", "TasksAccounting"}) {
    properties.push_back({accounting, dbus::boolean(true)});
  }
  round_quotas(plan.writes);
  override_properties(properties, limit_properties(plan.writes, version));
  // A user's manager may not filter devices, and says so in the journal each time.
  if (!user) {
    const oci::Resources resources = request.resources.value_or(oci::Resources{});
    override_properties(properties, device_properties(device_policy(resources.devices), version));
  }
  override_properties(properties, std::move(annotated));
}

}  // namespace tare::cgroups
