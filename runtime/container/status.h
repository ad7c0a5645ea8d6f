// What a container is doing, as the user sees it.
#pragma once

#include "oci/state.h"
#include "runtime/container/record.h"
#include "runtime/container/store.h"

namespace tare {

// Follows from the record and from what the kernel says at this moment; takes no lock.
//   Creating  being created, and the command that does it lives
//   Created   its init waits for `start`
//   Running   the program was executed
//   Paused    its init lives in a frozen cgroup
//   Stopped   its init is gone or a zombie, or the command that created it was killed
oci::Status container_status(const ContainerDirectory& directory, const ContainerRecord& record);

// The state document, with `pid` 0 when stopped and without owner.
oci::State state_of(const ContainerDirectory& directory, const ContainerRecord& record);

// The same for a status that is known, such as the one a hook is to read.
oci::State state_with(const ContainerRecord& record, oci::Status status);

}  // namespace tare
