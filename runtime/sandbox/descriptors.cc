#include "runtime/sandbox/descriptors.h"

#include <sys/resource.h>

#include <algorithm>
#include <cerrno>

#include "runtime/base/error.h"

namespace tare::sandbox {
namespace {

constexpr rlim_t kEach = 24;     // of one sandbox: processes, streams, cgroup, network
constexpr rlim_t kOthers = 128;  // ours, and the sources of mounts of one that is being made

}  // namespace

size_t room_for_sandboxes(size_t wanted, std::optional<oci::Rlimit>& before) {
  struct rlimit limit {};
  if (::getrlimit(RLIMIT_NOFILE, &limit) != 0) throw Error(errno, "getrlimit", "RLIMIT_NOFILE");
  rlim_t enough = std::min(limit.rlim_max, wanted * kEach + kOthers);
  if (limit.rlim_cur < enough) {
    before = {"RLIMIT_NOFILE", limit.rlim_cur, limit.rlim_max};
    limit.rlim_cur = enough;
    if (::setrlimit(RLIMIT_NOFILE, &limit) != 0) throw Error(errno, "setrlimit", "RLIMIT_NOFILE");
  }
  rlim_t left = limit.rlim_cur > kOthers ? (limit.rlim_cur - kOthers) / kEach : 0;
  return static_cast<size_t>(std::clamp<rlim_t>(left, 1, wanted));
}

}  // namespace tare::sandbox
