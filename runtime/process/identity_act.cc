// User, groups and capabilities, in the one order that works (security.md 2.8): bounding set while
// CAP_SETPCAP is there, ids with capabilities kept, then exactly the configured sets.
#include <linux/capability.h>
#include <linux/prctl.h>

#include "runtime/act/kernel.h"
#include "runtime/act/syscall.h"
#include "runtime/process/ops.h"

namespace tare::act {
namespace {

constexpr unsigned kCapabilityBits = 64;

}  // namespace

void bounding_set(Context& context, const Op& op) {
  for (unsigned capability = 0; capability < kCapabilityBits; ++capability) {
    if (((op.a >> capability) & 1U) != 0) continue;
    long result = call(__NR_prctl, PR_CAPBSET_DROP, capability, 0, 0, 0);
    if (result == -EINVAL) return;  // beyond the kernel's last one
    must(context, result, "prctl", "PR_CAPBSET_DROP");
  }
}

void identity(Context& context, const Op& op) {
  must(context, call(__NR_prctl, PR_SET_KEEPCAPS, 1, 0, 0, 0), "prctl", "PR_SET_KEEPCAPS");
  if ((op.flags & flag::kKeepGroups) == 0) {
    long set = call(__NR_setgroups, op.data.length / sizeof(uint32_t), context.text(op.data));
    // With all capabilities: the user namespace denies it (user_namespaces(7)).
    bool denied = set == -EPERM && (op.flags & flag::kUnlessDenied) != 0;
    if (!denied) must(context, set, "setgroups");
  }
  must(context, call(__NR_setresgid, op.a, op.a, op.a), "setresgid");
  must(context, call(__NR_setresuid, op.number, op.number, op.number), "setresuid");
  uint32_t uid[3] = {};
  uint32_t gid[3] = {};
  must(context, call(__NR_getresuid, &uid[0], &uid[1], &uid[2]), "getresuid");
  must(context, call(__NR_getresgid, &gid[0], &gid[1], &gid[2]), "getresgid");
  for (int i = 0; i < 3; ++i) {
    if (uid[i] != op.number || gid[i] != op.a) fail(context, "setresuid", EPERM);
  }
}

void capabilities(Context& context, const Op& op) {
  __user_cap_header_struct header{_LINUX_CAPABILITY_VERSION_3, 0};
  __user_cap_data_struct sets[_LINUX_CAPABILITY_U32S_3] = {};
  for (unsigned i = 0; i < _LINUX_CAPABILITY_U32S_3; ++i) {
    sets[i].permitted = static_cast<uint32_t>(op.a >> (32 * i));
    sets[i].effective = static_cast<uint32_t>(op.b >> (32 * i));
    sets[i].inheritable = static_cast<uint32_t>(op.c >> (32 * i));
  }
  must(context, call(__NR_capset, &header, sets), "capset");
}

void ambient(Context& context, const Op& op) {
  must(context, call(__NR_prctl, PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL, 0, 0, 0), "prctl",
       "PR_CAP_AMBIENT");
  for (unsigned capability = 0; capability < kCapabilityBits; ++capability) {
    if (((op.a >> capability) & 1U) == 0) continue;
    must(context, call(__NR_prctl, PR_CAP_AMBIENT, PR_CAP_AMBIENT_RAISE, capability, 0, 0), "prctl",
         "PR_CAP_AMBIENT_RAISE");
  }
}

}  // namespace tare::act
