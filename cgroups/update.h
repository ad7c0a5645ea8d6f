// Changing the limits of a container's cgroup.
#pragma once

#include <optional>
#include <string>

#include "cgroups/cgroup.h"
#include "oci/config.h"

namespace tare::cgroups {

// The cgroup of a container, as its record has it.
struct Target {
  std::string path;                     // absolute host directory; empty: the container has none
  std::optional<Unit> unit = {};        // of systemd, where that manages it
  bool tolerate_no_permission = false;  // of device rules: bpf(2) is not for user namespaces
};

// Applies what `wanted` says and keeps everything else; device rules replace the former ones,
// unless there are none but denials of everything without a type, which engines send with any
// update. What was written is put back when something fails: then an Error tells what, and warnings
// name files that did not take their former content. Throws, before anything is written, for what
// make_plan() would refuse of a new container, and for a controller that the cgroup lacks.
void update(const Target& target, const oci::Resources& wanted);

}  // namespace tare::cgroups
