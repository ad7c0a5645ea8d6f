// What makes containers slower here than they could be, and why. Each is a cause that can be seen,
// not a measurement: a check has to be quick and quiet.
#include "runtime/base/strings.h"
#include "runtime/check/requirement.h"

namespace tare::check {
namespace {

// Each new mount namespace is a copy of the whole table.
constexpr size_t kManyMounts = 1000;
// Each still has its kernel memory and is walked by some operations.
constexpr uint64_t kManyDying = 2000;

bool always(const Host&) {
  return true;
}

bool has_state_root(const Host& host) {
  return !host.tuning.state_root.empty();
}

bool sees_jit(const Host& host) {
  return host.tuning.jit.has_value();
}

bool ordinary_user(const Host& host) {
  return !host.user.is_root();
}

void state_is_in_memory(const Host& host, Findings& findings) {
  const std::string& type = host.tuning.state_filesystem;
  if (type == "tmpfs" || type == "ramfs") return;
  findings.slow("the state root and the cache of seccomp filters, " + host.tuning.state_root +
                    ", are on " + type + ": every change of state waits for it",
                "mount a tmpfs there, or name a directory on one with --root");
}

void filters_are_compiled(const Host& host, Findings& findings) {
  if (*host.tuning.jit) return;
  findings.slow(
      "the BPF compiler of the kernel is off: seccomp filters and device rules are "
      "interpreted at every system call",
      "sysctl net.core.bpf_jit_enable=1");
}

void program_is_static(const Host& host, Findings& findings) {
  if (host.tuning.static_program) return;
  findings.slow("this tare is linked dynamically: every command begins with finding libraries",
                "build it with -Dstatic=true");
}

void mounts_are_few(const Host& host, Findings& findings) {
  if (host.tuning.mounts < kManyMounts) return;
  findings.slow(std::to_string(host.tuning.mounts) +
                    " mounts are in our mount namespace, and each container begins with a copy "
                    "of all of them",
                "unmount what is left over, or start tare in a mount namespace with fewer");
}

void tunnels_stay_outside(const Host& host, Findings& findings) {
  if (host.tuning.tunnels.empty()) return;
  findings.slow("every new network namespace gets devices nobody asked for (" +
                    join(host.tuning.tunnels, ", ") + "), which take long to make and remove",
                "sysctl net.core.fb_tunnels_only_for_init_net=2, or remove the tunnel modules");
}

void cgroups_go_away(const Host& host, Findings& findings) {
  if (host.cgroups.dying < kManyDying) return;
  findings.slow(std::to_string(host.cgroups.dying) +
                    " removed cgroups are still held by the kernel, most by their page cache",
                "echo 1 > memory.reclaim of their parents, or drop caches once");
}

void kernel_is_not_debugged(const Host& host, Findings& findings) {
  if (!host.tuning.lock_debugging) return;
  findings.slow("this kernel checks its locks (CONFIG_LOCKDEP): everything costs a multiple",
                "use a kernel without it, unless you look for its errors");
}

void grace_periods_are_short(const Host& host, Findings& findings) {
  if (!host.tuning.normal_rcu) return;
  findings.slow(
      "expedited RCU is off (/sys/kernel/rcu_normal): removing mounts and namespaces "
      "waits some ten milliseconds each time",
      "echo 0 > /sys/kernel/rcu_normal, unless real-time needs it");
}

void nobody_traces_us(const Host& host, Findings& findings) {
  if (!host.tuning.traced) return;
  findings.slow("a tracer stops us at our system calls", "run without strace or a debugger");
}

void ids_need_no_helpers(const Host& host, Findings& findings) {
  const User& user = host.user;
  if (user.subordinate_uids.empty() || user.newuidmap != Helper::Ready) return;
  findings.slow(
      "id maps of more than one id take two programs for each container, newuidmap and "
      "newgidmap",
      "map your own id alone where that is enough");
}

void mitigation_is_not_tied(const Host& host, Findings& findings) {
  const std::string& state = host.security.store_bypass;
  if (state.find("seccomp") == std::string::npos) return;
  findings.slow(
      "filters without SECCOMP_FILTER_FLAG_SPEC_ALLOW slow down every program under them "
      "(spec_store_bypass: " +
          state + ")",
      "set the flag in linux.seccomp.flags (its absence altogether sets it, too), or "
      "boot with spec_store_bypass_disable=prctl");
}

constexpr Requirement<Host> kSlowness[] = {
    {"state-in-memory", has_state_root, state_is_in_memory},
    {"bpf-jit", sees_jit, filters_are_compiled},
    {"static-program", always, program_is_static},
    {"mounts", always, mounts_are_few},
    {"tunnels", always, tunnels_stay_outside},
    {"dying-cgroups", always, cgroups_go_away},
    {"lock-debugging", always, kernel_is_not_debugged},
    {"rcu", always, grace_periods_are_short},
    {"tracer", always, nobody_traces_us},
    {"id-helpers", ordinary_user, ids_need_no_helpers},
    {"store-bypass", always, mitigation_is_not_tied},
};

}  // namespace

Requirements<Host> host_slowness() {
  return kSlowness;
}

}  // namespace tare::check
