// Overlays of a sandbox.
#pragma once

#include <string>
#include <vector>

#include "oci/config.h"
#include "runtime/sandbox/policy.h"

namespace tare::sandbox {

struct OverlayParts {
  oci::Strings options;              // of the mount
  std::vector<std::string> scratch;  // directories that it wants (runtime/container/plan.h)
};

// Of one of the three kinds of overlays; `number` counts the temporary ones before it. Throws
// naming the place: a layer that is no directory, or that holds Policy::diff or lies in it.
OverlayParts overlay_parts(const Place& place, const Policy& policy, size_t number);

// Where below Policy::diff the changes of the temporary overlay at `path` are.
std::string changes_directory(const std::string& diff, const std::string& path);
// … and the directory that the kernel works in.
std::string work_directory(const std::string& diff, size_t number);

}  // namespace tare::sandbox
