// A procfs of a pid namespace that we are not in.
#pragma once

#include "runtime/act/context.h"

namespace tare::act {

// A procfs of the pid namespace `pid_ns`, opened and not yet configured (fsopen(2)).
int open_proc_of(Context& context, int pid_ns);
// The same for kernels that cannot be told the namespace (before Linux 6.17).
int open_proc_inside(Context& context, int pid_ns);

}  // namespace tare::act
