// Writing the control files of a plan in its order.
#pragma once

#include <functional>
#include <optional>
#include <vector>

#include "cgroups/cgroup.h"

namespace tare::cgroups {

struct WriteFailure {
  const FileWrite* write;
  int error;
};

// Hands each of `writes` to `try_write` (0, or an errno) as its members say. Stops at the first
// that fails for good and returns it.
std::optional<WriteFailure> write_all(const std::vector<FileWrite>& writes,
                                      const std::function<int(const FileWrite&)>& try_write);

}  // namespace tare::cgroups
