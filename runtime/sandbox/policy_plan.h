// The plan that a policy comes to: what is executed, and what is explained.
#pragma once

#include "runtime/container/plan.h"
#include "runtime/sandbox/config.h"
#include "runtime/sandbox/filters.h"
#include "runtime/sandbox/policy.h"

namespace tare::sandbox {

// Complete, and according to the rules. Throws every one that is broken.
Blueprint proven_blueprint(const Policy& policy);

// Whether the command is to have CAP_SYS_ADMIN.
bool may_mount(const Policy& policy);

// Opens things on the host and changes nothing there. The cgroup is apart from it: what the
// configuration says of resources is taken out. `gated`: see PlanRequest.
Plan plan_of(const Policy& policy, Blueprint& blueprint, Filters& filters, bool gated);

}  // namespace tare::sandbox
