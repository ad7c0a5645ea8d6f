// The birth of tare-init with a plan to execute.
#pragma once

#include "namespaces/spawn.h"
#include "runtime/container/channel.h"
#include "runtime/container/plan.h"

namespace tare {

// Makes the child that executes `plan` and talks through `channel`. `request` says where it is born
// and what it inherits for the program; the rest is filled in here, tare-init too unless it is open
// already. `folder` is one of ours, for open_init_image.
namespaces::Child spawn_init(const Plan& plan, Channel& channel, namespaces::SpawnRequest request,
                             const Fd& folder);

// With --debug: every operation.
void log_steps(const Plan& plan);

}  // namespace tare
