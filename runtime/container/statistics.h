// What can be counted of a running container, and the lines in which it is told.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "cgroups/resctrl_stats.h"
#include "cgroups/stats.h"
#include "runtime/container/network_interfaces.h"
#include "runtime/container/record.h"

namespace tare {

struct Statistics {
  cgroups::Stats cgroup;
  std::optional<cgroups::ResctrlStats> resctrl;  // nothing: not in a group of its own
  std::vector<NetworkInterface> interfaces;
};

// Nothing when its cgroup is gone. A container without one, as an ordinary user may have, is not
// counted: its numbers are 0.
std::optional<Statistics> statistics_of(const ContainerRecord& record);

// One line without its end: {"type":"stats","id":ID,"data":{…}} with runc's members, and under
// names of our own what it does not tell; tare-events(8) lists them.
std::string statistics_json(const std::string& id, const Statistics& statistics);

// {"type":"oom","id":ID}
std::string out_of_memory_json(const std::string& id);

}  // namespace tare
