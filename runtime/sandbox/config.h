// From a policy to the configuration of a container, which the same engine executes.
#pragma once

#include "oci/config.h"
#include "runtime/sandbox/policy.h"
#include "runtime/sandbox/view.h"

namespace tare::sandbox {

struct Blueprint {
  // Complete but for root.path, and without the filters whose programs we have (filters.h).
  oci::Config config;
  std::vector<RootEntry> entries;  // of its root
  Scratch scratch;
};

// The default view, unless it is not wanted, and what the policy adds.
std::vector<Place> all_places(const Policy& policy);

// Reads the host (what of the default view is there, the caller's environment), changes nothing.
Blueprint make_blueprint(const Policy& policy);

}  // namespace tare::sandbox
