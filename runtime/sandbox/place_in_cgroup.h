// The cgroup of one sandbox: where it may be, what it enforces, what it has counted.
#pragma once

#include <sys/types.h>

#include <memory>
#include <optional>
#include <string>

#include "cgroups/cgroup.h"
#include "oci/config.h"
#include "runtime/sandbox/outcome.h"
#include "runtime/sandbox/policy.h"

namespace tare::sandbox {

// None, or one that goes with this object.
class PlacedCgroup {
 public:
  PlacedCgroup() = default;

  // Where limits need one: beside our own cgroup, which an ordinary user may do where that was
  // delegated to him; else as a transient scope of systemd (the user's own manager). Strict: throws
  // what both refuse. Best effort: none then.
  static PlacedCgroup place(const oci::Config& config, const Limits& limits);

  bool by_systemd() const { return plan_ && plan_->unit.has_value(); }
  // For CLONE_INTO_CGROUP; -1: none, or one that systemd makes around a process.
  int birthplace() const { return cgroup_ ? cgroup_->fd().get() : -1; }
  void start(pid_t pid);  // systemd's, around our child, which waits
  void apply();           // the limits
  std::string path() const { return cgroup_ ? cgroup_->path() : std::string(); }
  // Peak memory, processes and times into the result, and whether memory was the end of it.
  void measure(Result& result) const;

 private:
  std::optional<cgroups::Plan> plan_;
  std::unique_ptr<cgroups::Cgroup> cgroup_;
};

}  // namespace tare::sandbox
