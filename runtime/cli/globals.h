// What the global options mean.
#pragma once

#include <string>

#include "cgroups/cgroup.h"
#include "runtime/cli/options.h"
#include "runtime/container/create.h"
#include "runtime/container/store.h"

namespace tare::cli {

// Sends errors where --log, --log-format and --debug say; the file is made even if nothing fails.
void set_up_log(const Options& options);

// Absolute. Throws for "/", where an id would be a system directory.
std::string state_root(const Options& options);

// The store at state_root(); throws "container does not exist" when there is none.
Store existing_store(const Options& options);

cgroups::Manager cgroup_manager(const Options& options);
CreateRequest::Rootless rootless(const Options& options);

}  // namespace tare::cli
