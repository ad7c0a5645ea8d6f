// Names are exactly those of capabilities(7): "CAP_" and upper case, by a list of our own because
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

#include "oci/names.h"
#include "runtime/base/error.h"
#include "runtime/base/strings.h"

namespace tare::process {
namespace {

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

// The list is in the order of the numbers.
std::optional<int> capability_number(std::string_view name) {
  const auto* found = std::find(std::begin(oci::kCapabilities), std::end(oci::kCapabilities), name);
  if (found == std::end(oci::kCapabilities)) return std::nullopt;
  return static_cast<int>(found - std::begin(oci::kCapabilities));
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

oci::Strings names_of(uint64_t mask) {
  oci::Strings names;
  for (size_t number = 0; number < std::size(oci::kCapabilities); ++number) {
    if ((mask >> number & 1) != 0) names.emplace_back(oci::kCapabilities[number]);
  }
  return names;
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
  for (size_t number = 0; number < std::size(oci::kCapabilities); ++number) {
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
    warnings.push_back("capabilities that tare does not hold itself left out: " +
                       join(names_of(lost), ", "));
  }
  lost = restrict_to(sets.permitted, sets.effective);
  if (lost != 0) {
    warnings.push_back("effective capabilities outside the permitted set left out: " +
                       join(names_of(lost), ", "));
  }
  lost = restrict_to(sets.permitted & sets.inheritable, sets.ambient);
  for (const std::string& name : names_of(lost)) {
    warnings.push_back("can't raise ambient capability " + name +
                       ": outside the permitted or inheritable set");
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

}  // namespace tare::process
