// Decides where a container's cgroup goes and what is written there. Reads three things of the host
// (the cgroup2 mount, its controllers, our own cgroup for relative paths), changes nothing.
// Paths (spec cgp-*; what runc does with its cgroupfs driver): an absolute one is below the mount,
// a relative one or none beside our own cgroup, because that one has processes (us) and a cgroup
// with processes cannot give controllers to children. "slice:prefix:name" is a relative path like
// any, unless the manager is systemd, for which it names the unit (plan_unit.cc).
#include <fcntl.h>

#include <algorithm>

#include "cgroups/cgroup.h"
#include "cgroups/control_file.h"
#include "cgroups/device_program.h"
#include "cgroups/device_rules.h"
#include "cgroups/hierarchy.h"
#include "cgroups/in_force.h"
#include "cgroups/plan_unit.h"
#include "cgroups/resources.h"
#include "runtime/base/error.h"
#include "runtime/base/paths.h"
#include "runtime/base/strings.h"
#include "runtime/base/sys.h"

namespace tare::cgroups {
namespace {

void check_path(std::string_view path) {
  auto is_control = [](unsigned char c) { return c < 0x20 || c == 0x7f; };
  if (std::any_of(path.begin(), path.end(), is_control)) {
    throw Error("linux.cgroupsPath has control characters: " + quote(path));
  }
  for (std::string_view part : split(path, '/')) {
    if (part == "..") throw Error("linux.cgroupsPath must not contain \"..\": " + quote(path));
  }
}

std::string directory_for(const Request& request, const Hierarchy& hierarchy) {
  std::string path = request.cgroups_path.value_or("");
  if (path.empty()) path = request.id;
  check_path(path);
  if (!path.starts_with('/')) path = absolute_from(parent_path(own_cgroup(hierarchy)), path);
  path = clean_absolute(path);
  if (path == "/") throw Error("linux.cgroupsPath: the root cgroup cannot be a container's");
  return hierarchy.mount + path;
}

const FileWrite* first_limit(const std::vector<FileWrite>& writes) {
  auto limits = [](const FileWrite& write) { return !write.no_limit; };
  auto found = std::find_if(writes.begin(), writes.end(), limits);
  return found == writes.end() ? nullptr : &*found;
}

Plan plan_without_cgroup(Plan plan) {
  if (const FileWrite* limit = first_limit(plan.writes)) {
    throw Error(limit->pointer + " needs a cgroup, but cgroups are disabled")
        .with_hint("remove --cgroup-manager disabled, or the limit");
  }
  plan.writes.clear();
  return plan;
}

}  // namespace

Plan make_plan(const Request& request) {
  const oci::Resources resources = request.resources.value_or(oci::Resources{});
  Conversion conversion = convert(resources);
  Plan plan;
  plan.manager = request.manager;
  plan.writes = std::move(conversion.writes);
  plan.warnings = std::move(conversion.warnings);
  if (request.manager == Manager::Disabled) return plan_without_cgroup(std::move(plan));

  plan.owner = request.owner;
  plan.tolerate_no_permission = request.tolerate_no_permission;
  plan.asked_for =
      !request.cgroups_path.value_or("").empty() || first_limit(plan.writes) != nullptr;
  auto hierarchy = find_hierarchy();
  if (!hierarchy && plan.tolerate_no_permission && !plan.asked_for) return plan;
  if (!hierarchy) {
    throw Error("cgroup2 is not mounted").with_hint("mount -t cgroup2 none /sys/fs/cgroup");
  }
  require_controllers(plan.writes, *hierarchy);
  plan.device_program = device_program(device_policy(resources.devices));
  if (request.manager == Manager::Systemd) {
    plan_unit(plan, request, *hierarchy);
  } else {
    plan.path = directory_for(request, *hierarchy);
  }
  plan.memory_and_swap = memory_and_swap(resources);
  plan.mount = std::move(hierarchy->mount);
  plan.controllers = std::move(hierarchy->controllers);
  if (resources.memory) {
    check_usage(*resources.memory, [&plan](const std::string& file) {
      return read_control(AT_FDCWD, plan.path + "/" + file);
    });
  }
  return plan;
}

std::vector<std::string> missing_parents(const Plan& plan) {
  std::vector<std::string> missing;
  if (plan.path.empty()) return missing;
  for (std::string parent = parent_path(plan.path);
       parent != plan.mount && is_within(parent, plan.mount) && !exists(parent);
       parent = parent_path(parent)) {
    missing.insert(missing.begin(), parent);
  }
  return missing;
}

bool exists(const std::string& path) {
  return sys::try_fstatat(AT_FDCWD, path).has_value();
}

}  // namespace tare::cgroups
