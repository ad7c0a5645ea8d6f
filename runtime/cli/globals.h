// What the global options mean.
#pragma once

#include <string>

#include "cgroups/cgroup.h"
#include "runtime/cli/commands.h"
#include "runtime/container/create.h"
#include "runtime/container/store.h"

namespace tare::cli {

// Sends errors where --log, --log-format and --debug say; the file is made even if nothing fails.
void set_up_log(const Options& options);

// From the current directory where it is relative; an empty one stays empty.
std::string absolute(const std::string& path);

// Absolute. Throws for "/", where an id would be a system directory.
std::string state_root(const Options& options);

enum class Lock { No, Yes };

// The container that the first argument names; throws "container does not exist" when there is
// none, also for want of a state root.
ContainerDirectory find_container(const CommandLine& line, Lock lock);

cgroups::Manager cgroup_manager(const Options& options);
// The caller's service manager (sd_notify(3)); empty when there is none.
std::string notify_socket();

CreateRequest::Rootless rootless(const Options& options);

}  // namespace tare::cli
