// A container's cgroup: planned as data, made on disk, limited, removed.
#pragma once

#include <sys/types.h>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "cgroups/dbus_value.h"
#include "oci/config.h"
#include "runtime/base/fd.h"

namespace tare::cgroups {

enum class Manager { Cgroupfs, Systemd, Disabled };

// The unit of systemd that a container's cgroup is, and whose manager made it: the system's, or the
// caller's own one.
struct Unit {
  std::string name;
  bool user_manager = false;
};

struct UnitProperty {
  std::string name;
  dbus::Value value;
};

// What the caller wants.
struct Request {
  Manager manager = Manager::Cgroupfs;
  std::string id;
  std::optional<std::string> cgroups_path;  // linux.cgroupsPath
  std::optional<oci::Resources> resources;  // linux.resources
  bool tolerate_no_permission = false;  // rootless: neither path nor limits may then be asked for
  std::optional<uid_t> owner;         // host uid the cgroup is handed to (own-1..8); absent: nobody
  oci::Map<std::string> annotations;  // for the systemd manager: properties of the unit
};

// One value for one control file, in the order to write. `pointer` names the member it comes from.
struct FileWrite {
  std::string file;
  std::string value;
  std::string pointer;
  bool optional_file = false;  // missing, or not for this device: no error (rsvd, io.bfq.weight)
  bool no_limit = false;       // lifts a limit: nothing to do where the controller is missing
  bool retry = false;          // EINVAL: tried again after the others, whose values it depends on
  std::string unless = {};     // not written when this optional file, just before, was
};

// Everything decided, nothing done.
struct Plan {
  Manager manager = Manager::Cgroupfs;
  std::string mount;                     // where cgroup2 is mounted
  std::string path;                      // absolute host directory; empty: no cgroup is used
  std::vector<std::string> controllers;  // to enable from the mount's root down to the parent
  std::vector<FileWrite> writes;
  std::vector<std::byte> device_program;   // bpf_insn[]; empty: every device is allowed
  std::optional<int64_t> memory_and_swap;  // bytes, as the configuration limits them together
  std::optional<Unit> unit;  // made by systemd around a process: Cgroup::start, not create
  std::vector<UnitProperty> unit_properties;
  std::optional<uid_t> owner;
  bool tolerate_no_permission = false;
  bool asked_for = false;             // a path or limits were given: lack of permission is an error
  std::vector<std::string> warnings;  // settings of cgroup v1 that have no counterpart
};

// Decides. Reads the host (mounts, controllers, our own cgroup), changes nothing. Throws where a
// limit cannot be expressed or its controller is not on the v2 hierarchy, naming the member, the
// file, the controller and the way out.
Plan make_plan(const Request& request);

// A cgroup that exists. The destructor removes what was made unless kept.
class Cgroup {
 public:
  // Makes the directory (refusing a populated, frozen or threaded one), enables controllers, hands
  // it over. Nothing when the plan uses no cgroup or permission is lacking and that is tolerated.
  static std::optional<Cgroup> create(const Plan& plan);

  // Has systemd make the unit of `plan` with the process `pid` in it, which therefore exists before
  // and has to wait. Its cgroup then gets what is left for us: controllers that systemd does not
  // know, and its owner. Throws what systemd says, and when it takes longer than 30 s.
  static Cgroup start(const Plan& plan, pid_t pid);

  Cgroup(Cgroup&&) noexcept;
  Cgroup& operator=(Cgroup&&) = delete;
  ~Cgroup();

  // Writes the limits; before the user's program runs (cg-3), as the next.
  void apply(const Plan& plan);
  // Attaches the device program: when init has made its devices, which the rules may forbid to
  // make.
  void filter_devices(const Plan& plan);

  const Fd& fd() const { return directory_; }  // for CLONE_INTO_CGROUP
  const std::string& path() const { return path_; }
  bool created() const { return created_; }
  const std::vector<std::string>& created_parents() const { return created_parents_; }
  void keep() { kept_ = true; }

 private:
  Cgroup() = default;
  void make(const Plan& plan);
  void enter(pid_t pid);
  void hand_over_to(uid_t owner, const Plan& plan);
  std::optional<Fd> prepare_parent(const Plan& plan);

  std::string path_;
  std::optional<Unit> unit_;
  Fd directory_;
  bool created_ = false;
  std::vector<std::string> created_parents_;
  bool kept_ = false;
};

// The directories above plan.path that do not exist yet, deepest last: Cgroup::create would make
// them. For the intent record that is written before; `exists` tells the same of plan.path itself.
std::vector<std::string> missing_parents(const Plan& plan);
bool exists(const std::string& path);

// --- existing cgroups, by the path in a container's record. A missing directory is "nothing
// there".
bool is_frozen(const std::string& path);         // itself or by an ancestor
bool is_frozen_itself(const std::string& path);  // its own cgroup.freeze, obeyed yet or not
// The nearest cgroup above `path` that is frozen itself; empty: none that we can see.
std::string frozen_ancestor(const std::string& path);
// Freezes or thaws the subtree and waits until it is (10 s, else an Error); false: no such cgroup.
// What was frozen below by itself stays so. Thawed below a frozen ancestor: an Error at once.
bool freeze(const std::string& path);
bool thaw(const std::string& path);
bool is_populated(const std::string& path);
std::vector<pid_t> processes(const std::string& path);  // of the whole subtree
// cgroup.kill (Linux 5.14) on the whole subtree; false when there is no such cgroup.
bool kill_all(const std::string& path);
// Sends `signal` to every process of the subtree; stable against forks for SIGKILL only.
void signal_all(const std::string& path, int signal);
// Kills what is left, waits until unpopulated, removes children first. Bounded (10 s): throws an
// Error naming the processes that stay. Then removes those of `parents` (deepest last) that are
// empty.
void remove(const std::string& path, const std::vector<std::string>& parents);
// The same for the cgroup of a unit: systemd ends the unit and forgets it. Where systemd cannot be
// reached any more that is a warning, and the cgroup goes all the same.
void remove_unit(const Unit& unit, const std::string& path);
// Processes of the subtree killed by the OOM killer so far (memory.events); 0 without the
// controller.
uint64_t oom_kills(const std::string& path);

}  // namespace tare::cgroups
