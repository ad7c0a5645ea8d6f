// The supervisor's watch over one command: its end, its limits that no kernel object enforces, our
// caller, and signals to us.
#pragma once

#include <signal.h>

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "namespaces/spawn.h"
#include "runtime/sandbox/outcome.h"
#include "runtime/sandbox/policy.h"
#include "runtime/sandbox/relay.h"

namespace tare::sandbox {

using Clock = std::chrono::steady_clock;

// Every signal is held from construction to destruction; what is cloned meanwhile has to unblock.
class HeldSignals {
 public:
  HeldSignals();
  ~HeldSignals();
  HeldSignals(const HeldSignals&) = delete;
  HeldSignals& operator=(const HeldSignals&) = delete;
  const Fd& fd() const { return fd_; }

 private:
  Fd fd_;
  sigset_t saved_{};
};

// Our caller as a process: a thread of it may end without it.
Fd open_caller();

struct Watched {
  const Policy& policy;
  const HeldSignals& signals;
  const Fd& caller;             // invalid: not watched
  namespaces::Child& command;   // leader of its process group
  namespaces::Child& reaper;    // its parent and the init of its pid namespace, our child
  const Fd& status;             // where that writes how the command ended
  std::string cgroup;           // of the command; empty: none
  std::vector<Relay>& outputs;  // stdout, stderr where they pass through us
  Clock::time_point started;
};

// Returns when nothing of the sandbox runs any more: how the command ended and why, its times by
// rusage.
Result watch(const Watched& watched);

}  // namespace tare::sandbox
