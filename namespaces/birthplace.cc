// setns(2) takes CAP_SYS_ADMIN over the user namespace that owns the other one. With a new user
// namespace only who stands outside has that of what others own; and a joined one need not own what
// is joined beside it (a container in the network namespace of another's, each with ids of its
// own).
#include "namespaces/birthplace.h"

#include <fcntl.h>
#include <sched.h>

#include <exception>

#include "runtime/base/error.h"
#include "runtime/base/sys.h"

namespace tare::namespaces {
namespace {

const char* own_link(int type) {
  switch (type) {
    case CLONE_NEWNET:
      return "/proc/self/ns/net";
    case CLONE_NEWIPC:
      return "/proc/self/ns/ipc";
    case CLONE_NEWUTS:
      return "/proc/self/ns/uts";
    default:
      return "/proc/self/ns/cgroup";
  }
}

void go_back(const std::vector<ForeignNamespace>& home) noexcept {
  for (const ForeignNamespace& ns : home) {
    if (::setns(ns.fd.get(), ns.type) != 0) std::terminate();
  }
}

}  // namespace

Birthplace::Birthplace(const std::vector<ForeignNamespace>& wanted) {
  for (const ForeignNamespace& ns : wanted) {
    home_.push_back({sys::openat(AT_FDCWD, own_link(ns.type), O_RDONLY), ns.type, ""});
  }
  try {
    for (const ForeignNamespace& ns : wanted) sys::setns(ns.fd, ns.type, ns.path);
  } catch (const Error&) {
    go_back(home_);
    throw;
  }
}

Birthplace::~Birthplace() {
  go_back(home_);
}

}  // namespace tare::namespaces
