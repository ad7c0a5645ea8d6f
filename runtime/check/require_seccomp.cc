// The filter: what the kernel has of it, and whether it can be compiled. It is compiled here as
// create would, but not kept.
#include <sys/stat.h>

#include <algorithm>

#include "runtime/base/error.h"
#include "runtime/base/strings.h"
#include "runtime/check/host_file.h"
#include "runtime/check/requirement.h"
#include "runtime/process/seccomp.h"

namespace tare::check {
namespace {

bool has_filter(const Subject& subject) {
  return subject.linux_section().seccomp.has_value();
}

const oci::Seccomp& filter(const Subject& subject) {
  return *subject.linux_section().seccomp;
}

bool lists(const std::vector<std::string>& names, std::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

void actions_are_known(const Subject& subject, Findings& findings) {
  auto require = [&](const std::string& action, const std::string& pointer) {
    if (action.empty() || lists(subject.host.security.seccomp_actions, action)) return;
    findings.error(pointer, "this kernel has no " + action,
                   "use another action (SCMP_ACT_ERRNO is always there), or a newer kernel");
  };
  require(filter(subject).default_action, "/linux/seccomp/defaultAction");
  for (size_t i = 0; i < filter(subject).syscalls.size(); ++i) {
    require(filter(subject).syscalls[i].action,
            oci::pointer("linux", "seccomp", "syscalls", i, "action"));
  }
}

void flags_are_known(const Subject& subject, Findings& findings) {
  oci::Strings flags = filter(subject).flags.value_or(oci::Strings{});
  for (size_t i = 0; i < flags.size(); ++i) {
    if (lists(subject.host.security.seccomp_flags, flags[i])) continue;
    findings.error(oci::pointer("linux", "seccomp", "flags", i),
                   "this kernel does not know " + flags[i],
                   "remove the flag (WAIT_KILLABLE_RECV needs Linux 5.19)");
  }
}

void filter_compiles(const Subject& subject, Findings& findings) {
  if (findings.has_error()) return;  // which may be the reason
  try {
    process::compile_seccomp(filter(subject), nullptr);
  } catch (const Error& error) {
    findings.error("/linux/seccomp", error.text(),
                   "correct the profile; this libseccomp is " + subject.host.security.libseccomp);
  }
}

bool notifies(const Subject& subject) {
  return has_filter(subject) && !filter(subject).listener_path.empty();
}

void listener_is_there(const Subject& subject, Findings& findings) {
  const std::string& path = filter(subject).listener_path;
  auto status = status_of(path);
  if (!status || !S_ISSOCK(status->st_mode)) {
    findings.error("/linux/seccomp/listenerPath",
                   quote(path) + (status ? " is no socket" : " is not there"),
                   "start the agent that listens on it first");
  }
  if (!lists(subject.host.security.seccomp_flags, "SECCOMP_FILTER_FLAG_NEW_LISTENER")) {
    findings.error("/linux/seccomp", "this kernel has no seccomp notifications",
                   "Linux 5.0 has them; use SCMP_ACT_ERRNO instead");
  }
}

// Without SPEC_ALLOW a filter turns the mitigation on where the kernel is told to tie both together
// (spec_store_bypass_disable=seccomp, the default before Linux 5.16).
void mitigation_is_cheap(const Subject& subject, Findings& findings) {
  const auto& flags = filter(subject).flags;
  if (!flags || lists(*flags, "SECCOMP_FILTER_FLAG_SPEC_ALLOW")) return;
  if (subject.host.security.store_bypass.find("seccomp") == std::string::npos) return;
  findings.slow(
      "every program under this filter runs with speculative store bypass disabled (" +
          subject.host.security.store_bypass + ")",
      "add SECCOMP_FILTER_FLAG_SPEC_ALLOW to linux.seccomp.flags if the program is trusted with "
      "it, or boot with spec_store_bypass_disable=prctl");
}

constexpr Requirement<Subject> kRequirements[] = {
    {"seccomp-action", has_filter, actions_are_known},
    {"seccomp-flag", has_filter, flags_are_known},
    {"seccomp-listener", notifies, listener_is_there},
    {"seccomp-filter", has_filter, filter_compiles},
    {"seccomp-mitigation", has_filter, mitigation_is_cheap},
};

}  // namespace

Requirements<Subject> seccomp_requirements() {
  return kRequirements;
}

}  // namespace tare::check
