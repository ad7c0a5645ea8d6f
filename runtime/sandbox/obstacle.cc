// The same probes as tare sandbox --check, made only when something has failed.
#include "runtime/sandbox/obstacle.h"

#include <cerrno>

#include "runtime/check/check.h"

namespace tare::sandbox {
namespace {

// How the kernel refuses namespaces, mounts in them and filters.
bool is_a_refusal(int error) {
  for (int refusal : {EPERM, EACCES, ENOSPC, EUSERS, EINVAL, ENOSYS}) {
    if (error == refusal) return true;
  }
  return false;
}

}  // namespace

std::string hint_for(const Error& error) {
  if (!error.hint().empty() || !is_a_refusal(error.error())) return error.hint();
  check::Host host;
  host.user = check::look_at_user();
  host.namespaces = check::look_at_namespaces(host.user);
  host.security = check::look_at_security();
  check::Obstacle obstacle = check::sandbox_obstacle(host);
  return obstacle.what.empty() ? "" : obstacle.what + ": " + obstacle.remedy;
}

}  // namespace tare::sandbox
