// A command that stays in the foreground with its container.
#pragma once

#include <sys/types.h>

#include "runtime/base/fd.h"
#include "runtime/container/held_signals.h"
#include "runtime/container/notify.h"
#include "runtime/container/terminal.h"

namespace tare {

// What becomes of the container's processes whose parent dies outside of its pid namespace.
enum class Orphans {
  Leave,  // somebody else's: --no-subreaper
  Adopt,  // ours: we reap them (PR_SET_CHILD_SUBREAPER)
};

// From construction to destruction every signal is blocked and held for the container; both ends
// restore what was. What is cloned meanwhile inherits the mask and has to clear it.
class Supervisor {
 public:
  explicit Supervisor(Orphans orphans);
  ~Supervisor();
  Supervisor(const Supervisor&) = delete;
  Supervisor& operator=(const Supervisor&) = delete;

  // Waits for our child `init` and reaps it; meanwhile forwards signals to it, reaps other
  // children, copies for `terminal` (may be null) and hears for the service manager, whose main
  // process we are (may be null). Its exit status, or 128 + the signal that ended it.
  int run(pid_t init, const Fd& pidfd, TerminalProxy* terminal, NotifyProxy* notify = nullptr);

 private:
  void take_signals(pid_t init, const Fd& pidfd, TerminalProxy* terminal) const;

  HeldSignals signals_;
  int saved_subreaper_ = 0;
};

}  // namespace tare
