// A reader that is gone is made known to the command: our end of its pipe is closed, too.
#include "runtime/sandbox/relay.h"

#include <unistd.h>

#include <algorithm>
#include <cerrno>

#include "runtime/base/error.h"

namespace tare::sandbox {

pollfd Relay::entry() const {
  if (begin_ != end_) return {sink_, POLLOUT, 0};
  return {source_ ? source_.get() : -1, POLLIN, 0};
}

bool Relay::transfer(const pollfd& entry, Allowance& allowance) {
  if (entry.revents == 0) return true;
  if (begin_ != end_) {
    flush();
    return true;
  }
  return fill(allowance);
}

bool Relay::drain(Allowance& allowance) {
  while (open()) {
    if (begin_ != end_) {
      flush();
    } else if (!fill(allowance)) {
      return false;
    }
  }
  return true;
}

bool Relay::fill(Allowance& allowance) {
  ssize_t size = ::read(source_.get(), buffer_.data(), kCapacity);
  if (size < 0 && (errno == EINTR || errno == EAGAIN)) return true;
  if (size <= 0) {
    source_.reset();
    return true;
  }
  begin_ = 0;
  end_ = static_cast<size_t>(size);
  if (!allowance) return true;
  bool more = end_ > *allowance;
  end_ = std::min<uint64_t>(end_, *allowance);
  *allowance -= end_;
  return !more;
}

void Relay::flush() {
  ssize_t size = ::write(sink_, buffer_.data() + begin_, end_ - begin_);
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
