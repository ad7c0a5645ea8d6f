// linux.sysctl, written before anybody else can see the procfs.
#pragma once

#include <string>

#include "namespaces/steps.h"
#include "oci/config.h"

namespace tare::namespaces {

// Adds the writes of `sysctl` through the procfs in `slot`.
void plan_sysctl(const oci::Map<std::string>& sysctl, int slot, Steps& steps);

}  // namespace tare::namespaces
