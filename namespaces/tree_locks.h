// Mounts of the host for a container whose root must not undo what the host's say.
#pragma once

#include <string>
#include <vector>

#include "namespaces/bind_flags.h"
#include "namespaces/spawn.h"
#include "namespaces/steps.h"

namespace tare::namespaces {

// An unattached tree of ours that the container is to have.
struct HostTree {
  int slot = -1;
  std::string what;           // as errors name it
  Restrictions restrictions;  // to be locked as well
};

// Puts into each slot a copy of its tree that the kernel treats as it does what a user namespace
// inherits (mount_namespaces(7)): flags of a mount stay, what is mounted below stays where it is,
// and shared mounts are slaves. Nobody can take that back, whatever the capabilities. Throws naming
// the tree. The processes returned have done their part, and end by themselves.
[[nodiscard]] std::vector<Child> lock_trees(const std::vector<HostTree>& trees, const Steps& steps);

}  // namespace tare::namespaces
