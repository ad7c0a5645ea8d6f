// How a sandboxed command ended, and what is known of it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "runtime/sandbox/enforced_limit.h"

namespace tare::sandbox {

// The vocabulary of the result document.
enum class Outcome {
  Exited,
  Signaled,
  Timeout,
  CpuLimit,
  MemoryLimit,
  OutputLimit,
  Cancelled,    // by a signal to tare, or because its caller ended
  ExecFailed,   // the command was not found or could not be executed
  SetupFailed,  // the sandbox could not be made
};
const char* outcome_name(Outcome outcome);  // "memory-limit"

// Exit statuses (timeout(1), docker-run(1)).
inline constexpr int kTimedOut = 124;
inline constexpr int kSetupFailed = 125;
inline constexpr int kNotExecutable = 126;
inline constexpr int kNotFound = 127;
inline constexpr int kSignalBase = 128;

// Who counted: getrusage(2), only what was reaped and of memory the largest process; or a cgroup,
// everything and all processes together.
enum class Source { Rusage, Cgroup };

struct Measured {
  double setup_ms = 0, wall_ms = 0, user_ms = 0, system_ms = 0;
  std::optional<uint64_t> memory_peak, swap_peak, pids_peak, oom_kills;
  Source times = Source::Rusage, memory = Source::Rusage;
};

// Of one stream: what passed through us, and what of it was kept.
struct OutputOfOne {
  std::optional<uint64_t> bytes;
  std::optional<std::string> text;
};

// What went wrong when nothing was run.
struct Failure {
  std::string message;
  std::string stage, call;  // empty: not known
  int error = 0;            // errno, 0: none
  std::string hint;
};

struct Result {
  Outcome outcome = Outcome::SetupFailed;
  std::optional<int> exit_code;
  std::optional<int> signal;
  std::vector<std::string> limits_hit;
  Measured measured;
  OutputOfOne standard_output, standard_error;
  bool truncated = false;
  std::vector<EnforcedLimit> limits;
  std::optional<Failure> failure;  // of ExecFailed and SetupFailed

  void hit(const std::string& limit);  // adds it to limits_hit, once
  // What tare exits with.
  int exit_status() const;
};

}  // namespace tare::sandbox
