// What create, or run, would do, told instead of done.
#pragma once

#include <string>

#include "runtime/container/create.h"

namespace tare {

// Both tell the same: what tare does around the container's first process, in order; each operation
// of tare-init, in order and with its arguments; what start and delete would do afterwards. They
// are made of the plan that create executes.
std::string explain_text(const CreateRequest& request, const Intention& intention);
std::string explain_json(const CreateRequest& request, const Intention& intention);

}  // namespace tare
