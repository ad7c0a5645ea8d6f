// Letting the user's program run.
#pragma once

#include "runtime/container/store.h"

namespace tare {

// Releases the init of a created container, waits until it has executed the program, then runs the
// poststart hooks. `directory` is locked. Throws "cannot start a container that has stopped",
// "cannot start an already running container", "cannot start a container in the X state", "cannot
// start a container without process", or what init says it failed at. A failed startContainer or
// poststart hook destroys the container (hooks-19, hooks-20 of the specification).
void start(ContainerDirectory& directory);

// The same for one that is `created`, being locked since.
void start_created(ContainerDirectory& directory, const ContainerRecord& record);

}  // namespace tare
