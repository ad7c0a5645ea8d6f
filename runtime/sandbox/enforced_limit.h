// Which limits were asked for, and who sees to each.
#pragma once

#include <string>
#include <variant>
#include <vector>

#include "runtime/sandbox/policy.h"

namespace tare::sandbox {

enum class Enforcer {
  None,        // nobody: best effort, and nothing here can
  Cgroup,      // the kernel, in a cgroup beside ours
  Systemd,     // … in a scope that systemd has given us
  Rlimit,      // the kernel, process by process or user by user
  Supervisor,  // we, by looking
};
const char* enforcer_name(Enforcer enforcer);  // "cgroup"

// Of the limits that only a cgroup enforces well.
struct GroupEnforcers {
  Enforcer memory = Enforcer::None;
  Enforcer cpus = Enforcer::None;
  Enforcer pids = Enforcer::None;
  Enforcer cpu_time = Enforcer::None;
};

struct EnforcedLimit {
  std::string name;  // as in limits_hit: "memory", "cpus", "pids", "timeout", "ulimit-nofile"
  // Bytes or a number, a time, processors, soft and hard limit.
  std::variant<uint64_t, Milliseconds, double, oci::Rlimit> asked;
  Enforcer by = Enforcer::None;
};

// Of all that `limits` asks for.
std::vector<EnforcedLimit> enforced_limits(const Limits& limits, const GroupEnforcers& group);

// What setrlimit(2) adds: for cpu time a second guard behind the supervisor, or the only one, and
// under best effort processes of a user namespace's own user, who is `host_uid` outside.
// `group` learns of what is enforced so.
std::vector<oci::Rlimit> backstops(const Limits& limits, uint32_t host_uid, GroupEnforcers& group);

}  // namespace tare::sandbox
