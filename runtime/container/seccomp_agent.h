// The agent that answers what a seccomp filter notifies it of (SCMP_ACT_NOTIFY).
#pragma once

#include <sys/types.h>

#include <string>

#include "oci/config.h"
#include "oci/state.h"
#include "runtime/base/fd.h"

namespace tare {

// One connection to it, made before there is anything that a missing agent would leave behind, and
// good for one filter of one process. Neither waits for longer than kPatienceMs.
class SeccompAgent {
 public:
  static constexpr int kPatienceMs = 10'000;

  // No agent.
  SeccompAgent() = default;
  // That of listenerPath, a relative one seen from `bundle`; none when no action notifies.
  static SeccompAgent connect(const oci::Seccomp& seccomp, const std::string& bundle);

  // That at the absolute path `path`.
  static SeccompAgent connect_to(const std::string& path, const std::string& metadata);

  // There is an agent that has not got its listener yet.
  bool waits() const { return static_cast<bool>(socket_); }

  // Sends the container process state of `pid` with the filter's listener and ends the connection.
  // `state` is the container's, and its pid init's.
  void hand_over(const Fd& listener, pid_t pid, const oci::State& state);

 private:
  std::string path_;
  std::string metadata_;
  Fd socket_;
};

}  // namespace tare
