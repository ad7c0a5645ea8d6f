// File descriptors of ours, of which every sandbox takes some.
#pragma once

#include <cstddef>
#include <optional>

#include "oci/config.h"

namespace tare::sandbox {

// How many sandboxes at once they are enough for. Raises our soft limit (RLIMIT_NOFILE,
// getrlimit(2)) for `wanted` of them as far as the hard one goes; `before`: what it was then, and
// is to be for the commands.
size_t room_for_sandboxes(size_t wanted, std::optional<oci::Rlimit>& before);

}  // namespace tare::sandbox
