// The cgroup of one sandbox, and where this process may have such.
#pragma once

#include <chrono>
#include <memory>
#include <string>

#include "cgroups/cgroup.h"
#include "runtime/base/fd.h"
#include "runtime/sandbox/enforced_limit.h"
#include "runtime/sandbox/outcome.h"
#include "runtime/sandbox/policy.h"
#include "runtime/sandbox/watch.h"

namespace tare::sandbox {

// None, or one that goes with this object.
class Leaf {
 public:
  Leaf() = default;

  explicit operator bool() const { return cgroup_ != nullptr; }
  int birthplace() const { return cgroup_ ? cgroup_->fd().get() : -1; }  // -1: none
  const GroupEnforcers& enforcers() const { return enforcers_; }

  // From here on the command is what uses processor time, not the set-up.
  void begin();
  Microseconds used() const;
  // Times, peaks and whether memory or processes hit their limit into a result that is complete
  // otherwise.
  void measure(Result& result) const;
  bool ran_out_of_memory() const;

 private:
  friend class LeafPlace;
  struct Times {
    Microseconds total{}, user{}, system{};
  };
  Times times() const;

  Fd lock_;  // see LeafPlace::sweep
  std::unique_ptr<cgroups::Cgroup> cgroup_;
  GroupEnforcers enforcers_;
  Times before_;
};

// Beside our own cgroup, which an ordinary user may where that was delegated to him; else in a
// scope of our own, which systemd gives us (the user's own manager). Found once in a process.
class LeafPlace {
 public:
  // A fresh one with the limits, where they need one. Strict: throws what stands in the way, with a
  // way out. Best effort: enforces what can be, and the enforcers say what.
  Leaf make(const Limits& asked);

 private:
  Leaf strict(const Limits& limits);
  Leaf best_effort(const Limits& limits);
  Leaf fresh(const cgroups::Plan& plan);
  Leaf with(const oci::Resources& resources);
  void enter_scope();
  void sweep(const Fd& parent);

  bool in_scope_ = false;
  bool swept_ = false;
};

}  // namespace tare::sandbox
