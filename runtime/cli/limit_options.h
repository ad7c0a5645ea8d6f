// The options of `update` that name limits, as the document they stand for.
#pragma once

#include "oci/config.h"
#include "runtime/cli/options.h"

namespace tare::cli {

// Throws "invalid value for OPTION: …".
oci::Resources limits_given(const Options& options);

}  // namespace tare::cli
