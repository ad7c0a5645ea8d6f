// The tare-init program, embedded in tare.
#pragma once

#include "runtime/base/fd.h"

namespace tare {

// A descriptor to execute tare-init from that leads nowhere near the host's binaries: a sealed
// memory file. Where sealed executable memory is forbidden (vm.memfd_noexec=2, Linux 6.3) an
// unlinked file in `directory`; where that cannot be executed either, an Error.
Fd open_init_image(const Fd& directory);

}  // namespace tare
