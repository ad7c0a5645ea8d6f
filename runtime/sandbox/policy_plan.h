// The plan that a policy comes to: what is executed, and what is explained.
#pragma once

#include "runtime/container/plan.h"
#include "runtime/sandbox/config.h"
#include "runtime/sandbox/policy.h"

namespace tare::sandbox {

// Complete, and according to the rules. Throws every one that is broken.
Blueprint proven_blueprint(const Policy& policy);

// Whether the command is to have CAP_SYS_ADMIN.
bool may_mount(const Policy& policy);

// Borrows from `blueprint`.
PlanRequest plan_request(const Policy& policy, const Blueprint& blueprint);

// Opens things on the host and changes nothing there. The cgroup is apart from it.
Plan plan_of(const Policy& policy, const Blueprint& blueprint);

}  // namespace tare::sandbox
