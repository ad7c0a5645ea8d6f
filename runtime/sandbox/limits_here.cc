// The same two routes that a run takes: beside our own cgroup where we may make one, else in a
// scope of systemd's, which has the controllers that its manager has been given.
#include "runtime/sandbox/limits_here.h"

#include <unistd.h>

#include <algorithm>

namespace tare::sandbox {
namespace {

struct Route {
  Enforcer by = Enforcer::None;
  std::vector<std::string> controllers;
  std::string problem;
};

Route route_here(const check::Cgroups& facts) {
  if (!facts.hierarchy) return {Enforcer::None, {}, "no cgroup2 file system is mounted"};
  if (facts.may_make_there) return {Enforcer::Cgroup, facts.controllers_there, ""};
  if (facts.systemd != 0) return {Enforcer::Systemd, facts.controllers_of_manager, ""};
  return {Enforcer::None,
          {},
          "may not make cgroups in " + facts.place +
              ", and systemd cannot be "
              "asked: " +
              facts.systemd_problem};
}

}  // namespace

LimitsHere limits_here(const Limits& limits, const check::Cgroups& facts) {
  Route route = limits.needs_cgroup() ? route_here(facts) : Route();
  LimitsHere here;
  here.problem = route.problem;
  auto by = [&](bool asked, const char* controller) {
    const auto& all = route.controllers;
    if (route.by == Enforcer::None || !asked) return Enforcer::None;
    if (std::find(all.begin(), all.end(), controller) != all.end()) return route.by;
    here.problem += (here.problem.empty() ? "" : ", ") + std::string("no ") + controller +
                    " controller " +
                    (route.by == Enforcer::Cgroup ? "in " + facts.place : "with systemd's manager");
    return Enforcer::None;
  };
  GroupEnforcers group;
  group.memory = by(limits.memory.has_value(), "memory");
  group.cpus = by(limits.cpu_quota.has_value(), "cpu");
  group.pids = by(limits.pids.has_value(), "pids");
  if (route.by != Enforcer::None) group.cpu_time = Enforcer::Supervisor;
  if (limits.enforcement == Enforcement::BestEffort) backstops(limits, ::geteuid(), group);
  here.limits = enforced_limits(limits, group);
  return here;
}

}  // namespace tare::sandbox
