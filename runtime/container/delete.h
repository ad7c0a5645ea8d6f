// Undoing create.
#pragma once

#include <string>

#include "runtime/container/store.h"

namespace tare {

enum class Force { No, Yes };

// Removes a container and everything its record names. A created one is killed without force too:
// containerd counts on it. Throws "container does not exist", "cannot delete container ID that is
// not stopped: running", "container init still running" (10 s after SIGKILL). With force, an
// unknown id is success and a running container is killed, before the lock is waited for: a command
// that holds it and waits for the container's init then ends. A folder without a record, left by a
// killed create, is removed either way.
//
// While a create holds the lock, this waits for it to end, then deletes what it made.
void remove_container(const Store& store, const std::string& id, Force force);

// The same for one that the caller has made, whoever has it locked now; nothing to do when somebody
// has removed it meanwhile.
void remove_container(ContainerDirectory& directory, const ContainerRecord& record);

// Kills and removes the container in `directory`, which is locked, and then runs its poststop
// hooks. Every step may find its work done, so a delete that was
// killed or failed half-way can be repeated.
void destroy(ContainerDirectory& directory, const ContainerRecord& record);

// Unmounts a rootfs that was mounted in the runtime's own mount namespace; nothing to do when it is
// not (any more).
void unmount_rootfs(const ContainerRecord& record);

// Runs the hooks of a container that has been destroyed; their failures are warnings.
void run_poststop(const ContainerRecord& record);

}  // namespace tare
