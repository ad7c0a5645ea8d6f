// One command, confined and limited, from beginning to end.
#pragma once

#include "runtime/sandbox/outcome.h"
#include "runtime/sandbox/policy.h"

namespace tare::sandbox {

// Makes the sandbox, runs the command in it and leaves nothing behind. Does not throw for what goes
// wrong: the result says it, set-up and all.
Result run(const Policy& policy);

}  // namespace tare::sandbox
