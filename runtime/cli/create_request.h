// What `create`, `run` and `restore` have in common.
#pragma once

#include "runtime/cli/commands.h"
#include "runtime/container/create.h"

namespace tare::cli {

// The part that `restore` has, too: nothing of the caller's is handed to the container.
CreateRequest container_request(const CommandLine& line);

// Of a command line with the options of create.
CreateRequest create_request(const CommandLine& line);

// With --explain: prints what `request` would do; false without.
bool explained(const CommandLine& line, const CreateRequest& request);

}  // namespace tare::cli
