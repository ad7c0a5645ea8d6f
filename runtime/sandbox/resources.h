// Limits in the words of a container's configuration.
#pragma once

#include "oci/config.h"
#include "runtime/sandbox/policy.h"

namespace tare::sandbox {

oci::Resources memory_resources(const Limits& limits);
oci::Resources cpu_resources(const Limits& limits);
oci::Resources pids_resources(const Limits& limits);
oci::Resources all_resources(const Limits& limits);

}  // namespace tare::sandbox
