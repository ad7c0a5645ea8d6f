// Gathers what lies in several places of the kernel: the cgroup, resctrl, the network namespace.
#include "runtime/container/statistics.h"

#include "cgroups/resctrl.h"

namespace tare {

std::optional<Statistics> statistics_of(const ContainerRecord& record) {
  std::optional<cgroups::Stats> counted{cgroups::Stats{}};
  if (!record.cgroup.path.empty()) counted = cgroups::read_stats(record.cgroup.path);
  if (!counted) return std::nullopt;
  Statistics statistics{.cgroup = std::move(*counted),
                        .resctrl = std::nullopt,
                        .interfaces = network_interfaces(record.init)};
  const ResctrlRecord& resctrl = record.resctrl;
  if (resctrl.group.empty()) return statistics;
  if (auto mount = cgroups::find_resctrl()) {
    statistics.resctrl = cgroups::read_resctrl_stats(*mount, resctrl.group, resctrl.monitoring);
  }
  return statistics;
}

}  // namespace tare
