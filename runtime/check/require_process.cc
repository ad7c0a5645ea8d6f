// What the process is to be. Limits and priorities are really set, in a child: whether the kernel
// lets us is a matter of capabilities, our own limits and security modules together.
#include <fcntl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>

#include "runtime/base/error.h"
#include "runtime/base/strings.h"
#include "runtime/base/sys.h"
#include "runtime/check/attempt.h"
#include "runtime/check/requirement.h"
#include "runtime/process/capabilities.h"
#include "runtime/process/rlimits.h"
#include "runtime/process/scheduling.h"

namespace tare::check {
namespace {

bool has_process(const Subject& subject) {
  return subject.config.process.has_value();
}

const oci::Process& process(const Subject& subject) {
  return *subject.config.process;
}

// --- limits ---

std::string limit_text(uint64_t value) {
  return value == RLIM64_INFINITY ? "unlimited" : std::to_string(value);
}

void limits_can_be_set(const Subject& subject, Findings& findings) {
  const auto& limits = process(subject).rlimits;
  for (size_t i = 0; i < limits.size(); ++i) {
    auto number = process::rlimit_number(limits[i].type);
    if (!number) continue;  // a violation
    auto resource = static_cast<__rlimit_resource>(*number);
    rlimit64 wanted{limits[i].soft, limits[i].hard};
    int error = attempt_in_child(
        [&] { return ::prlimit64(0, resource, &wanted, nullptr) == 0 ? 0 : errno; });
    if (error == 0) continue;
    rlimit64 own{};
    ::prlimit64(0, resource, nullptr, &own);
    bool above_all = *number == RLIMIT_NOFILE && wanted.rlim_max > subject.host.kernel.nr_open;
    findings.error(oci::pointer("process", "rlimits", i),
                   "we may not set " + limits[i].type + " to " + limit_text(limits[i].soft) + "/" +
                       limit_text(limits[i].hard) + " (" + errno_text(error) + "); ours is " +
                       limit_text(own.rlim_cur) + "/" + limit_text(own.rlim_max),
                   above_all ? "lower it, or raise the kernel's: sysctl fs.nr_open=" +
                                   limit_text(wanted.rlim_max)
                             : "lower it, or start tare with a higher one (ulimit -H, Limit…= of "
                               "the service)");
  }
}

bool adjusts_oom(const Subject& subject) {
  return has_process(subject) && process(subject).oom_score_adj.has_value();
}

void oom_score_can_be_set(const Subject& subject, Findings& findings) {
  std::string value = std::to_string(*process(subject).oom_score_adj);
  int error = attempt_in_child([&] {
    sys::write_file_at(AT_FDCWD, "/proc/self/oom_score_adj", value);
    return 0;
  });
  if (error == 0) return;
  findings.error("/process/oomScoreAdj", "we may not set it to " + value + ": " + errno_text(error),
                 "only CAP_SYS_RESOURCE may lower it: choose our own (/proc/self/oom_score_adj) or "
                 "more, or leave it out");
}

// --- privileges ---

bool has_capabilities(const Subject& subject) {
  return has_process(subject) && process(subject).capabilities.has_value();
}

void capabilities_are_held(const Subject& subject, Findings& findings) {
  std::vector<std::string> warnings;
  auto limits =
      subject.has("user") ? std::optional(process::new_user_namespace_limits()) : std::nullopt;
  process::capability_sets(*process(subject).capabilities, warnings, limits);
  for (const std::string& warning : warnings) {
    findings.warning("/process/capabilities", warning,
                     "remove them from the configuration, or start tare with them");
  }
}

bool wants_apparmor(const Subject& subject) {
  if (!has_process(subject)) return false;
  const std::string& profile = process(subject).apparmor_profile;
  return !profile.empty() && profile != "unconfined";
}

void apparmor_has_it(const Subject& subject, Findings& findings) {
  const Security& security = subject.host.security;
  const std::string& profile = process(subject).apparmor_profile;
  const std::string pointer = "/process/apparmorProfile";
  const auto& loaded = security.apparmor_profiles;
  if (!security.apparmor) {
    findings.error(pointer, "AppArmor is not enabled on this host",
                   "boot with lsm=…,apparmor, or leave the profile out");
    return;
  }
  // Those of namespaces and children are listed in other ways.
  bool plain = profile.front() != ':' && profile.find("//") == std::string::npos;
  if (plain && !loaded.empty() &&
      std::find(loaded.begin(), loaded.end(), profile) == loaded.end()) {
    findings.error(pointer, "no profile " + quote(profile) + " is loaded",
                   "load it with apparmor_parser, or name one of aa-status");
  }
}

bool wants_selinux(const Subject& subject) {
  return (has_process(subject) && !process(subject).selinux_label.empty()) ||
         !subject.linux_section().mount_label.empty();
}

void selinux_is_on(const Subject& subject, Findings& findings) {
  if (subject.host.security.selinux) return;
  bool of_process = has_process(subject) && !process(subject).selinux_label.empty();
  findings.error(of_process ? "/process/selinuxLabel" : "/linux/mountLabel",
                 "SELinux is not enabled on this host",
                 "leave the label out, or boot with SELinux");
}

// --- scheduling ---

bool has_scheduler(const Subject& subject) {
  return has_process(subject) && process(subject).scheduler.has_value();
}

void scheduler_can_be_set(const Subject& subject, Findings& findings) {
  const oci::Scheduler& wanted = *process(subject).scheduler;
  process::SchedulerAttributes attributes = process::scheduler_attributes(wanted);
  int error = attempt_in_child(
      [&] { return ::syscall(SYS_sched_setattr, 0, &attributes, 0) == 0 ? 0 : errno; });
  if (error == 0) return;
  findings.error("/process/scheduler",
                 "the kernel refuses " + wanted.policy + " to us: " + errno_text(error),
                 error == EPERM ? "it takes CAP_SYS_NICE, or RLIMIT_RTPRIO and RLIMIT_NICE of ours"
                                : "see sched(7) for the priorities and times that it takes");
}

bool has_io_priority(const Subject& subject) {
  return has_process(subject) && process(subject).io_priority.has_value();
}

void io_priority_can_be_set(const Subject& subject, Findings& findings) {
  constexpr int kProcess = 1;  // IOPRIO_WHO_PROCESS
  const oci::IoPriority& wanted = *process(subject).io_priority;
  uint32_t value = process::io_priority(wanted);
  int error = attempt_in_child(
      [&] { return ::syscall(SYS_ioprio_set, kProcess, 0, value) == 0 ? 0 : errno; });
  if (error == 0) return;
  findings.error("/process/ioPriority",
                 "the kernel refuses " + wanted.io_class + " to us: " + errno_text(error),
                 "the real-time class takes CAP_SYS_NICE or CAP_SYS_ADMIN; priorities are 0 to 7");
}

constexpr Requirement<Subject> kRequirements[] = {
    {"rlimit", has_process, limits_can_be_set},
    {"oom-score", adjusts_oom, oom_score_can_be_set},
    {"capability", has_capabilities, capabilities_are_held},
    {"apparmor", wants_apparmor, apparmor_has_it},
    {"selinux", wants_selinux, selinux_is_on},
    {"scheduler", has_scheduler, scheduler_can_be_set},
    {"io-priority", has_io_priority, io_priority_can_be_set},
};

}  // namespace

Requirements<Subject> process_requirements() {
  return kRequirements;
}

}  // namespace tare::check
