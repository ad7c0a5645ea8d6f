// A container's cgroup from nothing to limited. Every name below the mount is walked by descriptor
// and made with mkdirat, so it cannot lead elsewhere. The usual start finds the parent there with
// its controllers enabled: then this is one openat2, one read and one mkdirat. Another container's
// delete may remove an empty parent between two steps of ours; the walk then begins again.
#include "cgroups/cgroup.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <utility>

#include "cgroups/control_file.h"
#include "cgroups/controllers.h"
#include "cgroups/delegation.h"
#include "cgroups/device_filter.h"
#include "cgroups/systemd.h"
#include "cgroups/unit_name.h"
#include "cgroups/writes.h"
#include "runtime/base/error.h"
#include "runtime/base/log.h"
#include "runtime/base/paths.h"
#include "runtime/base/strings.h"
#include "runtime/base/sys.h"

namespace tare::cgroups {
namespace {

constexpr int kAttempts = 16;
constexpr mode_t kMode = 0755;

int try_make_directory(const Fd& parent, const std::string& name) {
  return ::mkdirat(parent.get(), name.c_str(), kMode) == 0 ? 0 : errno;
}

bool lacks_permission(int error) {
  return error == EACCES || error == EPERM || error == EROFS;
}

void check_empty(const Fd& directory, const std::string& path) {
  std::string events = read_control(directory.get(), "cgroup.events").value_or("");
  if (keyed_value(events, "populated") == 1) {
    throw Error("container's cgroup is not empty: " + std::to_string(processes(path).size()) +
                " process(es) found in " + path);
  }
}

// A process born in a frozen cgroup never runs and one in a threaded cgroup is not a process's
// place; both may come from an ancestor, so new directories are looked at too.
void check_fit(const Fd& directory, const std::string& path) {
  std::string events = read_control(directory.get(), "cgroup.events").value_or("");
  if (keyed_value(events, "frozen") == 1) {
    throw Error("container's cgroup unexpectedly frozen: " + path);
  }
  std::string type(trim(read_control(directory.get(), "cgroup.type").value_or("")));
  if (type == "threaded" || type == "domain invalid") {
    throw Error("container's cgroup is in a threaded subtree: " + path + " is " + quote(type));
  }
}

// One that was there before may have been a parent ("no internal process", cgroups(7)).
void check_leaf(const Fd& directory, const std::string& path) {
  if (!trim(read_control(directory.get(), "cgroup.subtree_control").value_or("")).empty()) {
    throw Error("container's cgroup cannot hold processes: " + path +
                " gives controllers to its children");
  }
}

// Told before systemd, which says less of a unit that it has and takes over what somebody has made
// in the place of one that it has not.
void check_place(const Unit& unit, const std::string& path) {
  auto directory = open_cgroup(path);
  if (!directory) return;
  check_fit(*directory, path);
  if (!is_slice(unit.name)) check_empty(*directory, path);
}

}  // namespace

Cgroup::Cgroup(Cgroup&& other) noexcept
    : path_(std::move(other.path_)),
      unit_(std::move(other.unit_)),
      directory_(std::move(other.directory_)),
      created_(std::exchange(other.created_, false)),
      created_parents_(std::exchange(other.created_parents_, {})),
      kept_(other.kept_) {}

Cgroup::~Cgroup() {
  if (kept_ || (!created_ && created_parents_.empty())) return;
  // Want of descriptors may be what brought us here: removal gets at least this one.
  directory_ = {};
  // A destructor cannot throw; the error that brought us here is the one to be told first.
  try {
    if (unit_) remove_unit(*unit_, path_);
    remove(created_ ? path_ : "", created_parents_);
  } catch (const Error& error) {
    log_warning(error.what());
  }
}

std::optional<Cgroup> Cgroup::create(const Plan& plan) {
  if (plan.path.empty()) return std::nullopt;
  Cgroup cgroup;
  cgroup.path_ = plan.path;
  // Lack of permission is the expected answer to a rootless user without delegation.
  try {
    cgroup.make(plan);
  } catch (const Error& error) {
    if (!plan.tolerate_no_permission || !lacks_permission(error.error())) throw;
    if (!plan.asked_for) return std::nullopt;
    throw Error(
        "unable to apply cgroup configuration: rootless needs no limits + no cgrouppath when no "
        "permission is granted for "
        "cgroups: " +
        error.text());
  }
  check_empty(cgroup.directory_, plan.path);
  check_fit(cgroup.directory_, plan.path);
  if (!cgroup.created_) check_leaf(cgroup.directory_, plan.path);
  if (plan.owner) cgroup.hand_over_to(*plan.owner, plan);
  return cgroup;
}

// A slice holds only what is put there.
void Cgroup::enter(pid_t pid) {
  Scope scope("unit " + unit_->name);
  if (is_slice(unit_->name)) {
    int error = try_write_control(directory_.get(), "cgroup.procs", std::to_string(pid));
    if (error != 0) throw Error(error, "write", path_ + "/cgroup.procs");
  }
  std::vector<pid_t> members = processes(path_);
  if (std::find(members.begin(), members.end(), pid) == members.end()) {
    throw Error("systemd has not put process " + std::to_string(pid) + " into " + path_);
  }
}

Cgroup Cgroup::start(const Plan& plan, pid_t pid) {
  Cgroup cgroup;
  cgroup.path_ = plan.path;
  check_place(*plan.unit, plan.path);
  bool slice = is_slice(plan.unit->name);
  Systemd(plan.unit->user_manager).start(*plan.unit, plan.unit_properties, slice ? 0 : pid);
  cgroup.unit_ = plan.unit;  // from here on the destructor ends the unit
  cgroup.created_ = true;
  auto parent = cgroup.prepare_parent(plan);
  auto directory = parent ? open_below(*parent, std::string(base_name(plan.path))) : std::nullopt;
  if (!directory) throw Error("systemd has made no cgroup " + plan.path);
  cgroup.directory_ = std::move(*directory);
  check_fit(cgroup.directory_, plan.path);
  cgroup.enter(pid);
  if (plan.owner) cgroup.hand_over_to(*plan.owner, plan);
  return cgroup;
}

// An ordinary user may not give away what a manager gave him; being handed over is an offer
// (own-1).
void Cgroup::hand_over_to(uid_t owner, const Plan& plan) {
  auto kernel_list = sys::try_read_file_at(AT_FDCWD, "/sys/kernel/cgroup/delegate");
  try {
    hand_over(directory_, path_, owner, delegated_files(kernel_list));
  } catch (const Error& error) {
    if (!plan.tolerate_no_permission || !lacks_permission(error.error())) throw;
  }
}

void Cgroup::make(const Plan& plan) {
  std::string name(base_name(plan.path));
  for (int attempt = 0; attempt < kAttempts; ++attempt) {
    auto parent = prepare_parent(plan);
    if (!parent) continue;
    int error = try_make_directory(*parent, name);
    if (error == ENOENT) continue;
    if (error != 0 && error != EEXIST) throw Error(error, "mkdir", plan.path);
    created_ = error == 0;  // from here on the destructor removes it
    auto directory = open_below(*parent, name);
    if (!directory) {
      created_ = false;
      continue;
    }
    directory_ = std::move(*directory);
    return;
  }
  throw Error("cannot make cgroup " + plan.path + ": it is no directory, or is removed at once");
}

// The parent directory with every controller it can give; nothing when some directory was removed
// meanwhile.
std::optional<Fd> Cgroup::prepare_parent(const Plan& plan) {
  auto current = open_cgroup(plan.mount);
  if (!current) throw Error(ENOENT, "open", plan.mount);
  std::string below = parent_path(plan.path).substr(plan.mount.size());
  if (!below.empty()) {
    auto parent = open_below(*current, below.substr(1));
    if (parent && not_enabled(*parent, plan.controllers).empty()) return parent;
  }
  std::string path = plan.mount;
  std::vector<std::string> wanted = plan.controllers;
  enable_controllers(*current, path, plan, wanted);
  for (std::string_view part : split(below, '/')) {
    if (part.empty()) continue;
    std::string name(part);
    path += "/" + name;
    int error = try_make_directory(*current, name);
    if (error == ENOENT) return std::nullopt;
    if (error != 0 && error != EEXIST) throw Error(error, "mkdir", path);
    if (error == 0 && std::find(created_parents_.begin(), created_parents_.end(), path) ==
                          created_parents_.end()) {
      created_parents_.push_back(path);
      mark_created(path);
    }
    current = open_below(*current, name);
    if (!current) return std::nullopt;
    enable_controllers(*current, path, plan, wanted);
  }
  return current;
}

void Cgroup::filter_devices(const Plan& plan) {
  bool permitted = !plan.tolerate_no_permission;
  bool wanted = !plan.device_program.empty();
  if (wanted) {
    permitted = attach_device_program(directory_, plan.device_program);
    // Inside a user namespace bpf(2) is refused, and the kernel itself lets nobody make devices.
    if (!permitted && !plan.tolerate_no_permission) {
      throw Error(EPERM, "bpf", "device program of " + path_);
    }
  }
  if (!created_ && permitted) detach_device_programs(directory_, wanted ? 1 : 0);
}

void Cgroup::apply(const Plan& plan) {
  auto failure = write_all(plan.writes, [this](const FileWrite& write) {
    return try_write_control(directory_.get(), write.file, write.value);
  });
  if (failure) throw write_error(*failure, path_);
}

}  // namespace tare::cgroups
