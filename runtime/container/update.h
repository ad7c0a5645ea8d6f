// Changing the limits of a container.
#pragma once

#include <string>

#include "oci/config.h"
#include "runtime/container/store.h"

namespace tare {

struct UpdateRequest {
  oci::Resources resources;                    // what is absent stays as it is
  std::string l3_cache_schema, mem_bw_schema;  // lines of Intel RDT; empty: as they are
};

// All of it or nothing. Throws "container not running" unless the container is created, running or
// paused; "updating a non-existent Intel RDT configuration is not supported"; what cgroups::update
// throws; and an Error when another command keeps the container's lock for 10 s. `directory` is not
// locked yet.
void update(ContainerDirectory& directory, const UpdateRequest& request);

}  // namespace tare
