// /dev of a container: default and configured devices, links.
#pragma once

#include <vector>

#include "namespaces/mounts.h"
#include "namespaces/steps.h"
#include "oci/config.h"

namespace tare::namespaces {

// How nodes come to be: made with mknod(2), or bound from the host's where a user namespace forbids
// that.
enum class Nodes { Make, Bind };

struct DevicesContext {
  Nodes nodes = Nodes::Make;
  Sources sources = Sources::Ours;
  const std::vector<oci::Mount>* mounts = nullptr;  // of the configuration, done by then
};

// The six devices every container has (ddev-1), but for those that the configuration has mounted
// itself; those of the configuration; the links.
void plan_devices(const std::vector<oci::Device>& devices, const DevicesContext& context,
                  Steps& steps);

struct MaskContext {
  Sources sources = Sources::Ours;
  std::string label;  // SELinux context of the empty directory over directories
};

// Masks and read-only paths.
void plan_masked_paths(const std::vector<std::string>& paths, const MaskContext& context,
                       Steps& steps);
void plan_readonly_paths(const std::vector<std::string>& paths, Steps& steps);

}  // namespace tare::namespaces
