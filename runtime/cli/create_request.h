// What `create` and `run` have in common.
#pragma once

#include "runtime/cli/commands.h"
#include "runtime/container/create.h"

namespace tare::cli {

// Of a command line with the options of create.
CreateRequest create_request(const CommandLine& line);

// With --explain: prints what `request` would do; false without.
bool explained(const CommandLine& line, const CreateRequest& request);

}  // namespace tare::cli
