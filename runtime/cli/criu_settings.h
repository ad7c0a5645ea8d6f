// The options that `checkpoint` and `restore` have in common.
#pragma once

#include "runtime/checkpoint/settings.h"
#include "runtime/cli/commands.h"

namespace tare::cli {

// Throws for a value that is none, and warns an ordinary user, whom criu may not serve.
CriuSettings criu_settings(const CommandLine& line);

}  // namespace tare::cli
