// Waiting for what happens to a cgroup.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>

#include "runtime/base/fd.h"

namespace tare::cgroups {

enum class Happening {
  Nothing,      // the time is over
  OutOfMemory,  // the OOM killer has killed in it since the last look
  Empty,        // it has no process (any more), or is gone
};

class Watch {
 public:
  // Begins now. A cgroup that is not there is empty.
  explicit Watch(const std::string& path);

  // Until something happens, or `end`. Empty is told for ever, but not before the last OutOfMemory.
  Happening wait(std::chrono::steady_clock::time_point end);

 private:
  bool look_for_kill();

  Fd events_;         // cgroup.events
  Fd memory_events_;  // invalid without the memory controller
  uint64_t kills_ = 0;
};

}  // namespace tare::cgroups
