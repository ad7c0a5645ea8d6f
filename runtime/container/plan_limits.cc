// Limits, scheduling, memory policy and personality: what the process gets while it may still set
// it and no filter forbids it. What needs a privilege in the initial user namespace is left to the
// parent wherever it has that, when init is ready: the scheduler then no more slows down our own
// work, and the limits of the cgroup are there for the kernel to judge it by.
#include <sys/personality.h>

#include "runtime/base/error.h"
#include "runtime/base/strings.h"
#include "runtime/base/user_namespace.h"
#include "runtime/container/plan_builder.h"
#include "runtime/process/capabilities.h"
#include "runtime/process/rlimits.h"
#include "runtime/process/scheduling.h"

namespace tare {
namespace {

using act::OpKind;
using act::Step;

constexpr int kCapSysNice = 23;
constexpr int kCapSysResource = 24;

void plan_rlimits(PlanBuilder& builder, const oci::Process& process) {
  // Raising needs the privilege in the initial user namespace, which a child of another has lost.
  bool from_outside = builder.user_namespace() && process::has_capability(kCapSysResource);
  for (const oci::Rlimit& limit : process.rlimits) {
    int resource = process::rlimit_number(limit.type).value_or(-1);
    if (resource < 0) throw Error("unknown resource limit " + quote(limit.type));
    if (from_outside) {
      builder.plan.from_outside.rlimits.push_back({limit.type, resource, limit.soft, limit.hard});
      continue;
    }
    Step& step = builder.add(OpKind::Rlimit, "rlimit " + limit.type);
    step.number = static_cast<uint32_t>(resource);
    step.a = limit.soft;
    step.b = limit.hard;
    step.text = limit.type;
  }
}

// Ours may be narrower than the container's cgroup: engines are pinned, and Linux 6.2 and newer
// keep what was asked for when a process changes its cgroup. execCPUAffinity is for exec alone
// (aff-1); with an `initial` alone what comes after the move is the kernel's affair (aff-4).
void plan_affinity(PlanBuilder& builder, const oci::Process& process) {
  const auto& wanted = process.exec_cpu_affinity;
  bool exec = builder.role == PlanBuilder::Role::Exec;
  if (exec && wanted && wanted->final.empty() && !wanted->initial.empty()) return;
  bool narrow = exec && wanted && !wanted->final.empty();
  builder.add(OpKind::Affinity, "affinity").data =
      narrow ? process::affinity(wanted->final) : process::whole_affinity();
}

void plan_scheduling(PlanBuilder& builder, const oci::Process& process) {
  if (!process.scheduler && !process.io_priority) return;
  bool from_outside = process::has_capability(kCapSysNice) && in_initial_user_namespace();
  if (process.io_priority) {
    std::string what = "ioPriority " + process.io_priority->io_class;
    uint32_t value = process::io_priority(*process.io_priority);
    if (from_outside) {
      builder.plan.from_outside.io_priority = {what, value};
    } else {
      builder.add(OpKind::IoPriority, what).number = value;
    }
  }
  if (process.scheduler) {
    std::string what = "scheduler " + process.scheduler->policy;
    process::SchedulerAttributes attributes = process::scheduler_attributes(*process.scheduler);
    if (from_outside) {
      builder.plan.from_outside.scheduler = {what, attributes};
    } else {
      builder.add(OpKind::Scheduler, what)
          .data.assign(reinterpret_cast<const char*>(&attributes), sizeof attributes);
    }
  }
}

void plan_memory_policy(PlanBuilder& builder) {
  const auto& wanted = builder.linux_section().memory_policy;
  if (!wanted) return;
  std::string what = "memoryPolicy " + wanted->mode;
  for (const std::string& flag : wanted->flags) what += " " + flag;
  if (!wanted->nodes.empty()) what += " of nodes " + quote(wanted->nodes);
  process::MemoryPolicy policy = process::memory_policy(*wanted);
  Step& step = builder.add(OpKind::MemoryPolicy, what);
  step.number = policy.mode;
  step.data = policy.nodes;
}

void plan_personality(PlanBuilder& builder) {
  const auto& wanted = builder.linux_section().personality;
  if (!wanted) return;
  builder.add(OpKind::Personality, "personality " + wanted->domain).number =
      wanted->domain == "LINUX32" ? PER_LINUX32 : PER_LINUX;
}

}  // namespace

void plan_limits(PlanBuilder& builder, const oci::Process& process) {
  plan_rlimits(builder, process);
  plan_affinity(builder, process);
  plan_scheduling(builder, process);
  plan_memory_policy(builder);
  plan_personality(builder);
}

}  // namespace tare
