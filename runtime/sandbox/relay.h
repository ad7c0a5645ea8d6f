// Output of the command on its way through us, counted.
#pragma once

#include <poll.h>

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>

#include "runtime/base/fd.h"

namespace tare::sandbox {

// What is left of a number of bytes that several streams share; absent: any number.
using Allowance = std::optional<uint64_t>;

// One stream, from the read end of a pipe to a descriptor of ours.
class Relay {
 public:
  // `sink` is borrowed and never made non-blocking: it may be shared with our caller.
  Relay(Fd source, int sink) : source_(std::move(source)), sink_(sink) {}

  // What to wait for: input while nothing is held, else room for output; a negative fd when
  // neither.
  pollfd entry() const;
  // What is ready, of at most `allowance` bytes, which become less. False: there was more.
  bool transfer(const pollfd& entry, Allowance& allowance);
  // Everything that is there without waiting for more, when all writers are gone.
  bool drain(Allowance& allowance);

  bool open() const { return static_cast<bool>(source_) || begin_ != end_; }
  uint64_t bytes() const { return bytes_; }  // passed on

 private:
  static constexpr size_t kCapacity = 4096;  // PIPE_BUF: a write that poll(2) allows never blocks
  bool fill(Allowance& allowance);
  void flush();

  Fd source_;
  int sink_;
  std::array<char, kCapacity> buffer_{};
  size_t begin_ = 0, end_ = 0;
  uint64_t bytes_ = 0;
};

}  // namespace tare::sandbox
