// Names are exactly those of capabilities(7): "CAP_" and upper case. The table is our own because
// libcap's start-up code asks the kernel for its newest capability in every process that links it.
//
// The five sets are cut down to what the kernel would accept, so that the process that applies them
// has nothing to decide: permitted within ours, effective within permitted, ambient within
// permitted and inheritable. Fewer privileges than asked for is what the specification wants, with
// a warning.
#include "runtime/process/capabilities.h"

#include <linux/capability.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <iterator>
#include <optional>
#include <string_view>

#include "runtime/base/error.h"
#include "runtime/base/strings.h"

namespace tare::process {
namespace {

// In the order of their numbers.
constexpr const char* kNames[] = {
    "CAP_CHOWN",
    "CAP_DAC_OVERRIDE",
    "CAP_DAC_READ_SEARCH",
    "CAP_FOWNER",
    "CAP_FSETID",
    "CAP_KILL",
    "CAP_SETGID",
    "CAP_SETUID",
    "CAP_SETPCAP",
    "CAP_LINUX_IMMUTABLE",
    "CAP_NET_BIND_SERVICE",
    "CAP_NET_BROADCAST",
    "CAP_NET_ADMIN",
    "CAP_NET_RAW",
    "CAP_IPC_LOCK",
    "CAP_IPC_OWNER",
    "CAP_SYS_MODULE",
    "CAP_SYS_RAWIO",
    "CAP_SYS_CHROOT",
    "CAP_SYS_PTRACE",
    "CAP_SYS_PACCT",
    "CAP_SYS_ADMIN",
    "CAP_SYS_BOOT",
    "CAP_SYS_NICE",
    "CAP_SYS_RESOURCE",
    "CAP_SYS_TIME",
    "CAP_SYS_TTY_CONFIG",
    "CAP_MKNOD",
    "CAP_LEASE",
    "CAP_AUDIT_WRITE",
    "CAP_AUDIT_CONTROL",
    "CAP_SETFCAP",
    "CAP_MAC_OVERRIDE",
    "CAP_MAC_ADMIN",
    "CAP_SYSLOG",
    "CAP_WAKE_ALARM",
    "CAP_BLOCK_SUSPEND",
    "CAP_AUDIT_READ",
    "CAP_PERFMON",
    "CAP_BPF",
    "CAP_CHECKPOINT_RESTORE",
};
constexpr int kKnown = static_cast<int>(std::size(kNames));

struct OwnSets {
  uint64_t effective, permitted;
};

OwnSets own_sets() {
  __user_cap_header_struct header{_LINUX_CAPABILITY_VERSION_3, 0};
  __user_cap_data_struct data[_LINUX_CAPABILITY_U32S_3] = {};
  if (::syscall(SYS_capget, &header, data) != 0) throw Error(errno, "capget", "");
  auto whole = [](uint32_t low, uint32_t high) { return uint64_t{high} << 32 | low; };
  return {whole(data[0].effective, data[1].effective), whole(data[0].permitted, data[1].permitted)};
}

std::optional<int> capability_number(std::string_view name) {
  const auto* found = std::find(std::begin(kNames), std::end(kNames), name);
  if (found == std::end(kNames)) return std::nullopt;
  return static_cast<int>(found - std::begin(kNames));
}

// One set of the configuration as a mask. Unknown names go to `unknown`, each once.
uint64_t mask_of(const oci::Strings& names, int last, oci::Strings& unknown) {
  uint64_t mask = 0;
  for (const std::string& name : names) {
    auto number = capability_number(name);
    if (number && *number <= last) {
      mask |= uint64_t{1} << *number;
    } else if (std::find(unknown.begin(), unknown.end(), quote(name)) == unknown.end()) {
      unknown.push_back(quote(name));
    }
  }
  return mask;
}

std::string names_of(uint64_t mask) {
  oci::Strings names;
  for (int number = 0; number < kKnown; ++number) {
    if ((mask >> number & 1) != 0) names.emplace_back(kNames[number]);
  }
  return join(names, ", ");
}

// Cuts `set` down to `allowed`; what falls off is returned.
uint64_t restrict_to(uint64_t allowed, uint64_t& set) {
  uint64_t lost = set & ~allowed;
  set &= allowed;
  return lost;
}

}  // namespace

CapabilityLimits own_capability_limits(uint64_t of) {
  CapabilityLimits limits;
  for (int number = 0; number < kKnown; ++number) {
    if ((of >> number & 1) == 0) continue;
    int held = ::prctl(PR_CAPBSET_READ, number, 0, 0, 0);
    // EINVAL: newer than the running kernel.
    if (held < 0 && errno != EINVAL) throw Error(errno, "prctl", "PR_CAPBSET_READ");
    if (held == 1) limits.bounding |= uint64_t{1} << number;
  }
  limits.permitted = own_sets().permitted;
  return limits;
}

CapabilityLimits new_user_namespace_limits() {
  return {~uint64_t{0}, ~uint64_t{0}};
}

CapabilitySets capability_sets(const oci::Capabilities& names, std::vector<std::string>& warnings,
                               std::optional<CapabilityLimits> limits) {
  oci::Strings unknown;
  int last = last_capability();
  CapabilitySets sets;
  sets.bounding = mask_of(names.bounding, last, unknown);
  sets.effective = mask_of(names.effective, last, unknown);
  sets.inheritable = mask_of(names.inheritable, last, unknown);
  sets.permitted = mask_of(names.permitted, last, unknown);
  sets.ambient = mask_of(names.ambient, last, unknown);
  if (!unknown.empty()) {
    warnings.push_back("capabilities unknown to tare or this kernel left out: " +
                       join(unknown, ", "));
  }

  if (!limits) {
    limits = own_capability_limits(sets.bounding | sets.effective | sets.inheritable |
                                   sets.permitted | sets.ambient);
  }
  uint64_t held = limits->bounding & limits->permitted;
  uint64_t lost = restrict_to(limits->bounding, sets.bounding);
  for (uint64_t* set : {&sets.effective, &sets.inheritable, &sets.permitted, &sets.ambient}) {
    lost |= restrict_to(held, *set);
  }
  if (lost != 0) {
    warnings.push_back("capabilities that tare does not hold itself left out: " + names_of(lost));
  }
  lost = restrict_to(sets.permitted, sets.effective);
  if (lost != 0) {
    warnings.push_back("effective capabilities outside the permitted set left out: " +
                       names_of(lost));
  }
  lost = restrict_to(sets.permitted & sets.inheritable, sets.ambient);
  if (lost != 0) {
    warnings.push_back("ambient capabilities outside the permitted or inheritable set left out: " +
                       names_of(lost));
  }
  return sets;
}

bool has_capability(int capability) {
  return (own_sets().effective >> capability & 1) != 0;
}

int last_capability() {
  int last = CAP_CHECKPOINT_RESTORE;  // Linux 5.9, older than the oldest kernel we support
  while (::prctl(PR_CAPBSET_READ, last + 1, 0, 0, 0) >= 0) ++last;
  return last;
}

oci::Strings known_capabilities() {
  return {std::begin(kNames), std::end(kNames)};
}

}  // namespace tare::process
