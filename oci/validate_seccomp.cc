// Rules for linux.seccomp (runtime-spec config-linux.md, "Seccomp"). System call names are not
// judged: profiles list those of other architectures and kernels (sec-8).
#include "oci/names.h"
#include "oci/rules.h"
#include "oci/seccomp.h"
#include "runtime/base/strings.h"

namespace tare::oci {
namespace {

constexpr uint32_t kMaxErrno = 4095;        // MAX_ERRNO of the kernel
constexpr uint32_t kMaxTraceData = 0xffff;  // SECCOMP_RET_DATA
constexpr uint32_t kMaxArgument = 5;

void check_actions(const Seccomp& seccomp, Report& report) {
  auto check = [&](const std::string& action, const std::string& at) {
    if (!contains(kSeccompActions, action)) report.add(at, "unknown action " + quote(action));
  };
  check(seccomp.default_action, "/defaultAction");
  for (size_t i = 0; i < seccomp.syscalls.size(); ++i) {
    const std::string& action = seccomp.syscalls[i].action;
    if (!contains(kSeccompActions, action)) check(action, pointer("syscalls", i, "action"));
  }
}

void check_errno(const std::string& action, const std::optional<uint32_t>& number,
                 const std::string& at, Report& report) {
  if (!number) return;
  bool is_errno = action == "SCMP_ACT_ERRNO";
  if (!is_errno && action != "SCMP_ACT_TRACE") {
    report.add(at, "only SCMP_ACT_ERRNO and SCMP_ACT_TRACE return a number, not " + quote(action));
  } else if (*number > (is_errno ? kMaxErrno : kMaxTraceData)) {
    report.add(at, std::to_string(*number) + " is no errno");
  }
}

void check_errno_values(const Seccomp& seccomp, Report& report) {
  check_errno(seccomp.default_action, seccomp.default_errno_ret, "/defaultErrnoRet", report);
  for (size_t i = 0; i < seccomp.syscalls.size(); ++i) {
    const SeccompRule& rule = seccomp.syscalls[i];
    check_errno(rule.action, rule.errno_ret, pointer("syscalls", i, "errnoRet"), report);
  }
}

void check_architectures(const Seccomp& seccomp, Report& report) {
  for (size_t i = 0; i < seccomp.architectures.size(); ++i) {
    if (contains(kSeccompArchitectures, seccomp.architectures[i])) continue;
    report.add(pointer("architectures", i),
               "unknown architecture " + quote(seccomp.architectures[i]));
  }
}

void check_flags(const Seccomp& seccomp, Report& report) {
  if (!seccomp.flags) return;
  for (size_t i = 0; i < seccomp.flags->size(); ++i) {
    const std::string& flag = (*seccomp.flags)[i];
    if (!contains(kSeccompFlags, flag)) {
      report.add(pointer("flags", i), "unknown flag " + quote(flag));
    }
  }
}

void check_names(const Seccomp& seccomp, Report& report) {
  for (size_t i = 0; i < seccomp.syscalls.size(); ++i) {
    if (seccomp.syscalls[i].names.empty()) {
      report.add(pointer("syscalls", i, "names"), "must have at least one entry");
    }
  }
}

void check_arguments(const Seccomp& seccomp, Report& report) {
  for (size_t i = 0; i < seccomp.syscalls.size(); ++i) {
    const std::vector<SeccompArgument>& args = seccomp.syscalls[i].args;
    for (size_t j = 0; j < args.size(); ++j) {
      if (args[j].index.value_or(0) > kMaxArgument) {
        report.add(pointer("syscalls", i, "args", j, "index"),
                   "must be from 0 to 5, got " + std::to_string(*args[j].index));
      }
      if (!contains(kSeccompOperators, args[j].op)) {
        report.add(pointer("syscalls", i, "args", j, "op"),
                   "unknown operator " + quote(args[j].op));
      }
    }
  }
}

void check_listener(const Seccomp& seccomp, Report& report) {
  if (!seccomp.listener_metadata.empty() && seccomp.listener_path.empty()) {
    report.add("/listenerMetadata", "must not be set without listenerPath");
  }
  if (notifies(seccomp) && seccomp.listener_path.empty()) {
    report.add("/listenerPath", "seccomp listenerPath is not set");
  }
}

// runc hands the listener over by write(2), which would wait for the agent that has no listener
// yet. Ours does not depend on any call, but a profile must mean the same to both (notify-12).
void check_notify_places(const Seccomp& seccomp, Report& report) {
  if (seccomp.default_action == kNotify) {
    report.add("/defaultAction", "SCMP_ACT_NOTIFY cannot be used as default action");
  }
  for (size_t i = 0; i < seccomp.syscalls.size(); ++i) {
    const SeccompRule& rule = seccomp.syscalls[i];
    if (rule.action == kNotify &&
        std::find(rule.names.begin(), rule.names.end(), "write") != rule.names.end()) {
      report.add(pointer("syscalls", i, "names"),
                 "SCMP_ACT_NOTIFY cannot be used for the write syscall");
    }
  }
}

constexpr Rule<Seccomp> kRules[] = {
    {"sec-1: known actions", check_actions},
    {"sec-4: a number only where one is returned", check_errno_values},
    {"sec-5: known architectures", check_architectures},
    {"sec-6: known flags", check_flags},
    {"sec-7: rules name system calls", check_names},
    {"sec-9: arguments and operators exist", check_arguments},
    {"notify-10, notify-12: the listener is complete", check_listener},
    {"notify-12: no notification that cannot be answered", check_notify_places},
};

}  // namespace

Rules<Seccomp> seccomp_rules() {
  return kRules;
}

}  // namespace tare::oci
