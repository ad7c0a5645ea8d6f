// What resctrl tells of a container's group: what the machine can share out, the group's part of
// it, and what it used.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace tare::cgroups {

struct ResctrlStats {
  struct Cache {  // info/L3
    std::string bit_mask;
    uint64_t least_bits = 0, groups = 0;
  };
  struct Bandwidth {  // info/MB
    uint64_t granularity = 0, delay_linear = 0, least = 0, groups = 0;
  };
  struct Traffic {  // bytes
    uint64_t total = 0, local = 0;
  };

  std::optional<Cache> cache;
  std::optional<Bandwidth> bandwidth;
  std::vector<std::string> root_schemata;  // lines of the default group
  std::vector<std::string> schemata;       // lines of the container's
  // Of each domain of the L3 cache that is monitored, in the order of their numbers.
  std::vector<Traffic> traffic;
  std::vector<uint64_t> occupancy;  // bytes of the cache
};

// Of the group and, when not empty, the monitoring group of a container's record, in the resctrl
// that is mounted at `mount`. What is not there is left empty.
ResctrlStats read_resctrl_stats(const std::string& mount, const std::string& group,
                                const std::string& monitoring);

}  // namespace tare::cgroups
