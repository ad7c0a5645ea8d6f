// What happens to a running container, one thing after the other.
#pragma once

#include <chrono>
#include <optional>
#include <string>

#include "cgroups/watch.h"
#include "runtime/container/statistics.h"
#include "runtime/container/store.h"

namespace tare {

// The record of a container that is not stopped; throws "container with id X is not running".
ContainerRecord read_running(const ContainerDirectory& directory);

class EventStream {
 public:
  // Statistics are due after one interval, which is positive, and then after each. Throws for a
  // container that has no cgroup.
  EventStream(ContainerRecord record, std::chrono::nanoseconds interval);

  // Waits for the next event and tells it as a line of JSON; nothing when the container has no
  // process any more.
  std::optional<std::string> next();

 private:
  ContainerRecord record_;
  std::chrono::nanoseconds interval_;
  cgroups::Watch watch_;
  std::chrono::steady_clock::time_point due_;
};

}  // namespace tare
