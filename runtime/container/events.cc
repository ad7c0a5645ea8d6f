// Two things end the wait for the next event, the kernel's notification and the clock. The clock
// goes on from when statistics were due, not from when they were told, so that they do not drift.
#include "runtime/container/events.h"

#include <utility>

#include "runtime/base/error.h"
#include "runtime/container/status.h"

namespace tare {
namespace {

using Clock = std::chrono::steady_clock;

ContainerRecord require_cgroup(ContainerRecord record) {
  if (record.cgroup.path.empty()) {
    throw Error("container " + record.id + " has no cgroup, which would tell events");
  }
  return record;
}

// An interval may be centuries, the clock counts fewer.
Clock::time_point after(Clock::time_point from, std::chrono::nanoseconds interval) {
  auto left = std::chrono::nanoseconds(Clock::time_point::max() - from);
  return interval >= left ? Clock::time_point::max() : from + interval;
}

}  // namespace

ContainerRecord read_running(const ContainerDirectory& directory) {
  ContainerRecord record = directory.read();
  if (container_status(directory, record) == oci::Status::Stopped) {
    throw Error("container with id " + record.id + " is not running");
  }
  return record;
}

EventStream::EventStream(ContainerRecord record, std::chrono::nanoseconds interval)
    : record_(require_cgroup(std::move(record))),
      interval_(interval),
      watch_(record_.cgroup.path),
      due_(after(Clock::now(), interval)) {}

std::optional<std::string> EventStream::next() {
  for (;;) {
    switch (watch_.wait(due_)) {
      case cgroups::Happening::Empty:
        return std::nullopt;
      case cgroups::Happening::OutOfMemory:
        return out_of_memory_json(record_.id);
      case cgroups::Happening::Nothing:
        break;
    }
    due_ = std::max(after(due_, interval_), Clock::now());
    if (auto statistics = statistics_of(record_)) return statistics_json(record_.id, *statistics);
  }
}

}  // namespace tare
