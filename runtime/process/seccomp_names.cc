// Action values are the kernel's (seccomp(2), "Return values"); libseccomp uses the same numbers.
// Flags are those for loading the finished program: they never change the program itself.
#include "runtime/process/seccomp_names.h"

#include <linux/seccomp.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>

#include "oci/seccomp.h"
#include "runtime/base/error.h"
#include "runtime/base/strings.h"
#include "runtime/process/seccomp.h"

#ifndef SECCOMP_FILTER_FLAG_WAIT_KILLABLE_RECV
#define SECCOMP_FILTER_FLAG_WAIT_KILLABLE_RECV (1UL << 5)  // Linux 5.19
#endif

namespace tare::process {
namespace {

struct NamedAction {
  std::string_view name;
  uint32_t value;
};

constexpr NamedAction kActions[] = {
    {"SCMP_ACT_KILL", SECCOMP_RET_KILL_THREAD},
    {"SCMP_ACT_KILL_THREAD", SECCOMP_RET_KILL_THREAD},
    {"SCMP_ACT_KILL_PROCESS", SECCOMP_RET_KILL_PROCESS},
    {"SCMP_ACT_TRAP", SECCOMP_RET_TRAP},
    {"SCMP_ACT_ERRNO", SECCOMP_RET_ERRNO},
    {"SCMP_ACT_TRACE", SECCOMP_RET_TRACE},
    {"SCMP_ACT_ALLOW", SECCOMP_RET_ALLOW},
    {"SCMP_ACT_LOG", SECCOMP_RET_LOG},
    {"SCMP_ACT_NOTIFY", SECCOMP_RET_USER_NOTIF},
};

// The kernel delivers at most this errno, whatever the filter says (include/linux/err.h).
constexpr uint32_t kMaxErrno = 4095;

bool kernel_supports(unsigned long flags) {
  // Flags are checked before the program is read: EFAULT means that they passed.
  ::syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, flags, nullptr);
  return errno == EFAULT;
}

}  // namespace

uint32_t seccomp_action(std::string_view action, std::optional<uint32_t> errno_ret) {
  for (const NamedAction& known : kActions) {
    if (known.name != action) continue;
    if (known.value != SECCOMP_RET_ERRNO && known.value != SECCOMP_RET_TRACE) {
      if (!errno_ret) return known.value;
      throw Error("seccomp: an errno is given for " + std::string(action) + ", which has none");
    }
    uint32_t number = errno_ret.value_or(EPERM);
    if (number > (known.value == SECCOMP_RET_ERRNO ? kMaxErrno : SECCOMP_RET_DATA)) {
      throw Error("seccomp: errno " + std::to_string(number) + " is too large for " +
                  std::string(action));
    }
    return known.value | number;
  }
  throw Error("seccomp: unknown action " + quote(action));
}

oci::Strings supported_seccomp_actions() {
  oci::Strings names;
  for (const NamedAction& action : kActions) {
    if (::syscall(SYS_seccomp, SECCOMP_GET_ACTION_AVAIL, 0, &action.value) == 0) {
      names.emplace_back(action.name);
    }
  }
  return names;
}

bool has_seccomp_listeners() {
  return kernel_supports(SECCOMP_FILTER_FLAG_NEW_LISTENER);
}

oci::Strings supported_seccomp_flags() {
  struct NamedFlag {
    const char* name;
    unsigned long value;
  };
  constexpr NamedFlag kFlags[] = {
      {"SECCOMP_FILTER_FLAG_LOG", SECCOMP_FILTER_FLAG_LOG},
      {"SECCOMP_FILTER_FLAG_SPEC_ALLOW", SECCOMP_FILTER_FLAG_SPEC_ALLOW},
      {"SECCOMP_FILTER_FLAG_TSYNC", SECCOMP_FILTER_FLAG_TSYNC},
      // Says how a listener is waited for, and is refused without one.
      {"SECCOMP_FILTER_FLAG_WAIT_KILLABLE_RECV",
       SECCOMP_FILTER_FLAG_WAIT_KILLABLE_RECV | SECCOMP_FILTER_FLAG_NEW_LISTENER}};
  oci::Strings names;
  for (const NamedFlag& flag : kFlags) {
    if (kernel_supports(flag.value)) names.emplace_back(flag.name);
  }
  return names;
}

uint32_t seccomp_flags(const oci::Seccomp& seccomp) {
  uint32_t flags = oci::notifies(seccomp) ? SECCOMP_FILTER_FLAG_NEW_LISTENER : 0;
  if (!seccomp.flags) return flags | SECCOMP_FILTER_FLAG_SPEC_ALLOW;
  for (const std::string& name : *seccomp.flags) {
    if (name == "SECCOMP_FILTER_FLAG_LOG") {
      flags |= SECCOMP_FILTER_FLAG_LOG;
    } else if (name == "SECCOMP_FILTER_FLAG_SPEC_ALLOW") {
      flags |= SECCOMP_FILTER_FLAG_SPEC_ALLOW;
    } else if (name == "SECCOMP_FILTER_FLAG_TSYNC") {
      // Nothing to synchronise: the process that loads the filter has one thread.
    } else if (name == "SECCOMP_FILTER_FLAG_WAIT_KILLABLE_RECV") {
      if (!kernel_supports(SECCOMP_FILTER_FLAG_NEW_LISTENER |
                           SECCOMP_FILTER_FLAG_WAIT_KILLABLE_RECV)) {
        throw Error("seccomp: this kernel does not support " + name + " (Linux 5.19 does)");
      }
      // How a process waits for its agent; the kernel refuses it where nobody ever waits.
      if (oci::notifies(seccomp)) flags |= SECCOMP_FILTER_FLAG_WAIT_KILLABLE_RECV;
    } else {
      throw Error("seccomp: unknown flag " + quote(name));
    }
  }
  return flags;
}

}  // namespace tare::process
