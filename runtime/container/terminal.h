// The terminal `run` is used from, and its connection to the container's.
#pragma once

#include <poll.h>
#include <termios.h>

#include <array>
#include <cstddef>
#include <span>

#include "runtime/base/fd.h"

namespace tare {

// The terminal of our standard error, output or input, in this order, else /dev/tty.
class HostTerminal {
 public:
  // Throws "open /dev/tty: no such device or address" without one.
  HostTerminal();
  ~HostTerminal();  // restores what make_raw() changed
  HostTerminal(const HostTerminal&) = delete;
  HostTerminal& operator=(const HostTerminal&) = delete;

  // Every key goes to the container. Output processing stays on, as runc leaves it.
  void make_raw();
  // Gives the pty of `master` our size.
  void copy_size(const Fd& master) const;

 private:
  Fd fd_;
  termios saved_{};
  bool raw_ = false;
};

// Bytes on their way in one direction.
class Flow {
 public:
  Flow(Fd source, Fd sink) : source_(std::move(source)), sink_(std::move(sink)) {}

  // What to wait for: input while nothing is held, else room for output; a negative fd when
  // neither.
  pollfd source_entry() const;
  pollfd sink_entry() const;
  // One read or one write, when its entry is ready. A sink that is gone swallows what comes.
  void fill();
  void flush();
  bool holds_bytes() const { return begin_ != end_; }
  bool source_open() const { return static_cast<bool>(source_); }

 private:
  static constexpr size_t kCapacity = 16384;
  Fd source_;
  Fd sink_;
  std::array<char, kCapacity> buffer_;
  size_t begin_ = 0;
  size_t end_ = 0;
};

// Copies between our standard input and output and a container's pty until destroyed.
class TerminalProxy {
 public:
  static constexpr size_t kEntries = 4;

  // Takes the pty's master; makes the host's terminal raw and gives the pty its size.
  explicit TerminalProxy(Fd master);

  void copy_size() const { host_.copy_size(master_); }
  void prepare(std::span<pollfd, kEntries> entries) const;
  void transfer(std::span<const pollfd, kEntries> entries);
  // After the container's end: brings out what is left in the pty; gives up when `interrupt`
  // becomes readable, for the reader of our output may be stuck.
  void finish(const Fd& interrupt);

 private:
  HostTerminal host_;
  Fd master_;
  Fd slave_;  // held, so that a program that closes its terminal for a while is no end of file
  Flow to_container_;
  Flow to_host_;
};

}  // namespace tare
