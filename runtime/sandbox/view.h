// The sandbox's file system as what is mounted and what is made in it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "oci/config.h"
#include "runtime/container/plan.h"
#include "runtime/sandbox/policy.h"

namespace tare::sandbox {

struct View {
  std::vector<oci::Mount> mounts;
  std::vector<RootEntry> entries;
  oci::Strings hidden;  // to be covered at the end
};

// Ours; nothing where it cannot be reached from our root.
std::optional<std::string> current_directory();

// What everybody gets first: the host's programs and libraries, a small /etc, /proc, /dev, a
// private /tmp and the current directory, readable.
std::vector<Place> default_places(const Policy& policy);

// The entries of `places` in their order. Throws naming the place whose source is missing.
View make_view(const std::vector<Place>& places, const Policy& policy);

}  // namespace tare::sandbox
