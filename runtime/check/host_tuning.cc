// What decides how fast containers come and go here, as far as it can be seen.
#include <sys/auxv.h>
#include <unistd.h>

#include "runtime/base/error.h"
#include "runtime/base/paths.h"
#include "runtime/base/strings.h"
#include "runtime/check/host.h"
#include "runtime/check/host_file.h"
#include "runtime/container/host_program.h"
#include "runtime/container/store.h"

namespace tare::check {
namespace {

// The mount that `path` is on: the last of those with the longest place.
Mounted mount_of(const std::string& path, const std::vector<Mounted>& table) {
  Mounted best;
  for (const Mounted& mounted : table) {
    if (is_within(path, mounted.where) && mounted.where.size() >= best.where.size()) best = mounted;
  }
  return best;
}

bool has_option(std::string_view options, std::string_view wanted) {
  for (std::string_view option : split(options, ',')) {
    if (option == wanted) return true;
  }
  return false;
}

std::string hidepid(const std::vector<Mounted>& table) {
  constexpr std::string_view kOption = "hidepid=";
  std::string value;
  for (const Mounted& mounted : table) {
    if (mounted.where != "/proc" || mounted.type != "proc") continue;
    value.clear();
    for (std::string_view option : split(mounted.super_options, ',')) {
      if (option.starts_with(kOption)) value = option.substr(kOption.size());
    }
  }
  return value == "off" || value == "0" ? "" : value;
}

// Modules of tunnels make a device of their own in every new network namespace, unless
// net.core.fb_tunnels_only_for_init_net says otherwise.
std::vector<std::string> fallback_tunnels() {
  std::vector<std::string> found;
  if (read_number("/proc/sys/net/core/fb_tunnels_only_for_init_net").value_or(0) != 0) return found;
  for (const char* name : {"tunl0", "gre0", "gretap0", "erspan0", "ip_vti0", "ip6_vti0", "sit0",
                           "ip6tnl0", "ip6gre0"}) {
    if (exists(std::string("/sys/class/net/") + name)) found.emplace_back(name);
  }
  return found;
}

// Why create could not keep anything there.
std::string problem_of(const std::string& state_root) {
  if (state_root.empty()) return "there is no place for the state of containers";
  try {
    if (auto store = Store::open(state_root)) {
      return may(W_OK, state_root) ? "" : "we may not write to " + state_root;
    }
  } catch (const Error& error) {
    return error.text();
  }
  std::string above = nearest_existing(state_root);
  return may(W_OK, above) ? "" : state_root + " is missing and we may not write to " + above;
}

}  // namespace

Tuning look_at_tuning(const std::string& state_root) {
  Tuning facts;
  std::vector<Mounted> table = mount_table();
  facts.state_root = state_root;
  facts.state_problem = problem_of(state_root);
  if (!state_root.empty()) {
    Mounted mounted = mount_of(nearest_existing(state_root), table);
    facts.state_filesystem = mounted.type;
    facts.state_noexec = has_option(mounted.options, "noexec");
  }
  if (auto jit = read_number("/proc/sys/net/core/bpf_jit_enable")) facts.jit = *jit != 0;
  facts.static_program = ::getauxval(AT_BASE) == 0;
  facts.lock_debugging = exists("/proc/lockdep");
  facts.normal_rcu = read_number("/sys/kernel/rcu_normal") == 1;
  std::string status = read_host("/proc/self/status").value_or("");
  facts.traced = field_of(status, "TracerPid") != "0";
  facts.tunnels = fallback_tunnels();
  facts.mounts = table.size();
  facts.hidepid = hidepid(table);
  return facts;
}

Host look_at_host(const std::string& state_root) {
  Host host;
  host.kernel = look_at_kernel();
  host.user = look_at_user();
  host.namespaces = look_at_namespaces(host.user);
  host.cgroups = look_at_cgroups();
  host.security = look_at_security();
  host.hardware = look_at_hardware();
  host.tuning = look_at_tuning(state_root);
  host.pasta = find_program("pasta").value_or("");
  return host;
}

}  // namespace tare::check
