// What one turn of a poll loop waits for.
#pragma once

#include <poll.h>

#include <chrono>
#include <cstddef>
#include <optional>
#include <span>
#include <vector>

namespace tare::sandbox {

using Clock = std::chrono::steady_clock;

// Filled anew for each turn by everybody who waits; each finds its own again by the place it got.
class PollSet {
 public:
  // A negative descriptor is none, and never ready.
  size_t add(const pollfd& entry);
  size_t add(int fd, short events) { return add({fd, events, 0}); }
  // Several in a row.
  size_t add(std::span<const pollfd> entries);
  // Wakes then at the latest; the earliest of all counts.
  void wake_at(std::optional<Clock::time_point> when);

  // Returns when something is ready, or it is time.
  void wait();

  const pollfd& entry(size_t place) const { return entries_[place]; }
  bool ready(size_t place) const { return entries_[place].revents != 0; }
  std::span<const pollfd> entries(size_t place, size_t count) const {
    return std::span(entries_).subspan(place, count);
  }
  void clear();

 private:
  int patience() const;

  std::vector<pollfd> entries_;
  std::optional<Clock::time_point> wake_;
};

}  // namespace tare::sandbox
