// What `tare sandbox` needs of a host, and what single options of it need. Only the first kind is
// an error.
#include <algorithm>
#include <cerrno>

#include "runtime/base/error.h"
#include "runtime/check/requirement.h"

namespace tare::check {
namespace {

bool always(const Host&) {
  return true;
}

// --- every sandbox ---

void user_namespaces_can_be_made(const Host& host, Findings& findings) {
  Obstacle obstacle = user_namespace_obstacle(host);
  if (!obstacle.what.empty()) findings.error("", obstacle.what, obstacle.remedy);
}

// Since Linux 5.12 it takes a capability to write a map with our user namespace's root in it, lest
// file capabilities come of one that root itself cannot give (user_namespaces(7)).
void root_can_be_mapped(const Host& host, Findings& findings) {
  constexpr int kCapSetfcap = 31;
  if (!host.user.is_root() || host.user.has(kCapSetfcap)) return;
  findings.error("", "root cannot map its own id into a user namespace without CAP_SETFCAP",
                 "run the container around us with --cap-add SETFCAP, or tare as another user");
}

void procfs_can_be_mounted(const Host& host, Findings& findings) {
  if (host.namespaces.powers != 0 || host.namespaces.proc == 0) return;
  findings.error("",
                 "a new procfs is refused in a user namespace (" +
                     errno_text(host.namespaces.proc) +
                     "), because parts of our /proc are covered, as in a container",
                 "run that container with --security-opt systempaths=unconfined (Docker) or "
                 "--security-opt unmask=ALL (Podman)");
}

void calls_can_be_filtered(const Host& host, Findings& findings) {
  if (!host.security.seccomp_actions.empty()) return;
  findings.error("", "this kernel has no seccomp filters",
                 "use one that is built with CONFIG_SECCOMP_FILTER");
}

// --- limits ---

bool has(const std::vector<std::string>& names, std::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

void limit_can_be_enforced(const Host& host, Findings& findings, const std::string& controller) {
  const Cgroups& facts = host.cgroups;
  std::string what = "no limit of " + controller + " can be enforced: ";
  if (!facts.hierarchy) {
    findings.warning("", what + "no cgroup2 file system is mounted",
                     "boot with systemd.unified_cgroup_hierarchy=1");
  } else if (!facts.hierarchy->has(controller)) {
    findings.warning("", what + "cgroup2 does not have the controller",
                     "boot with systemd.unified_cgroup_hierarchy=1, or cgroup_no_v1=" + controller);
  } else if (facts.may_make_there && !has(facts.controllers_there, controller)) {
    findings.warning("", what + "the controller is not delegated to " + facts.place,
                     "systemd-run --user --scope -p Delegate=yes tare sandbox …");
  } else if (!facts.may_make_there && facts.systemd == 0) {
    findings.warning("", what + "our cgroup is not delegated, and systemd cannot be asked",
                     "run it in a service or scope with Delegate=yes");
  } else if (!facts.may_make_there && !has(facts.controllers_of_manager, controller)) {
    findings.warning("", what + "systemd's manager of this user does not have the controller",
                     "systemctl edit user@.service: [Service] Delegate=cpu memory pids");
  }
}

template <const char* const* controller>
void limited(const Host& host, Findings& findings) {
  limit_can_be_enforced(host, findings, *controller);
}
constexpr const char* kMemory = "memory";
constexpr const char* kPids = "pids";
constexpr const char* kCpu = "cpu";

void systemd_can_be_asked(const Host& host, Findings& findings) {
  if (host.cgroups.systemd != 0) return;
  findings.warning("",
                   std::string("systemd's manager ") +
                       (host.cgroups.user_manager ? "of this user " : "") +
                       "cannot be asked for a cgroup: " + host.cgroups.systemd_problem,
                   host.cgroups.user_manager
                       ? "log in as that user, or as root: loginctl enable-linger USER, and set "
                         "XDG_RUNTIME_DIR=/run/user/UID"
                       : "boot with systemd, or work in a delegated cgroup");
}

// --- single options ---

void overlays_can_be_mounted(const Host& host, Findings& findings) {
  int error = host.namespaces.overlay;
  if (host.namespaces.powers != 0 || error == 0) return;
  findings.warning("", "an overlay is refused in a user namespace: " + errno_text(error),
                   error == ENODEV ? "modprobe overlay, as root" : "use Linux 5.11 or newer");
}

void pasta_is_installed(const Host& host, Findings& findings) {
  if (!host.pasta.empty()) return;
  findings.warning("", "--network pasta does not work: there is no program pasta",
                   "apt install passt, or dnf install passt");
}

constexpr Requirement<Host> kSandbox[] = {
    {"user-namespaces", always, user_namespaces_can_be_made},
    {"id-maps", always, root_can_be_mapped},
    {"procfs", always, procfs_can_be_mounted},
    {"seccomp", always, calls_can_be_filtered},
    {"limit-memory", always, limited<&kMemory>},
    {"limit-pids", always, limited<&kPids>},
    {"limit-cpu", always, limited<&kCpu>},
    {"systemd", always, systemd_can_be_asked},
    {"overlay", always, overlays_can_be_mounted},
    {"pasta", always, pasta_is_installed},
};

}  // namespace

Requirements<Host> sandbox_requirements() {
  return kSandbox;
}

Obstacle sandbox_obstacle(const Host& host) {
  Findings findings;
  for (const Requirement<Host>& requirement : kSandbox) {
    requirement.probe(host, findings);
    if (findings.has_error()) return {findings.all().back().what, findings.all().back().remedy};
  }
  return {};
}

}  // namespace tare::check
