// The watch over one running command: the limits that no kernel object enforces, and which reason
// for its end was the first.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "runtime/sandbox/outcome.h"
#include "runtime/sandbox/policy.h"
#include "runtime/sandbox/poll_set.h"

namespace tare::sandbox {

using Microseconds = std::chrono::microseconds;

// What is to be done with the command.
enum class Verdict {
  None,
  Terminate,  // SIGTERM to its process group
  Kill,       // SIGKILL to everybody
};

// Does nothing itself and asks nobody: time and use come from outside.
class Watch {
 public:
  // `counted`: the processor time of all its processes is known, and to be told.
  Watch(Limits limits, bool counted, Clock::time_point started);

  std::optional<Clock::time_point> next() const;  // when there is something to look at
  bool wants_use(Clock::time_point now) const;    // to be told how much processor time was used
  Verdict at(Clock::time_point now, Microseconds used);

  // Reasons from outside. Only the first counts.
  Verdict too_much_output();
  Verdict cancel();
  // A signal that asks to end was passed on: whoever ignores it is killed later.
  void asked_to_end(int signal, Clock::time_point now);

  // How it ended: a status as wait4(2) gives it, and the processor time in the end.
  void conclude(int status, Microseconds used, Result& result) const;

 private:
  using Deadline = std::optional<Clock::time_point>;
  Verdict decide(Outcome outcome, const char* limit, Milliseconds grace, Clock::time_point now);
  bool is_out_of_time(int status, Microseconds used) const;
  void describe(int status, Result& result) const;

  Limits limits_;
  bool counted_;
  Deadline wall_, cpu_, kill_;
  std::optional<Outcome> outcome_;
  std::optional<std::string> limit_;
  std::optional<int> asked_by_;
};

}  // namespace tare::sandbox
