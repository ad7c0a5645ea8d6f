// The kernel notifies of a change of cgroup.events and memory.events by POLLPRI on a descriptor
// that has read the file (kernfs_fop_poll), so nothing is polled in time. Both count the whole
// subtree.
#include "cgroups/watch.h"

#include <fcntl.h>
#include <poll.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <string_view>

#include "cgroups/control_file.h"
#include "runtime/base/error.h"
#include "runtime/base/sys.h"

namespace tare::cgroups {
namespace {

using Clock = std::chrono::steady_clock;

// The number of `key`; 0 when the cgroup is gone, as an empty one has it.
uint64_t number_in(const Fd& file, std::string_view key) {
  char text[1024];
  ssize_t length = ::pread(file.get(), text, sizeof text, 0);
  if (length < 0 && errno == ENODEV) return 0;
  if (length < 0) throw Error(errno, "read", "events of the cgroup");
  return keyed_value({text, static_cast<size_t>(length)}, key).value_or(0);
}

timespec until(Clock::time_point end) {
  auto left = std::max(end - Clock::now(), Clock::duration::zero());
  auto seconds = std::chrono::duration_cast<std::chrono::seconds>(left);
  return {.tv_sec = seconds.count(), .tv_nsec = std::chrono::nanoseconds(left - seconds).count()};
}

}  // namespace

Watch::Watch(const std::string& path) {
  auto directory = open_cgroup(path);
  if (!directory) return;
  if (auto file = sys::try_openat(directory->get(), "cgroup.events", O_RDONLY)) {
    events_ = std::move(*file);
  }
  if (auto file = sys::try_openat(directory->get(), "memory.events", O_RDONLY)) {
    memory_events_ = std::move(*file);
  }
  look_for_kill();
}

bool Watch::look_for_kill() {
  uint64_t kills = memory_events_ ? number_in(memory_events_, "oom_kill") : 0;
  return kills > std::exchange(kills_, std::max(kills_, kills));
}

Happening Watch::wait(Clock::time_point end) {
  for (;;) {
    // In this order: who was killed was there before.
    bool empty = !events_ || number_in(events_, "populated") == 0;
    if (look_for_kill()) return Happening::OutOfMemory;
    if (empty) return Happening::Empty;
    if (Clock::now() >= end) return Happening::Nothing;
    pollfd files[] = {{.fd = events_.get(), .events = POLLPRI, .revents = 0},
                      {.fd = memory_events_.get(), .events = POLLPRI, .revents = 0}};
    timespec timeout = until(end);
    if (::ppoll(files, 2, &timeout, nullptr) < 0 && errno != EINTR) {
      throw Error(errno, "poll", "events of the cgroup");
    }
  }
}

}  // namespace tare::cgroups
