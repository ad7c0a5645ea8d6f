// A container is paused when its cgroup is frozen (cgroup-v2.rst, "cgroup.freeze"); nothing is
// recorded. The kernel freezes whole subtrees, and has two answers: cgroup.freeze is what this
// cgroup was told, cgroup.events what has come of that and of what its ancestors were told. Only
// the first is ours to give and to take back, so a container that an ancestor froze can be paused
// besides, and cannot be resumed.
//
// A pause takes the container's lock like any transition: a `start` half-way must not find its
// init frozen. A resume would rather have it, but if somebody froze the init that a `start` waits
// for, then only a resume can end that, so it goes on without.
#include "runtime/container/pause.h"

#include "cgroups/cgroup.h"
#include "runtime/base/error.h"
#include "runtime/base/log.h"
#include "runtime/container/status.h"

namespace tare {
namespace {

using namespace std::chrono_literals;

constexpr auto kPausePatience = 10s;
constexpr auto kResumePatience = 1s;

bool can_be_paused(oci::Status status, const std::string& cgroup) {
  if (status == oci::Status::Paused) return !cgroups::is_frozen_itself(cgroup);
  return status == oci::Status::Created || status == oci::Status::Running;
}

}  // namespace

void pause(ContainerDirectory& directory) {
  Scope scope("pause " + directory.id());
  if (!directory.lock_within(kPausePatience)) {
    throw Error("another command, such as start, keeps the container busy");
  }
  const ContainerRecord record = directory.read();
  const std::string& cgroup = record.cgroup.path;
  if (!can_be_paused(container_status(directory, record), cgroup)) {
    throw Error("container not running");
  }
  if (cgroup.empty()) throw Error("container has no cgroup that could be frozen");
  if (!cgroups::freeze(cgroup)) throw Error("container's cgroup does not exist: " + cgroup);
  log_debug("pause " + record.id + ": " + cgroup + " is frozen");
  if (open_process(record.init)) return;
  // It ended before it was frozen.
  cgroups::thaw(cgroup);
  throw Error("container not running");
}

void resume(ContainerDirectory& directory) {
  Scope scope("resume " + directory.id());
  if (!directory.lock_within(kResumePatience)) log_debug("resume: without the lock");
  const ContainerRecord record = directory.read();
  if (container_status(directory, record) != oci::Status::Paused) {
    throw Error("container not paused");
  }
  const std::string& cgroup = record.cgroup.path;
  if (!cgroups::is_frozen_itself(cgroup)) {
    throw Error("container not paused").with_hint("frozen is " + cgroups::frozen_ancestor(cgroup));
  }
  if (!cgroups::thaw(cgroup)) throw Error("container not paused");
  log_debug("resume " + record.id + ": " + cgroup + " is thawed");
}

}  // namespace tare
