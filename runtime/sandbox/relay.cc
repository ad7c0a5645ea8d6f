// A reader that is gone is made known to the command: our end of its pipe is closed, too.
#include "runtime/sandbox/relay.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>

#include "runtime/base/error.h"

namespace tare::sandbox {

Relay::Relay(Fd source, Sink sink) : source_(std::move(source)), sink_(sink) {
  // The other end is an open file of its own, and stays as the command expects it.
  if (::fcntl(source_.get(), F_SETFL, O_NONBLOCK) != 0) throw Error(errno, "fcntl", "pipe");
}

void Relay::add(PollSet& poll) {
  place_ =
      holds_bytes() ? poll.add(sink_.fd, POLLOUT) : poll.add(source_ ? source_.get() : -1, POLLIN);
}

bool Relay::transfer(const PollSet& poll, Allowance& allowance) {
  if (!poll.ready(place_)) return true;
  if (holds_bytes()) {
    flush();
    return !finishing_ || finish(allowance);
  }
  return fill(allowance);
}

bool Relay::finish(Allowance& allowance) {
  finishing_ = true;
  while (source_ && !holds_bytes()) {
    if (!fill(allowance)) return false;
  }
  return true;
}

bool Relay::fill(Allowance& allowance) {
  ssize_t size = ::read(source_.get(), buffer_.data(), kCapacity);
  bool later = size < 0 && (errno == EAGAIN || errno == EINTR);
  if (later && !(finishing_ && errno == EAGAIN)) return true;
  if (size <= 0) {
    source_.reset();
    return true;
  }
  begin_ = 0;
  end_ = static_cast<size_t>(size);
  bool more = allowance && end_ > *allowance;
  if (allowance) {
    end_ = std::min<uint64_t>(end_, *allowance);
    *allowance -= end_;
  }
  if (more) source_.reset();
  if (sink_.fd < 0) keep();
  return !more;
}

void Relay::keep() {
  size_t size = std::min(end_, sink_.capacity - text_.size());
  cut_ = cut_ || size < end_;
  text_.append(buffer_.data(), size);
  bytes_ += size;
  end_ = 0;
}

void Relay::flush() {
  ssize_t size = ::write(sink_.fd, buffer_.data() + begin_, end_ - begin_);
  if (size < 0 && (errno == EINTR || errno == EAGAIN)) return;
  if (size < 0) {
    begin_ = end_ = 0;
    source_.reset();
    return;
  }
  begin_ += static_cast<size_t>(size);
  bytes_ += static_cast<uint64_t>(size);
}

}  // namespace tare::sandbox
