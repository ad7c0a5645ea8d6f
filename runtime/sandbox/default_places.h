// The view of a sandbox that asks for nothing.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "runtime/sandbox/policy.h"

namespace tare::sandbox {

// Ours; nothing where it cannot be reached from our root.
std::optional<std::string> current_directory();

// What everybody gets first: the host's programs and libraries, a small /etc, /proc, /dev, a
// private /tmp and the current directory, readable.
std::vector<Place> default_places(const Policy& policy);

}  // namespace tare::sandbox
