// Signals to us, which a poll loop takes one by one.
#pragma once

#include <signal.h>

#include <vector>

#include "runtime/base/fd.h"

namespace tare {

// Every signal is held from construction to destruction, which restores what was; what is cloned
// meanwhile has to unblock.
class HeldSignals {
 public:
  HeldSignals();
  ~HeldSignals();
  HeldSignals(const HeldSignals&) = delete;
  HeldSignals& operator=(const HeldSignals&) = delete;

  int fd() const { return fd_.get(); }  // readable when there is one
  // Those that have come, but for what we have caused ourselves by writing to a reader who is gone.
  std::vector<int> take() const;

 private:
  Fd fd_;
  sigset_t saved_{};
};

// HUP, INT, QUIT and TERM ask us to end.
bool asks_to_end(int signal);

// Readable when one of these has come; for who waits for nothing else any more.
Fd open_end_signals();

}  // namespace tare
