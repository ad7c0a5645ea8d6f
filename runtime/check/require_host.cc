// What every container needs, and what some will miss. Findings of the second kind are warnings: a
// host may be just right for the containers it has.
#include <algorithm>
#include <cerrno>

#include "runtime/base/error.h"
#include "runtime/base/strings.h"
#include "runtime/check/requirement.h"

namespace tare::check {
namespace {

bool always(const Host&) {
  return true;
}

bool ordinary_user(const Host& host) {
  return !host.user.is_root();
}

// --- necessities ---

void kernel_has_what_we_call(const Host& host, Findings& findings) {
  for (const Feature& feature : host.kernel.features) {
    int error = feature.error.value_or(0);
    if (!feature.needed || error == 0) continue;
    if (error == ENOSYS || error == EINVAL) {
      findings.error("", "this kernel does not have " + feature.name,
                     "use Linux 5.14 or newer (this one came with " + feature.since + ")");
    } else {
      findings.error("", feature.name + " is refused: " + errno_text(error),
                     "look for a seccomp filter or a security module around us that forbids it");
    }
  }
}

void state_can_be_kept(const Host& host, Findings& findings) {
  const Tuning& tuning = host.tuning;
  if (!tuning.state_problem.empty()) {
    findings.error("", tuning.state_problem,
                   "give a directory of your own with --root, or set XDG_RUNTIME_DIR");
  }
  constexpr int kForbidden = 2;
  if (host.kernel.memfd_noexec >= kForbidden && tuning.state_noexec) {
    findings.error("",
                   "programs can be executed neither from memory (vm.memfd_noexec=2) nor from "
                   "the state root (mounted noexec)",
                   "sysctl vm.memfd_noexec=1, or give a --root on a mount without noexec");
  }
}

void ordinary_user_can_work(const Host& host, Findings& findings) {
  Obstacle obstacle = user_namespace_obstacle(host);
  if (!obstacle.what.empty()) findings.error("", obstacle.what, obstacle.remedy);
}

constexpr Requirement<Host> kNecessities[] = {
    {"kernel", always, kernel_has_what_we_call},
    {"state-root", always, state_can_be_kept},
    {"user-namespaces", ordinary_user, ordinary_user_can_work},
};

// --- advice ---

void cgroup2_is_mounted(const Host& host, Findings& findings) {
  const Cgroups& facts = host.cgroups;
  if (facts.hierarchy) return;
  std::string what = facts.mode == CgroupMode::V1
                         ? "only cgroup v1 is mounted, which tare does not use"
                         : "no cgroup file system is mounted";
  std::string remedy = facts.mode == CgroupMode::V1
                           ? "boot with systemd.unified_cgroup_hierarchy=1, or mount -t cgroup2"
                           : "mount -t cgroup2 none /sys/fs/cgroup";
  if (host.user.is_root()) {
    findings.error("", what + ": containers need --cgroup-manager disabled", remedy);
  } else {
    findings.warning("", what + ": containers have neither a cgroup of their own nor limits",
                     remedy);
  }
}

void controllers_are_complete(const Host& host, Findings& findings) {
  const Cgroups& facts = host.cgroups;
  if (!facts.hierarchy) return;
  for (const char* name : {"cpu", "cpuset", "io", "memory", "pids"}) {
    if (facts.hierarchy->has(name)) continue;
    auto v1 = facts.on_v1.find(name);
    bool taken = v1 != facts.on_v1.end();
    std::string controller = name;
    findings.warning("",
                     "no limits of " + controller + ": " +
                         (taken ? "cgroup v1 has the controller (" + v1->second + ")"
                                : "cgroup2 does not offer the controller"),
                     taken ? "boot with cgroup_no_v1=" + controller +
                                 ", or systemd.unified_cgroup_hierarchy=1 for all of them"
                           : "look for cgroup_disable= in /proc/cmdline, or for the kernel's "
                             "configuration");
  }
}

void cgroups_are_delegated(const Host& host, Findings& findings) {
  const Cgroups& facts = host.cgroups;
  if (!facts.hierarchy) return;
  if (facts.place.empty() || !facts.may_make_there) {
    findings.warning("",
                     "we may not make cgroups" + (facts.place.empty() ? "" : " in " + facts.place) +
                         ": containers stay in ours and have no limits",
                     "work in a delegated one: systemd-run --user --scope -p Delegate=yes, or "
                     "Delegate=yes in user@.service");
    return;
  }
  for (const std::string& name : facts.hierarchy->controllers) {
    const auto& there = facts.controllers_there;
    if (std::find(there.begin(), there.end(), name) != there.end()) continue;
    findings.warning("", "the " + name + " controller is not delegated to " + facts.place,
                     "systemctl edit user@.service: Delegate=" + name + " …");
  }
}

void killing_is_at_once(const Host& host, Findings& findings) {
  if (host.cgroups.kill != false) return;
  findings.error("", "this kernel has no cgroup.kill", "use Linux 5.14 or newer");
}

void helper(Helper state, const std::string& name, Findings& findings) {
  if (state == Helper::Ready) return;
  findings.warning("",
                   name + (state == Helper::Missing ? " is not installed" : " has no privilege") +
                       ": containers of this user have one id alone",
                   "install or reinstall the package uidmap, shadow or shadow-utils");
}

void ids_are_granted(const Host& host, Findings& findings) {
  const User& user = host.user;
  helper(user.newuidmap, "newuidmap", findings);
  helper(user.newgidmap, "newgidmap", findings);
  std::string name = user.name.empty() ? std::to_string(user.uid) : user.name;
  auto require = [&](const std::vector<IdRange>& ranges, const char* file, const char* option) {
    if (!ranges.empty()) return;
    findings.warning("", "no ids are granted to " + name + " in " + file,
                     "as root: usermod " + std::string(option) + " 100000-165535 " + name);
  };
  require(user.subordinate_uids, "/etc/subuid", "--add-subuids");
  require(user.subordinate_gids, "/etc/subgid", "--add-subgids");
  if (user.no_new_privileges) {
    findings.warning("", "no_new_privs is set on us: newuidmap and newgidmap have no power",
                     "start tare from a session or service without it");
  }
}

void procfs_can_be_mounted(const Host& host, Findings& findings) {
  if (host.namespaces.powers != 0 || host.namespaces.proc == 0) return;
  findings.warning(
      "", "a new procfs is refused in a user namespace: " + errno_text(host.namespaces.proc),
      "parts of our /proc are covered, as in a container: have it uncovered (Docker: "
      "--security-opt systempaths=unconfined), or bind /proc");
}

void nothing_filters_us(const Host& host, Findings& findings) {
  if (!host.user.filtered) return;
  findings.warning("",
                   "a seccomp filter is on us: every container inherits it, and each of its "
                   "system calls is checked twice",
                   "start tare outside of the container or service that has the filter");
}

void root_can_be_pivoted(const Host& host, Findings& findings) {
  if (!host.kernel.root_is_initramfs) return;
  findings.warning("", "the host's root is the initial ramdisk, which pivot_root refuses to leave",
                   "use --no-pivot, or switch to another root first");
}

constexpr Requirement<Host> kAdvice[] = {
    {"cgroup2", always, cgroup2_is_mounted},
    {"controllers", always, controllers_are_complete},
    {"delegation", ordinary_user, cgroups_are_delegated},
    {"cgroup-kill", always, killing_is_at_once},
    {"subordinate-ids", ordinary_user, ids_are_granted},
    {"procfs", always, procfs_can_be_mounted},
    {"filtered", always, nothing_filters_us},
    {"initramfs", always, root_can_be_pivoted},
};

}  // namespace

Requirements<Host> host_necessities() {
  return kNecessities;
}

Requirements<Host> host_advice() {
  return kAdvice;
}

}  // namespace tare::check
