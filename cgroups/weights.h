// cgroup v1 weights, which the configuration speaks, as cgroup v2 weights. Pure.
#pragma once

#include <cstdint>

namespace tare::cgroups {

// cpu.shares (2 … 262144) as cpu.weight (1 … 10000), along the curve that keeps both defaults:
// 1024 is 100. `shares` is not 0, which means "unset".
uint64_t cpu_weight(uint64_t shares);

// blkio weight (10 … 1000) as io.weight (1 … 10000).
uint64_t io_weight(uint16_t weight);

}  // namespace tare::cgroups
