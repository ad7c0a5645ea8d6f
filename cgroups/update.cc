// Limits of a cgroup that is there, changed as one: decide everything, write the files in order,
// replace the device program, and take all of it back if something fails on the way. The device
// program comes last because it changes in one step, which needs no undo.
#include "cgroups/update.h"

#include <cerrno>

#include "cgroups/control_file.h"
#include "cgroups/device_filter.h"
#include "cgroups/hierarchy.h"
#include "cgroups/resources.h"
#include "cgroups/unit_limits.h"
#include "cgroups/unit_properties.h"
#include "cgroups/update_plan.h"
#include "runtime/base/error.h"
#include "runtime/base/log.h"
#include "runtime/base/strings.h"

namespace tare::cgroups {
namespace {

ReadControl reader(const Fd& directory) {
  return [&directory](const std::string& file) -> std::optional<std::string> {
    try {
      return read_control(directory.get(), file);
    } catch (const Error& error) {
      log_debug(error.what());  // one that can only be written, such as memory.reclaim
      return std::nullopt;
    }
  };
}

TryWrite writer(const Fd& directory) {
  return [&directory](const FileWrite& write) {
    log_debug("cgroup: " + write.file + " = " + write.value);
    return try_write_control(directory.get(), write.file, write.value);
  };
}

void check_controllers(UpdatePlan& plan, const Fd& directory, const std::string& path) {
  // What the host does not have at all is told apart from what this cgroup was not given.
  if (auto hierarchy = find_hierarchy()) require_controllers(plan.writes, *hierarchy);
  auto enabled = read_control(directory.get(), "cgroup.controllers");
  require_enabled(plan.writes, words(enabled.value_or("")), path);
}

void filter_devices(const Fd& directory, const UpdatePlan& plan, const Target& target) {
  if (!plan.device_program || replace_device_program(directory, *plan.device_program)) return;
  if (!target.tolerate_no_permission) {
    throw Error(EPERM, "bpf", "device program of " + target.path);
  }
}

std::vector<FileWrite> former(const UpdatePlan& plan) {
  std::vector<FileWrite> writes;
  for (const auto& [file, undo] : plan.undo) writes.insert(writes.end(), undo.begin(), undo.end());
  return writes;
}

}  // namespace

void update(const Target& target, const oci::Resources& wanted) {
  if (target.path.empty()) throw Error("container has no cgroup whose limits could be changed");
  auto directory = open_cgroup(target.path);
  if (!directory) throw Error("container's cgroup does not exist: " + target.path);
  UpdatePlan plan = plan_update(wanted, reader(*directory));
  check_controllers(plan, *directory, target.path);
  for (const std::string& warning : plan.warnings) log_warning(warning);
  if (target.unit) round_quotas(plan.writes);

  // From here on everything is decided, and undone if it fails. The files have the last word over
  // what systemd makes of the same limits.
  std::optional<UnitLimits> limits;
  if (target.unit) {
    bool devices = plan.device_program && !target.unit->user_manager;
    limits.emplace(*target.unit, plan.writes, former(plan),
                   devices ? no_device_properties() : std::vector<UnitProperty>{});
  }
  Changes changes(plan, writer(*directory));
  if (auto failure = changes.write()) throw write_error(*failure, target.path);
  filter_devices(*directory, plan, target);
  changes.keep();
  if (limits) limits->keep();
}

}  // namespace tare::cgroups
