// Freezing a container's processes, and thawing them.
#pragma once

#include "runtime/container/store.h"

namespace tare {

// Freezes every process of the container, those in cgroups below its own included, and returns when
// they are. Throws "container not running" unless it is created or running, also when it is paused
// already, and an Error when it has no cgroup, cannot be frozen within 10 s, or when another
// command keeps the container's lock for 10 s. `directory` is not locked yet.
void pause(ContainerDirectory& directory);

// Thaws it again. Throws "container not paused", and an Error when the container, thawed, is still
// frozen by a cgroup above its own. `directory` is not locked yet.
void resume(ContainerDirectory& directory);

}  // namespace tare
