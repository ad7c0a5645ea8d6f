// Raising a hard limit needs CAP_SYS_RESOURCE, realtime and deadline scheduling, a lower nice value
// and IOPRIO_CLASS_RT need CAP_SYS_NICE, all of them in the initial user namespace.
#include "runtime/process/from_outside.h"

#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>

#include "runtime/base/error.h"

namespace tare::process {
namespace {

constexpr int kWhoProcess = 1;     // IOPRIO_WHO_PROCESS
constexpr uint32_t kDeadline = 6;  // SCHED_DEADLINE

void set_scheduler(const FromOutside::Scheduler& scheduler, pid_t pid) {
  SchedulerAttributes attributes = scheduler.attributes;  // the kernel may write its own size
  if (::syscall(SYS_sched_setattr, pid, &attributes, 0) == 0) return;
  Error error(errno, scheduler.what + ": sched_setattr", "");
  // The privilege is not what is missing: without it this is left to the process itself.
  if (error.error() == EPERM && attributes.policy == kDeadline) {
    // In the words that tools look for.
    error.with_hint(
        "process scheduler can't be used together with AllowedCPUs: SCHED_DEADLINE needs "
        "every processor, see sched(7)");
  }
  throw error;
}

}  // namespace

void set_from_outside(const FromOutside& settings, pid_t pid) {
  for (const FromOutside::Rlimit& limit : settings.rlimits) {
    rlimit64 values{limit.soft, limit.hard};
    auto resource = static_cast<__rlimit_resource>(limit.resource);
    if (::prlimit64(pid, resource, &values, nullptr) != 0) {
      throw Error(errno, "rlimit " + limit.type + ": prlimit", "");
    }
  }
  if (const auto& io = settings.io_priority) {
    if (::syscall(SYS_ioprio_set, kWhoProcess, pid, io->value) != 0) {
      throw Error(errno, io->what + ": ioprio_set", "");
    }
  }
  if (settings.scheduler) set_scheduler(*settings.scheduler, pid);
}

}  // namespace tare::process
