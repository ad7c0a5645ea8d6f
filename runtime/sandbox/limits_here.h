// Who would see to limits on this host, found out without making anything.
#pragma once

#include <string>
#include <vector>

#include "runtime/check/host.h"
#include "runtime/sandbox/enforced_limit.h"

namespace tare::sandbox {

struct LimitsHere {
  std::vector<EnforcedLimit> limits;  // all that were asked for
  std::string problem;                // why some are enforced by nobody; empty: all are
};
LimitsHere limits_here(const Limits& limits, const check::Cgroups& facts);

}  // namespace tare::sandbox
