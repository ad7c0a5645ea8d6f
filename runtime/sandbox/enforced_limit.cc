// One line for each limit that was asked for.
#include "runtime/sandbox/enforced_limit.h"

#include <algorithm>

namespace tare::sandbox {
namespace {

std::string ulimit_name(const oci::Rlimit& limit) {
  std::string name = "ulimit-";
  for (char c : limit.type.substr(std::string_view("RLIMIT_").size())) {
    name += static_cast<char>(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
  }
  return name;
}

bool has(const Limits& limits, std::string_view type) {
  return std::any_of(limits.rlimits.begin(), limits.rlimits.end(),
                     [&](const oci::Rlimit& limit) { return limit.type == type; });
}

oci::Rlimit rlimit(const char* type, uint64_t soft, uint64_t hard) {
  oci::Rlimit limit;
  limit.type = type;
  limit.soft = soft;
  limit.hard = hard;
  return limit;
}

}  // namespace

const char* enforcer_name(Enforcer enforcer) {
  switch (enforcer) {
    case Enforcer::Cgroup:
      return "cgroup";
    case Enforcer::Systemd:
      return "systemd";
    case Enforcer::Rlimit:
      return "rlimit";
    case Enforcer::Supervisor:
      return "supervisor";
    case Enforcer::None:
      break;
  }
  return "none";
}

std::vector<EnforcedLimit> enforced_limits(const Limits& limits, const GroupEnforcers& group) {
  std::vector<EnforcedLimit> list;
  if (limits.memory) list.push_back({"memory", *limits.memory, group.memory});
  if (limits.memory_and_swap) {
    list.push_back({"memory-swap", *limits.memory_and_swap, group.memory});
  }
  if (limits.cpu_quota) {
    double processors = static_cast<double>(*limits.cpu_quota) / kCpuPeriod;
    list.push_back({"cpus", processors, group.cpus});
  }
  if (limits.pids) list.push_back({"pids", *limits.pids, group.pids});
  if (limits.wall_time) list.push_back({"timeout", *limits.wall_time, Enforcer::Supervisor});
  if (limits.cpu_time) list.push_back({"cpu-time", *limits.cpu_time, group.cpu_time});
  if (limits.output) list.push_back({"output", *limits.output, Enforcer::Supervisor});
  for (const oci::Rlimit& limit : limits.rlimits) {
    list.push_back({ulimit_name(limit), limit, Enforcer::Rlimit});
  }
  return list;
}

// RLIMIT_NPROC counts the processes of a user in his user namespace (Linux 5.14), which is the
// sandbox's own, our init included; the host's root is exempt (fork(2)).
std::vector<oci::Rlimit> backstops(const Limits& limits, uint32_t host_uid, GroupEnforcers& group) {
  std::vector<oci::Rlimit> list;
  if (limits.cpu_time && !has(limits, "RLIMIT_CPU")) {
    auto seconds =
        static_cast<uint64_t>(std::chrono::ceil<std::chrono::seconds>(*limits.cpu_time).count());
    bool alone = group.cpu_time == Enforcer::None;
    list.push_back(rlimit("RLIMIT_CPU", alone ? seconds : seconds + 1, seconds + 2));
    if (alone) group.cpu_time = Enforcer::Rlimit;
  }
  if (limits.pids && group.pids == Enforcer::None && host_uid != 0 &&
      !has(limits, "RLIMIT_NPROC")) {
    list.push_back(rlimit("RLIMIT_NPROC", *limits.pids + 1, *limits.pids + 1));
    group.pids = Enforcer::Rlimit;
  }
  return list;
}

}  // namespace tare::sandbox
