// What a run would do, told instead of done.
#pragma once

#include <string>

#include "runtime/sandbox/policy.h"

namespace tare::sandbox {

enum class Form { Text, Json };

// Where each setting and place comes from, who would see to each limit on this host, and the steps
// of tare and of tare-init in their order, made of the plan that a run executes. Nothing is run and
// nothing made. Throws what would keep a run from having a plan.
std::string explanation(const Policy& policy, Form form);

}  // namespace tare::sandbox
