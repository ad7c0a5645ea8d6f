// The process that called us.
#pragma once

#include "runtime/base/fd.h"

namespace tare::sandbox {

// Its pidfd, readable when it has ended: the process, not the thread of it that called us, which
// PR_SET_PDEATHSIG would watch. Invalid where it cannot be seen from our pid namespace. Throws when
// it has ended already.
Fd open_caller();

}  // namespace tare::sandbox
