// Rules for a process: the container's own and, in a document that stands alone, that of an exec
// (runtime-spec config.md, "Process"). Capability names are not here: unknown ones are a warning
// (caps-1), given where the kernel's own list is known.
#include <utility>

#include "oci/number_list.h"
#include "oci/process_names.h"
#include "oci/rules.h"
#include "runtime/base/strings.h"

namespace tare::oci {
namespace {

constexpr int32_t kMinNice = -20, kMaxNice = 19;
constexpr int32_t kMaxPriority = 99;  // sched_get_priority_max(2)

void check_cwd(const Process& process, Report& report) {
  if (process.cwd.empty()) {
    report.add("/cwd", "Cwd property must not be empty");
  } else if (process.cwd[0] != '/') {
    report.add("/cwd", "Cwd must be an absolute path, got " + quote(process.cwd));
  }
}

void check_args(const Process& process, Report& report) {
  if (process.args.empty()) report.add("/args", "args must not be empty");
}

void check_env(const Process& process, Report& report) {
  for (size_t i = 0; i < process.env.size(); ++i) {
    size_t equals = process.env[i].find('=');
    if (equals == std::string::npos) {
      report.add(pointer("env", i), "invalid environment variable: missing '='");
    } else if (equals == 0) {
      report.add(pointer("env", i), "invalid environment variable: name cannot be empty");
    }
  }
}

void check_console_size(const Process& process, Report& report) {
  if (!process.terminal || !process.console_size) return;
  constexpr uint64_t kMax = 65535;  // struct winsize
  if (process.console_size->height > kMax) {
    report.add("/consoleSize/height", "must be at most 65535");
  }
  if (process.console_size->width > kMax) report.add("/consoleSize/width", "must be at most 65535");
}

void check_ids(const Process& process, Report& report) {
  constexpr const char* kText = "4294967295 is no id";
  if (process.user.uid == kNoId) report.add("/user/uid", kText);
  if (process.user.gid == kNoId) report.add("/user/gid", kText);
  for (size_t i = 0; i < process.user.additional_gids.size(); ++i) {
    if (process.user.additional_gids[i] == kNoId) {
      report.add(pointer("user", "additionalGids", i), kText);
    }
  }
}

void check_umask(const Process& process, Report& report) {
  if (process.user.umask && *process.user.umask > 0777) {
    report.add("/user/umask",
               "must be at most 511 (0777), got " + std::to_string(*process.user.umask));
  }
}

void check_rlimit_types(const Process& process, Report& report) {
  bool seen[std::size(kRlimits)] = {};
  for (size_t i = 0; i < process.rlimits.size(); ++i) {
    const std::string& type = process.rlimits[i].type;
    auto found = std::find(std::begin(kRlimits), std::end(kRlimits), type);
    if (found == std::end(kRlimits)) {
      report.add(pointer("rlimits", i, "type"), "unknown resource limit " + quote(type));
    } else if (std::exchange(seen[found - std::begin(kRlimits)], true)) {
      report.add(pointer("rlimits", i, "type"), type + " is there twice");
    }
  }
}

void check_rlimit_order(const Process& process, Report& report) {
  for (size_t i = 0; i < process.rlimits.size(); ++i) {
    const Rlimit& limit = process.rlimits[i];
    if (limit.soft > limit.hard) {
      report.add(
          pointer("rlimits", i, "soft"),
          std::to_string(limit.soft) + " is above the hard limit " + std::to_string(limit.hard));
    }
  }
}

void check_oom_score(const Process& process, Report& report) {
  if (process.oom_score_adj && (*process.oom_score_adj < -1000 || *process.oom_score_adj > 1000)) {
    report.add("/oomScoreAdj",
               "must be from -1000 to 1000, got " + std::to_string(*process.oom_score_adj));
  }
}

// Written into files of the kernel's as they are.
void check_labels(const Process& process, Report& report) {
  auto check = [&](const std::string& label, std::string_view at) {
    if (!is_one_line(label)) report.add(at, quote(label) + " has control characters");
  };
  check(process.apparmor_profile, "/apparmorProfile");
  check(process.selinux_label, "/selinuxLabel");
}

void check_scheduler_names(const Process& process, Report& report) {
  if (!process.scheduler) return;
  if (!contains(kSchedulerPolicies, process.scheduler->policy)) {
    report.add("/scheduler/policy", "unknown policy " + quote(process.scheduler->policy));
  }
  for (size_t i = 0; i < process.scheduler->flags.size(); ++i) {
    const std::string& flag = process.scheduler->flags[i];
    if (!contains(kSchedulerFlags, flag)) {
      report.add(pointer("scheduler", "flags", i), "unknown flag " + quote(flag));
    }
  }
}

// The kernel would take the nearest one without a word. Policies that do not look at it may have
// one, as in sched_setattr(2).
void check_nice(const Process& process, Report& report) {
  if (!process.scheduler) return;
  int32_t nice = process.scheduler->nice;
  if (nice >= kMinNice && nice <= kMaxNice) return;
  report.add("/scheduler/nice", "invalid scheduler.nice: " + std::to_string(nice) +
                                    " when scheduler.policy is " +
                                    quote(process.scheduler->policy) + ", not from -20 to 19");
}

void check_priority(const Process& process, Report& report) {
  if (!process.scheduler) return;
  const Scheduler& scheduler = *process.scheduler;
  bool realtime = scheduler.policy == "SCHED_FIFO" || scheduler.policy == "SCHED_RR";
  if (realtime && (scheduler.priority < 1 || scheduler.priority > kMaxPriority)) {
    report.add("/scheduler/priority", scheduler.policy + " needs one from 1 to 99, got " +
                                          std::to_string(scheduler.priority));
  } else if (!realtime && scheduler.priority != 0) {
    report.add("/scheduler/priority", "can only be specified for SCHED_FIFO or SCHED_RR");
  }
}

// A period of 0 is the deadline (sched(7)); the kernel has bounds of its own beyond these.
void check_deadline(const Process& process, Report& report) {
  if (!process.scheduler) return;
  const Scheduler& scheduler = *process.scheduler;
  if (scheduler.policy != "SCHED_DEADLINE") {
    constexpr const char* kText = "can only be specified for SCHED_DEADLINE";
    if (scheduler.runtime != 0) report.add("/scheduler/runtime", kText);
    if (scheduler.deadline != 0) report.add("/scheduler/deadline", kText);
    if (scheduler.period != 0) report.add("/scheduler/period", kText);
    return;
  }
  if (scheduler.runtime == 0) report.add("/scheduler/runtime", "SCHED_DEADLINE needs one");
  if (scheduler.deadline == 0) report.add("/scheduler/deadline", "SCHED_DEADLINE needs one");
  if (scheduler.runtime > scheduler.deadline) {
    report.add("/scheduler/runtime", "must not be above the deadline");
  }
  if (scheduler.period != 0 && scheduler.deadline > scheduler.period) {
    report.add("/scheduler/deadline", "must not be above the period");
  }
}

void check_io_priority(const Process& process, Report& report) {
  if (!process.io_priority) return;
  const IoPriority& io = *process.io_priority;
  if (!contains(kIoClasses, io.io_class)) {
    report.add("/ioPriority/class", "invalid ioPriority.Class: " + quote(io.io_class));
  }
  if (io.priority < 0 || io.priority > 7) {
    report.add("/ioPriority/priority",
               "invalid ioPriority.Priority: " + std::to_string(io.priority) + ", not from 0 to 7");
  }
}

void check_affinity(const Process& process, Report& report) {
  if (!process.exec_cpu_affinity) return;
  auto check = [&](const std::string& list, std::string_view at) {
    if (list.empty() || number_mask(list, kMaxProcessors)) return;
    report.add(at, quote(list) + " is no list of processors (0-3,7) below 8192");
  };
  check(process.exec_cpu_affinity->initial, "/execCPUAffinity/initial");
  check(process.exec_cpu_affinity->final, "/execCPUAffinity/final");
}

constexpr Rule<Process> kRules[] = {
    {"proc-7: cwd is absolute", check_cwd},
    {"proc-9: at least one argument", check_args},
    {"proc-8: environment entries are NAME=VALUE", check_env},
    {"proc-6: the console size fits the kernel", check_console_size},
    {"user-1, user-5: ids are ids", check_ids},
    {"user-3: umask has permission bits only", check_umask},
    {"rlimits-1, rlimits-5: known limits, once each", check_rlimit_types},
    {"rlimits-3, rlimits-4: soft is at most hard", check_rlimit_order},
    {"oom-1: oomScoreAdj is in the kernel's range", check_oom_score},
    {"lsm-1, lsm-2: labels are one line", check_labels},
    {"sched-1, sched-4: known policy and flags", check_scheduler_names},
    {"sched-2: nice is in the kernel's range", check_nice},
    {"sched-3: a priority for the real-time policies, and only for them", check_priority},
    {"sched-5: times for SCHED_DEADLINE, and only for it", check_deadline},
    {"iop-1, iop-2: known class, priority 0 to 7", check_io_priority},
    {"aff-5: affinities are lists of processors", check_affinity},
};

}  // namespace

Rules<Process> process_rules() {
  return kRules;
}

}  // namespace tare::oci
