// Being born in a cgroup costs next to nothing, moving there up to 10 ms. But Linux 6.18 kills what
// is born into a cgroup whose cgroup.kill was ever written: birth is only for the cgroup that we
// made, for init itself and while init is alive in it.
//
// Init may have moved below, when the container manages its cgroup itself, or be moved by the host.
// Whether its old place can still hold processes ("no internal process", cgroups(7)) the kernel
// tells who tries.
#include "cgroups/entrance.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>

#include "cgroups/cgroup.h"
#include "cgroups/control_file.h"
#include "cgroups/hierarchy.h"
#include "cgroups/systemd.h"
#include "runtime/base/error.h"
#include "runtime/base/paths.h"
#include "runtime/base/strings.h"
#include "runtime/base/sys.h"

namespace tare::cgroups {
namespace {

Fd open_processes(const Fd& directory) {
  return sys::openat(directory.get(), "cgroup.procs", O_WRONLY);
}

// By lexical walk: no name may be "..", whatever it would lead to.
bool leads_outside(const std::string& sub) {
  int depth = 0;
  for (std::string_view part : split(sub, '/')) {
    if (part == "..") {
      if (--depth < 0) return true;
    } else if (!part.empty() && part != ".") {
      ++depth;
    }
  }
  return false;
}

Entrance entrance_below(const EntranceRequest& request) {
  if (leads_outside(*request.sub)) throw Error("bad sub cgroup path: " + *request.sub);
  std::string below = clean_absolute(*request.sub).substr(1);
  Entrance entrance;
  entrance.path = below.empty() ? request.path : request.path + "/" + below;
  auto directory = open_cgroup(request.path);
  if (directory && !below.empty()) directory = open_below(*directory, below);
  if (!directory) throw Error(ENOENT, "can't open cgroup", entrance.path);
  entrance.processes = open_processes(*directory);
  return entrance;
}

// The cgroup of `init`; empty where it cannot be seen from here.
std::string cgroup_of(pid_t init) {
  auto hierarchy = find_hierarchy();
  auto text = sys::try_read_file_at(AT_FDCWD, "/proc/" + std::to_string(init) + "/cgroup");
  if (!hierarchy || !text) return {};
  auto entry = unified_entry(*text);
  if (!entry || entry->starts_with("/..")) return {};
  return *entry == "/" ? hierarchy->mount : hierarchy->mount + *entry;
}

// Moving takes the right to write to the cgroup.procs of what both places are in (cgroups(7),
// "Cgroup delegation"), which a user in a login session lacks.
bool may_move_to(const std::string& path) {
  auto hierarchy = find_hierarchy();
  if (!hierarchy) return true;
  std::string common = clean_absolute(hierarchy->mount + own_cgroup(*hierarchy));
  while (!is_within(path, common) && common != "/") common = parent_path(common);
  return ::faccessat(AT_FDCWD, (common + "/cgroup.procs").c_str(), W_OK, AT_EACCESS) == 0;
}

}  // namespace

void enter_by_systemd(const Entrance& entrance, pid_t pid) {
  Systemd(entrance.unit->user_manager).attach(entrance.unit->name, pid);
}

void Entrance::move_later() {
  if (!birthplace) return;
  processes = open_processes(birthplace);
  birthplace = {};
}

Entrance entrance_of(const Cgroup& cgroup) {
  Entrance entrance;
  entrance.path = cgroup.path();
  if (cgroup.created()) {
    entrance.birthplace = sys::dup_cloexec(cgroup.fd());
  } else {
    entrance.processes = open_processes(cgroup.fd());
  }
  return entrance;
}

Entrance find_entrance(const EntranceRequest& request) {
  if (request.path.empty()) {
    if (request.sub) throw Error("bad sub cgroup path: the container has no cgroup");
    return {};
  }
  if (request.sub) return entrance_below(request);
  Entrance entrance;
  entrance.path = request.path;
  if (request.unit && request.unit->user_manager && !may_move_to(request.path)) {
    entrance.unit = request.unit;
    return entrance;
  }
  std::string of_init = cgroup_of(request.init);
  auto directory = open_cgroup(request.path);
  if (directory && request.created && of_init == request.path) {
    entrance.birthplace = std::move(*directory);
    return entrance;
  }
  if (directory) entrance.processes = open_processes(*directory);
  if (of_init.empty() || of_init == request.path) {
    if (!directory) throw Error(ENOENT, "can't open cgroup", request.path);
    return entrance;
  }
  if (auto other = open_cgroup(of_init)) {
    (directory ? entrance.otherwise : entrance.processes) = open_processes(*other);
  } else if (!directory) {
    throw Error(ENOENT, "can't open cgroup", of_init);
  }
  return entrance;
}

}  // namespace tare::cgroups
