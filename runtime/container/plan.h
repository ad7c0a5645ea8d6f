// Everything that creating a container will do, decided before any of it is done.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "cgroups/cgroup.h"
#include "cgroups/resctrl.h"
#include "namespaces/birthplace.h"
#include "namespaces/id_map.h"
#include "namespaces/mounts.h"
#include "namespaces/namespace_set.h"
#include "namespaces/net_devices.h"
#include "namespaces/steps.h"
#include "oci/config.h"
#include "runtime/process/from_outside.h"
#include "runtime/process/seccomp.h"

namespace tare {

namespace process {
struct SecurityModules;
}

enum class RootSwitch { Pivot, Move };

// What exec joins and how.
struct JoinedContainer {
  int namespaces = 0;          // CLONE_NEW* that are not ours
  Fd init;                     // its pidfd
  Fd root;                     // its root directory, where no mount namespace leads there
  bool groups_denied = false;  // its user namespace denies setgroups(2)
  std::optional<process::SeccompFilter> filter;  // compiled
};

// One entry of a root that is made in memory.
struct RootEntry {
  enum class Kind { Directory, Symlink, File } kind = Kind::Directory;
  std::string path;     // in the root, absolute
  std::string content;  // of a file; target of a link
  uint32_t mode = 0644;
  size_t after = 0;  // how many of the configuration's mounts come before it
};

// What mounts of a root in memory are made of, in a tmpfs that nobody sees.
struct Scratch {
  std::vector<std::string> directories;  // for overlays, which name them by relative paths
  std::vector<RootEntry> files;          // for binds, which have these paths as their sources
};

struct PlanRequest {
  std::string id;
  std::string bundle;  // absolute
  RootSwitch root_switch = RootSwitch::Pivot;
  bool new_keyring = true;
  int preserve_fds = 0;     // 3 … are the container's, LISTEN_FDS included
  int listen_fds = 0;       // how many of them LISTEN_FDS announces
  std::vector<int> passed;  // further ones that the program has, by their numbers
  uint32_t caller_umask = 022;
  cgroups::Manager manager = cgroups::Manager::Cgroupfs;
  bool tolerate_no_cgroup = false;  // rootless: see cgroups::Request
  // The caller stays, waits for the program and is told when it has been executed: there is no
  // `start`, the first process of the new pid namespace only reaps, and standard streams stay whose
  // they are.
  bool attended = false;
  bool network_at_birth = false;  // somebody is to enter its network namespace before it goes on
  bool gated = false;             // … and has something to do before the program begins
  bool keeps_ids = false;         // its new user namespace has no root: privileged all the same
  // The root file system is a tmpfs with these entries; root.path of the configuration is a name.
  const std::vector<RootEntry>* made_root = nullptr;
  const Scratch* scratch = nullptr;
  const Fd* seccomp_cache = nullptr;
  const process::SeccompFilter* filter = nullptr;              // compiled, instead of linux.seccomp
  const process::SecurityModules* security_modules = nullptr;  // nothing: those of the host
};

// Immutable once made; owns the descriptors it names. Making it opens things on the host and
// changes nothing there.
struct Plan {
  namespaces::Steps steps;  // what tare-init does, in order
  uint64_t clone_flags = 0;
  std::vector<namespaces::ForeignNamespace> born_in;  // joined, but not by the child itself
  std::optional<namespaces::IdMaps> id_maps;          // of a new user namespace
  namespaces::MapWriter map_writer{};
  std::vector<namespaces::IdMaps> mount_mappings;  // made when tare-init asks for one, in order
  std::vector<namespaces::HostTree> host_trees;    // for lock_trees()
  std::string rootfs;                              // absolute
  std::string host_mount;  // the rootfs is mounted in the runtime's own mount namespace, here
  cgroups::Plan cgroup;
  std::optional<cgroups::ResctrlPlan> resctrl;
  std::vector<namespaces::NetDevice> net_devices;  // to move into its network namespace
  std::string time_offsets;                        // text for /proc/PID/timens_offsets
  std::optional<process::SeccompFilter> filter;
  uint64_t capabilities = 0;  // that the program may be given, besides those of init's own work
  std::optional<int32_t> oom_score_adj;
  process::FromOutside from_outside;
  std::vector<oci::Hook> runtime_hooks_prestart, runtime_hooks_create;
  int container_hook_input = -1;  // slots of the state documents that hooks read
  int start_hook_input = -1;
  int start_slot = -1;  // the socket on which init waits for `start`
  bool terminal = false;
  bool forks = false;  // another process than the first child becomes the container
  // … and the first child stays, as init of the pid namespace: an empty slot for a pipe, to which
  // it writes the status that wait4(2) gives. -1: it does not stay.
  int status_slot = -1;
  bool gated = true;  // the program waits until it is let go on (act::SyncPoint::Ready)
  bool private_pid_namespace = false;
  bool no_process = false;
  std::vector<std::string> warnings;
};

Plan make_plan(const oci::Config& config, const PlanRequest& request);

// The same for another process in a container that is there (plan_exec.cc): of `config` only the
// process and what holds for every process of the container, of `request` what is the process's.
Plan make_exec_plan(const oci::Config& config, const PlanRequest& request,
                    JoinedContainer container);

}  // namespace tare
