// From wanted limits to writes: what the kernel needs to know of the limits in force is added, the
// rules are asked, and the rest is the conversion that a new container gets. The undo of each file
// is decided beforehand, from what the file says then.
#include "cgroups/update_plan.h"

#include <algorithm>
#include <cerrno>

#include "cgroups/device_program.h"
#include "cgroups/device_rules.h"
#include "cgroups/resources.h"
#include "cgroups/undo.h"
#include "oci/validate.h"
#include "runtime/base/error.h"
#include "runtime/base/log.h"
#include "runtime/base/paths.h"
#include "runtime/base/strings.h"

namespace tare::cgroups {
namespace {

void check_rules(const oci::Resources& resources) {
  std::vector<oci::Violation> violations;
  oci::validate(resources, violations);
  if (!violations.empty()) throw Error(oci::describe("resources", violations));
}

// A group that is to have a weight is not idle any more: the kernel takes none for an idle one.
void end_idleness(std::vector<FileWrite>& writes, const ReadControl& read) {
  auto is_idleness = [](const FileWrite& write) { return write.file == "cpu.idle"; };
  auto is_weight = [](const FileWrite& write) { return write.file.starts_with("cpu.weight"); };
  auto weight = std::find_if(writes.begin(), writes.end(), is_weight);
  if (weight == writes.end() || std::any_of(writes.begin(), writes.end(), is_idleness)) return;
  if (!is_idle(read)) return;
  writes.insert(weight, {.file = "cpu.idle", .value = "0", .pointer = weight->pointer});
}

// Engines begin every list with the denial of everything, without a type, and send that with each
// update, also where a container was given devices that they do not list (podman's CDI devices): by
// itself it says nothing. With a type it is meant.
bool says_something(const std::vector<oci::DeviceRule>& rules) {
  return std::any_of(rules.begin(), rules.end(), [](const oci::DeviceRule& rule) {
    return rule.allow.value_or(false) || !rule.type.empty() || rule.major || rule.minor;
  });
}

}  // namespace

UpdatePlan plan_update(const oci::Resources& wanted, const ReadControl& read) {
  const oci::Resources resources = with_limits_in_force(wanted, read);
  check_rules(resources);
  Conversion conversion = convert(resources);
  UpdatePlan plan;
  plan.writes = std::move(conversion.writes);
  plan.warnings = std::move(conversion.warnings);
  end_idleness(plan.writes, read);
  for (const FileWrite& write : plan.writes) {
    if (!plan.undo.contains(write.file)) {
      plan.undo[write.file] = undo_of(write.file, plan.writes, read);
    }
  }
  if (says_something(resources.devices)) {
    plan.device_program = device_program(device_policy(resources.devices));
  }
  return plan;
}

void require_enabled(std::vector<FileWrite>& writes, const std::vector<std::string>& controllers,
                     const std::string& path) {
  std::erase_if(writes, [&](const FileWrite& write) {
    std::string controller = controller_of(write.file);
    bool there = std::find(controllers.begin(), controllers.end(), controller) != controllers.end();
    if (controller.empty() || there) return false;
    if (write.no_limit) return true;
    throw Error(write.pointer + " needs the " + controller +
                " controller, which is not enabled for " + path + " (file " + write.file + ")")
        .with_hint("write +" + controller + " to " + parent_path(path) +
                   "/cgroup.subtree_control, or leave the limit out");
  });
}

Changes::Changes(const UpdatePlan& plan, TryWrite try_write)
    : plan_(plan), try_write_(std::move(try_write)) {}

Changes::~Changes() {
  if (!kept_) undo();
}

std::optional<WriteFailure> Changes::write() {
  return write_all(plan_.writes, [this](const FileWrite& write) {
    int error = try_write_(write);
    bool first = std::find(written_.begin(), written_.end(), write.file) == written_.end();
    if (error == 0 && first) written_.push_back(write.file);
    return error;
  });
}

// Files depend on each other, so those that refuse are tried again after the others.
void Changes::undo() {
  std::vector<const FileWrite*> again;
  for (auto file = written_.rbegin(); file != written_.rend(); ++file) {
    for (const FileWrite& write : plan_.undo.at(*file)) {
      if (try_write_(write) != 0) again.push_back(&write);
    }
  }
  for (const FileWrite* write : again) {
    int error = try_write_(*write);
    if (error == 0 || error == ENODEV) continue;  // ENODEV: the cgroup itself is gone
    log_warning("could not put " + write->file + " back to " + quote(write->value) + ": " +
                errno_text(error));
  }
}

}  // namespace tare::cgroups
