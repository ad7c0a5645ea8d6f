// Each kind is made in a child. Root makes them as they are; others need a user namespace around
// them, and whether that one gives any power is a question of its own: AppArmor lets it be made and
// takes the capabilities away (kernel.apparmor_restrict_unprivileged_userns).
#include <sched.h>
#include <sys/mount.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>

#include "namespaces/namespace_set.h"
#include "oci/names.h"
#include "runtime/check/attempt.h"
#include "runtime/check/host.h"
#include "runtime/check/host_file.h"

namespace tare::check {
namespace {

constexpr int kCapSysAdmin = 21;

using namespaces::Kind;
constexpr Kind kKinds[] = {Kind::Mount, Kind::Pid,  Kind::Network, Kind::Ipc,
                           Kind::Uts,   Kind::User, Kind::Cgroup,  Kind::Time};

int try_unshare(int first, int second) {
  return attempt_in_child([&] {
    if (first != 0 && ::unshare(first) != 0) return errno;
    return ::unshare(second) == 0 ? 0 : errno;
  });
}

int make_procfs() {
  constexpr int kCreate = 6;  // FSCONFIG_CMD_CREATE
  long context = ::syscall(SYS_fsopen, "proc", 0);
  if (context < 0) return errno;
  if (::syscall(SYS_fsconfig, context, kCreate, nullptr, nullptr, 0) != 0) return errno;
  return ::syscall(SYS_fsmount, context, 0, 0) < 0 ? errno : 0;
}

// Where parts of our own /proc are covered, as inside of a container, the kernel refuses a new one
// to a user namespace.
int try_procfs() {
  return attempt_in_child([] {
    if (::unshare(CLONE_NEWUSER | CLONE_NEWNS | CLONE_NEWPID) != 0) return errno;
    return attempt_in_child(make_procfs);  // a pid namespace holds for children
  });
}

}  // namespace

Namespaces look_at_namespaces(const User& user) {
  Namespaces facts;
  facts.user = try_unshare(0, CLONE_NEWUSER);
  facts.powers = facts.user != 0 ? facts.user : try_unshare(CLONE_NEWUSER, CLONE_NEWUTS);
  facts.proc = facts.powers != 0 ? facts.powers : try_procfs();
  facts.overlay = facts.powers != 0 ? facts.powers : try_overlay();
  int around = user.has(kCapSysAdmin) ? 0 : CLONE_NEWUSER;
  for (Kind kind : kKinds) {
    facts.attempts[namespaces::kind_name(kind)] =
        kind == Kind::User ? facts.user : try_unshare(around, namespaces::clone_flag(kind));
  }
  facts.restricted_by_apparmor =
      read_number("/proc/sys/kernel/apparmor_restrict_unprivileged_userns") == 1;
  facts.max_user = read_number("/proc/sys/user/max_user_namespaces");
  if (auto allowed = read_number("/proc/sys/kernel/unprivileged_userns_clone")) {
    facts.unprivileged_clone = *allowed != 0;
  }
  return facts;
}

}  // namespace tare::check
