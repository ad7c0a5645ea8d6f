// Writing the control files of a plan in its order.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "cgroups/cgroup.h"
#include "runtime/base/error.h"

namespace tare::cgroups {

struct WriteFailure {
  const FileWrite* write;
  int error;
};

// One write: 0, or an errno.
using TryWrite = std::function<int(const FileWrite&)>;

// Hands each of `writes` to `try_write` as its members say. Stops at the first
// that fails for good and returns it.
std::optional<WriteFailure> write_all(const std::vector<FileWrite>& writes,
                                      const TryWrite& try_write);

// The same in words, for the cgroup at `path`.
Error write_error(const WriteFailure& failure, const std::string& path);

}  // namespace tare::cgroups
