// One line of a batch: what is to be run, and under which name.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "oci/json.h"
#include "runtime/base/error.h"
#include "runtime/sandbox/policy.h"

namespace tare::sandbox {

struct BatchRequest {
  oci::json::Value id;         // the caller's, or the number of the line
  Policy policy;               // what was understood of it
  std::optional<Error> error;  // it cannot be run
  bool common = false;         // the policy is that of the batch, but for the command
};

// An object with `args`, the command; `id`, any value; and settings as in a policy file, which come
// after those of `base`. Relative paths start at `folder`.
BatchRequest read_request(std::string_view line, size_t number, const Policy& base,
                          const std::string& folder);

}  // namespace tare::sandbox
