// What this host offers, as plain facts. Gathered by looking and by harmless attempts; nothing is
// changed. Tests make their own.
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cgroups/hierarchy.h"
#include "oci/config.h"

namespace tare::check {

// The outcome of an attempt as its errno: 0 when it worked, ENOSYS when the kernel does not know
// it; nothing when it could not be made.
struct Feature {
  std::string name;
  std::string since;    // version of Linux that has it
  bool needed = false;  // tare cannot do without
  std::optional<int> error = 0;
};

struct Kernel {
  std::string release, architecture;
  std::vector<Feature> features;
  std::vector<std::string> filesystems;  // usable now, or with a module that is installed
  bool root_is_initramfs = false;        // pivot_root(2) refuses that one
  int memfd_noexec = 0;                  // vm.memfd_noexec
  uint64_t nr_open = 1048576;            // fs.nr_open, above which nobody sets RLIMIT_NOFILE

  bool has(std::string_view feature) const;
  bool has_filesystem(std::string_view type) const;
};

struct IdRange {
  uint64_t first = 0, count = 0;
};

// A set-user-ID program that writes maps for ordinary users.
enum class Helper { Missing, Powerless, Ready };

struct User {
  uid_t uid = 0;
  gid_t gid = 0;
  std::string name;  // empty: not in the user database
  bool initial_user_namespace = true;
  uint64_t capabilities = 0;  // effective
  bool no_new_privileges = false;
  bool filtered = false;            // a seccomp filter is on us already
  std::vector<IdRange> uids, gids;  // that exist in our user namespace
  std::vector<IdRange> subordinate_uids, subordinate_gids;
  Helper newuidmap = Helper::Missing, newgidmap = Helper::Missing;
  bool is_root() const { return uid == 0; }
  bool has(int capability) const { return (capabilities >> capability & 1) != 0; }
};

struct Namespaces {
  oci::Map<int> attempts;  // by type: errno of making one, in a user namespace unless root
  int user = 0;            // errno of making a user namespace
  int powers = 0;          // errno of using a capability in it
  int proc = 0;            // errno of mounting a new procfs in it
  int overlay = 0;         // errno of mounting an overlay in it
  bool restricted_by_apparmor = false;     // kernel.apparmor_restrict_unprivileged_userns
  std::optional<uint64_t> max_user;        // user.max_user_namespaces
  std::optional<bool> unprivileged_clone;  // kernel.unprivileged_userns_clone (Debian)
};

enum class CgroupMode { Pure, Hybrid, V1, None };

struct Cgroups {
  CgroupMode mode = CgroupMode::None;
  std::optional<cgroups::Hierarchy> hierarchy;
  oci::Map<std::string> on_v1;  // controller → where it is mounted
  std::string own;              // our own cgroup, absolute; empty: unknown
  std::string place;            // where a container's cgroup goes that asks for no other
  bool may_make_there = false;
  std::vector<std::string> controllers_there;       // that children of `place` can have
  std::optional<bool> kill;                         // cgroup.kill; nothing: no cgroup to look at
  uint64_t dying = 0;                               // removed cgroups the kernel still keeps
  bool user_manager = false;                        // whose systemd would serve us
  std::vector<std::string> controllers_of_manager;  // that scopes of its can have
  int systemd = 0;                                  // its version; 0: it cannot be asked
  std::string systemd_problem;                      // why not
};

struct Security {
  std::vector<std::string> modules;  // active LSMs
  bool apparmor = false, selinux = false;
  std::vector<std::string> apparmor_profiles;  // loaded; empty: none, or not ours to read
  std::vector<std::string> seccomp_actions;    // SCMP_ACT_* that the kernel has
  std::vector<std::string> seccomp_flags;      // SECCOMP_FILTER_FLAG_* that the kernel has
  std::string store_bypass;                    // vulnerabilities/spec_store_bypass
  std::string libseccomp;
};

struct Hardware {
  std::vector<uint32_t> numa_nodes;
  std::vector<uint32_t> processors;            // that cpusets can have
  bool numa = false;                           // the kernel has memory policies
  std::string resctrl;                         // where it is mounted; empty: nowhere
  std::vector<std::string> resctrl_resources;  // L3, MB …
  std::vector<std::string> huge_pages;         // "2MB" …
};

struct Tuning {
  std::string state_root;            // where containers are remembered
  std::string state_filesystem;      // its type, or that of what is above it
  bool state_noexec = false;         // mounted so
  std::string state_problem;         // why nothing can be remembered there; empty: it can
  std::optional<bool> jit;           // net.core.bpf_jit_enable
  bool static_program = true;        // no dynamic linker was needed to start us
  bool lock_debugging = false;       // a kernel with lockdep
  bool normal_rcu = false;           // rcu_normal: expedited grace periods are off
  bool traced = false;               // a tracer stops us at every call
  std::vector<std::string> tunnels;  // devices the kernel makes in every network namespace
  size_t mounts = 0;                 // in our mount namespace
  std::string hidepid;               // of /proc; empty: everybody is seen
};

struct Host {
  Kernel kernel;
  User user;
  Namespaces namespaces;
  Cgroups cgroups;
  Security security;
  Hardware hardware;
  Tuning tuning;
  std::string pasta;  // where that program is; empty: nowhere
};

// `state_root` is where create would keep containers; empty: nobody knows.
Host look_at_host(const std::string& state_root);

// The parts, one file each.
Kernel look_at_kernel();
User look_at_user();
Namespaces look_at_namespaces(const User& user);
int try_overlay();  // Namespaces::overlay
Cgroups look_at_cgroups();
Security look_at_security();
Hardware look_at_hardware();
Tuning look_at_tuning(const std::string& state_root);

}  // namespace tare::check
