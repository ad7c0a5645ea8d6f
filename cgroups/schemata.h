// Lines of resctrl's schemata files as values.
#pragma once

#include <cstdint>
#include <string_view>

namespace tare::cgroups {

// Whether the text of a schemata file grants what the line `wanted` asks for ("L3:0=ff;1=f"): the
// same share for each domain that the line names. Bit masks are compared as numbers; bandwidths, in
// percent, also as the kernel rounds them, up to a multiple of `bandwidth_step`.
bool schemata_agree(std::string_view wanted, std::string_view schemata, uint64_t bandwidth_step);

}  // namespace tare::cgroups
