// Output of the command on its way through us, counted.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

#include "runtime/base/fd.h"
#include "runtime/sandbox/poll_set.h"

namespace tare::sandbox {

// What is left of a number of bytes that several streams share; absent: any number.
using Allowance = std::optional<uint64_t>;

// Where it goes: to a descriptor, which is borrowed and never made non-blocking, as it may be
// shared with our caller; or, without one, into memory, which keeps the first `capacity` bytes.
struct Sink {
  int fd = -1;
  size_t capacity = 0;
};

// One stream, from the read end of a pipe.
class Relay {
 public:
  Relay(Fd source, Sink sink);

  // Input while nothing is held, else room for output.
  void add(PollSet& poll);
  // What is ready, of at most `allowance` bytes, which become less. False: there was more.
  bool transfer(const PollSet& poll, Allowance& allowance);
  // All writers are gone: takes what is there, and what is not there will not come. False as above.
  bool finish(Allowance& allowance);

  bool open() const { return static_cast<bool>(source_) || holds_bytes(); }
  uint64_t bytes() const { return bytes_; }  // passed on or kept
  bool cut() const { return cut_; }          // more came than memory keeps
  bool keeps() const { return sink_.fd < 0; }
  std::string& text() { return text_; }  // what memory has kept

 private:
  static constexpr size_t kCapacity = 4096;  // PIPE_BUF: a write that poll(2) allows never blocks
  bool holds_bytes() const { return begin_ != end_; }
  bool fill(Allowance& allowance);
  void keep();
  void flush();

  Fd source_;
  Sink sink_;
  bool finishing_ = false;
  bool cut_ = false;
  size_t place_ = 0;
  std::array<char, kCapacity> buffer_{};
  size_t begin_ = 0, end_ = 0;
  uint64_t bytes_ = 0;
  std::string text_;
};

}  // namespace tare::sandbox
