// A procfs of a pid namespace that we are not in.
#pragma once

#include <cstdint>

#include "runtime/act/context.h"

namespace tare::act {

// An unattached procfs mount of the pid namespace `pid_ns`, with attributes `attributes`.
int proc_of_pid_namespace(Context& context, int pid_ns, uint64_t attributes);

}  // namespace tare::act
