// What is set on the container's process by its parent, because it needs a privilege in the initial
// user namespace that the process may have left behind.
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "runtime/process/scheduling.h"

namespace tare::process {

struct FromOutside {
  struct Rlimit {
    std::string type;  // RLIMIT_NOFILE …
    int resource = 0;
    uint64_t soft = 0, hard = 0;
  };
  struct Scheduler {
    std::string what;  // says it in an error
    SchedulerAttributes attributes;
  };
  struct IoPriority {
    std::string what;
    uint32_t value = 0;
  };
  std::vector<Rlimit> rlimits;
  std::optional<Scheduler> scheduler;
  std::optional<IoPriority> io_priority;

  bool empty() const { return rlimits.empty() && !scheduler && !io_priority; }
};

// `pid` is our own child, which waits. The scheduler is last: from then on the child may be slow.
void set_from_outside(const FromOutside& settings, pid_t pid);

}  // namespace tare::process
