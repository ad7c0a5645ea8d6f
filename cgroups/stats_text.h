// Reading the texts of the control files that count. Whatever cannot be understood is passed over:
// newer kernels add lines and words, and a statistic is no reason to fail.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "cgroups/stats.h"

namespace tare::cgroups {

// "max", or a decimal number; nothing for another text.
std::optional<uint64_t> parse_amount(std::string_view text);

// Lines "name number".
Counters parse_counters(std::string_view text);

// "some avg10=0.12 avg60=0.00 avg300=0.00 total=123"; cpu.pressure lacks the line "full" before
// Linux 5.13. Nothing for an empty text.
std::optional<Pressure> parse_pressure(std::string_view text);

// Of io.stat: "8:0 rbytes=1 wbytes=2 rios=3 wios=4 dbytes=0 dios=0".
std::vector<DeviceIo> parse_io(std::string_view text);

// Of rdma.current and rdma.max: "mlx4_0 hca_handle=2 hca_object=max".
std::vector<RdmaStats> parse_rdma(std::string_view current, std::string_view limits);

// Of misc.current and misc.max, "sev 3", and misc.events, "sev.max 0".
std::vector<MiscStats> parse_misc(std::string_view current, std::string_view limits,
                                  std::string_view events);

}  // namespace tare::cgroups
