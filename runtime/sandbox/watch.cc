// Processor time is looked at when all processors together could have used up what is left, so that
// a limit is noticed within a few milliseconds and a sleeper costs nothing.
#include "runtime/sandbox/watch.h"

#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <utility>

namespace tare::sandbox {
namespace {

constexpr Milliseconds kShortestTick{5};

Clock::time_point never() {
  return Clock::time_point::max();
}

}  // namespace

Watch::Watch(Limits limits, bool counted, Clock::time_point started)
    : limits_(std::move(limits)), counted_(counted) {
  if (limits_.wall_time) wall_ = started + *limits_.wall_time;
  if (limits_.cpu_time && counted) cpu_ = started;
}

std::optional<Clock::time_point> Watch::next() const {
  auto first = never();
  for (const Deadline& deadline : {wall_, cpu_, kill_}) {
    first = std::min(first, deadline.value_or(never()));
  }
  return first == never() ? std::nullopt : Deadline(first);
}

bool Watch::wants_use(Clock::time_point now) const {
  return cpu_ && now >= *cpu_;
}

Verdict Watch::at(Clock::time_point now, Microseconds used) {
  if (kill_ && now >= *kill_) {
    kill_.reset();
    return Verdict::Kill;
  }
  if (wall_ && now >= *wall_) return decide(Outcome::Timeout, "timeout", limits_.kill_after, now);
  if (!wants_use(now)) return Verdict::None;
  Microseconds left = *limits_.cpu_time - used;
  if (left <= Microseconds(0)) {
    return decide(Outcome::CpuLimit, "cpu-time", limits_.kill_after, now);
  }
  static const auto kProcessors = std::max(1L, ::sysconf(_SC_NPROCESSORS_ONLN));
  cpu_ = now + std::max<Microseconds>(left / kProcessors, kShortestTick);
  return Verdict::None;
}

Verdict Watch::too_much_output() {
  return decide(Outcome::OutputLimit, "output", Milliseconds(0), {});
}

Verdict Watch::cancel() {
  return decide(Outcome::Cancelled, nullptr, Milliseconds(0), {});
}

// After it every deadline but that of the kill is moot.
Verdict Watch::decide(Outcome outcome, const char* limit, Milliseconds grace,
                      Clock::time_point now) {
  if (outcome_) return Verdict::None;
  outcome_ = outcome;
  if (limit != nullptr) limit_ = limit;
  wall_.reset();
  cpu_.reset();
  if (grace == Milliseconds(0)) return Verdict::Kill;
  kill_ = now + grace;
  return Verdict::Terminate;
}

// INT and QUIT come from a keyboard, and many a program goes on after them.
void Watch::asked_to_end(int signal, Clock::time_point now) {
  asked_by_ = signal;
  if ((signal == SIGTERM || signal == SIGHUP) && !kill_) kill_ = now + limits_.kill_after;
}

void Watch::conclude(int status, Microseconds used, Result& result) const {
  describe(status, result);
  if (limit_) result.hit(*limit_);
  if (outcome_) {
    result.outcome = *outcome_;
    result.truncated = result.truncated || *outcome_ == Outcome::OutputLimit;
    return;
  }
  if (limits_.cpu_time && is_out_of_time(status, used)) {
    result.outcome = Outcome::CpuLimit;
    result.hit("cpu-time");
  } else if (asked_by_ && result.signal) {
    result.outcome = Outcome::Cancelled;
  }
}

// Used up at the last moment, or noticed by the kernel first: RLIMIT_CPU, whose clock is coarser.
bool Watch::is_out_of_time(int status, Microseconds used) const {
  int signal = WIFSIGNALED(status) ? WTERMSIG(status) : 0;
  if (signal == SIGXCPU) return true;
  return (counted_ || signal == SIGKILL) && used >= *limits_.cpu_time;
}

void Watch::describe(int status, Result& result) const {
  if (WIFEXITED(status)) {
    result.exit_code = WEXITSTATUS(status);
    result.outcome = Outcome::Exited;
  } else {
    result.signal = WTERMSIG(status);
    result.outcome = Outcome::Signaled;
  }
}

}  // namespace tare::sandbox
