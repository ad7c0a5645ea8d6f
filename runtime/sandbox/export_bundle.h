// A sandbox as a bundle for any runtime of the Open Container Initiative.
#pragma once

#include <string>

#include "oci/config.h"
#include "runtime/sandbox/policy.h"

namespace tare::sandbox {

// Writes config.json and rootfs into `directory`, which is made; if it is there, it has to be
// empty. What a configuration cannot say is in annotations, which are returned: a runtime leaves
// them alone.
oci::Map<std::string> export_bundle(const Policy& policy, const std::string& directory);

}  // namespace tare::sandbox
