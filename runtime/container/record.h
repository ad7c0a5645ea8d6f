// What tare remembers of a container: the small file that every later command reads instead of
// config.json.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cgroups/cgroup.h"
#include "oci/config.h"
#include "oci/state.h"
#include "runtime/base/pid.h"

namespace tare {

// How far a container got, as written down before the step it names (intent first). What the user
// sees (oci::Status) follows from this and from what the kernel says of its init: see status.h.
enum class Phase { Creating, Created };

struct CgroupRecord {
  cgroups::Manager manager = cgroups::Manager::Cgroupfs;
  std::string path;      // absolute host path of the cgroup2 directory; empty: none was used
  bool created = false;  // by us: delete removes it (op-delete-4)
  // Directories above `path` that were made for it, deepest last; removed again when empty.
  std::vector<std::string> created_parents;
  // The limit of memory and swap together that was asked for last, bytes: cgroup v2 limits swap
  // alone, and a new memory limit must not raise the sum.
  std::optional<int64_t> memory_and_swap = {};
  std::optional<cgroups::Unit> unit;  // of the systemd manager
};

struct ResctrlRecord {
  std::string group;       // absolute host path of the group's directory; empty: none was asked for
  bool created = false;    // by us
  bool named = false;      // by closID: once the container is made the group stays (rdt-13)
  std::string monitoring;  // directory of the monitoring group made below it; empty: none
};

struct ContainerRecord {
  std::string id;
  Phase phase = Phase::Creating;
  ProcessIdentity init;     // pid 0 until it exists
  ProcessIdentity creator;  // the create or run command; asked about in Phase::Creating only
  std::string bundle;       // absolute
  std::string config_file = "config.json";  // absolute, or relative to the bundle
  std::string rootfs;                       // absolute
  std::string created;                      // RFC 3339, nanoseconds, UTC
  std::string pid_file;                     // absolute; empty: none asked for
  oci::Map<std::string> annotations;
  CgroupRecord cgroup;
  ResctrlRecord resctrl;
  bool private_pid_namespace = false;  // its init's death ends every process of the container
  bool no_process = false;             // config without process: start fails (op-start-4)
  std::string
      host_mount;  // rootfs mounted in the runtime's own mount namespace; delete unmounts it
  // Mount id of what lies underneath host_mount: seen there again, there is nothing to unmount.
  uint64_t host_mount_below = 0;
  std::vector<oci::Hook> poststart, poststop;
};

// Strict about types, silent about unknown members: another version may have written it. Throws an
// Error naming the member that is wrong; the file is input like any other.
ContainerRecord read_record(std::string_view json);
// One line. Throws for text that is not UTF-8: a path that reads back differently would be worse.
std::string write_record(const ContainerRecord& record);

}  // namespace tare
