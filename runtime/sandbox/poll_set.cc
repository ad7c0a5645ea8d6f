// poll(2) counts in milliseconds: what is left is rounded up, so that nobody wakes before his time.
#include "runtime/sandbox/poll_set.h"

#include <algorithm>
#include <cerrno>

#include "runtime/base/error.h"

namespace tare::sandbox {

size_t PollSet::add(const pollfd& entry) {
  entries_.push_back(entry);
  return entries_.size() - 1;
}

size_t PollSet::add(std::span<const pollfd> entries) {
  size_t place = entries_.size();
  entries_.insert(entries_.end(), entries.begin(), entries.end());
  return place;
}

void PollSet::wake_at(std::optional<Clock::time_point> when) {
  if (when && (!wake_ || *when < *wake_)) wake_ = when;
}

void PollSet::wait() {
  for (pollfd& entry : entries_) entry.revents = 0;
  if (::poll(entries_.data(), entries_.size(), patience()) >= 0) return;
  if (errno != EINTR) throw Error(errno, "poll", "");
  for (pollfd& entry : entries_) entry.revents = 0;
}

void PollSet::clear() {
  entries_.clear();
  wake_.reset();
}

// -1: for ever.
int PollSet::patience() const {
  constexpr int64_t kLongest = 1'000'000;
  if (!wake_) return -1;
  using Milliseconds = std::chrono::milliseconds;
  auto left = std::chrono::ceil<Milliseconds>(*wake_ - Clock::now()).count();
  return static_cast<int>(std::clamp<int64_t>(left, 0, kLongest));
}

}  // namespace tare::sandbox
