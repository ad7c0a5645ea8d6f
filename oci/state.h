// The state document of runtime-spec section 11 and runc's additions to it (runc.md 2.1).
#pragma once

#include <sys/types.h>

#include <string>

#include "oci/config.h"

namespace tare::oci {

enum class Status { Creating, Created, Running, Paused, Stopped };

// "creating", "created", "running", "paused", "stopped".
const char* status_name(Status status);

struct State {
  std::string id;
  Status status = Status::Creating;
  pid_t pid = 0;  // as the reader sees it; 0: none (stopped)
  std::string bundle;
  std::string rootfs;   // empty: left out
  std::string created;  // RFC 3339 with nanoseconds, UTC; empty: left out
  std::string owner;
  Map<std::string> annotations;
};

// The specification's document alone, one line: what hooks and seccomp agents read. `pid` is left
// out when 0.
std::string hook_state_json(const State& state);

// A process under a seccomp filter, whose listener is handed to an agent with this document:
// runtime-spec config-linux.md, "The Container Process State".
struct ContainerProcessState {
  pid_t pid = 0;         // as the runtime sees it; in exec not the state's
  std::string metadata;  // listenerMetadata; empty: left out
  State state;
};

// One line. Goes with one descriptor, the "seccompFd".
std::string container_process_state_json(const ContainerProcessState& process);

// What `state` prints: two-space indent, runc's order of members, no trailing newline; `pid` is 0
// when stopped.
std::string state_json(const State& state);

// What `list -f json` prints: one line, an array.
std::string states_json(const std::vector<State>& states);

}  // namespace tare::oci
