// Lists of processors and memory nodes, "0-3,7": numbers and ascending ranges, comma-separated,
// with blanks around the commas at most. The form of cpuset.cpus, execCPUAffinity and
// memoryPolicy.nodes.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace tare::oci {

// What kernels can be built for (NR_CPUS, NODES_SHIFT).
inline constexpr uint32_t kMaxProcessors = 8192;
inline constexpr uint32_t kMaxNodes = 1024;

bool is_number_list(std::string_view text);

// Bit n of the result, counted from the lowest of the first word, is set when n is in the list: a
// mask as sched_setaffinity(2) and set_mempolicy(2) take it. As long as its highest number needs.
// Nothing when the text is no list, or a number of it is not below `limit`.
std::optional<std::vector<uint64_t>> number_mask(std::string_view text, uint32_t limit);

}  // namespace tare::oci
