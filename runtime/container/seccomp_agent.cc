// config-linux.md, "Seccomp": exactly one state a connection, which is closed after it; descriptors
// travel with the first of its bytes. The agent is a program of the administrator's, trusted, but
// it may be slow or stuck: nothing here waits for it without end.
#include "runtime/container/seccomp_agent.h"

#include <array>
#include <span>
#include <utility>

#include "oci/seccomp.h"
#include "runtime/base/error.h"
#include "runtime/base/paths.h"
#include "runtime/base/sys.h"

namespace tare {

SeccompAgent SeccompAgent::connect(const oci::Seccomp& seccomp, const std::string& bundle) {
  if (!oci::notifies(seccomp)) return {};
  return connect_to(absolute_from(bundle, seccomp.listener_path), seccomp.listener_metadata);
}

SeccompAgent SeccompAgent::connect_to(const std::string& path, const std::string& metadata) {
  Scope scope("failed to connect with seccomp agent specified in the seccomp profile");
  SeccompAgent agent;
  agent.path_ = path;
  agent.metadata_ = metadata;
  agent.socket_ = sys::connect_unix(agent.path_, kPatienceMs);
  return agent;
}

void SeccompAgent::hand_over(const Fd& listener, pid_t pid, const oci::State& state) {
  Scope scope("cannot send seccomp fd to " + path_);
  Fd socket = std::exchange(socket_, {});
  std::string json = oci::container_process_state_json({pid, metadata_, state});
  std::array<int, 1> fds{listener.get()};
  sys::send_with_fds(socket, std::as_bytes(std::span(std::string_view(json))), fds);
}

}  // namespace tare
