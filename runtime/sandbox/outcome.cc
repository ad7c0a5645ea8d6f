// Names and exit statuses of outcomes.
#include "runtime/sandbox/outcome.h"

#include <algorithm>
#include <cerrno>
#include <csignal>

namespace tare::sandbox {

const char* outcome_name(Outcome outcome) {
  switch (outcome) {
    case Outcome::Exited:
      return "exited";
    case Outcome::Signaled:
      return "signaled";
    case Outcome::Timeout:
      return "timeout";
    case Outcome::CpuLimit:
      return "cpu-limit";
    case Outcome::MemoryLimit:
      return "memory-limit";
    case Outcome::OutputLimit:
      return "output-limit";
    case Outcome::Cancelled:
      return "cancelled";
    case Outcome::ExecFailed:
      return "exec-failed";
    case Outcome::SetupFailed:
      break;
  }
  return "setup-failed";
}

void Result::hit(const std::string& limit) {
  if (std::find(limits_hit.begin(), limits_hit.end(), limit) == limits_hit.end()) {
    limits_hit.push_back(limit);
  }
}

int Result::exit_status() const {
  switch (outcome) {
    case Outcome::Timeout:
    case Outcome::CpuLimit:
      return kTimedOut;
    case Outcome::MemoryLimit:
    case Outcome::OutputLimit:  // even if it had ended by itself before we could see to it
      return kSignalBase + SIGKILL;
    case Outcome::ExecFailed:
      return failure && failure->error == ENOENT ? kNotFound : kNotExecutable;
    case Outcome::SetupFailed:
      return kSetupFailed;
    default:
      break;
  }
  if (exit_code) return *exit_code;
  return kSignalBase + signal.value_or(SIGKILL);
}

}  // namespace tare::sandbox
