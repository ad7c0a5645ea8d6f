// kernel: filesystems/resctrl.rst. A counter that the hardware cannot tell at the moment reads
// "Unavailable" or "Error", and counts as 0.
#include "cgroups/resctrl_stats.h"

#include <fcntl.h>

#include <algorithm>

#include "runtime/base/strings.h"
#include "runtime/base/sys.h"

namespace tare::cgroups {
namespace {

std::string text_of(const std::string& file) {
  return std::string(trim(sys::try_read_file_at(AT_FDCWD, file).value_or("")));
}

uint64_t number_in(const std::string& file) {
  return parse_number<uint64_t>(text_of(file)).value_or(0);
}

bool is_there(const std::string& path) {
  return sys::try_fstatat(AT_FDCWD, path).has_value();
}

std::vector<std::string> lines_of(const std::string& file) {
  std::vector<std::string> lines;
  std::string text = text_of(file);
  for (std::string_view line : split(text, '\n')) {
    line = trim(line);
    if (!line.empty()) lines.emplace_back(line);
  }
  return lines;
}

// Paths of mon_L3_00, mon_L3_01 and so on.
std::vector<std::string> monitored_domains(const std::string& group) {
  std::vector<std::string> domains;
  auto data = sys::try_openat(AT_FDCWD, group + "/mon_data", O_RDONLY | O_DIRECTORY);
  if (!data) return domains;
  const std::string folder = group + "/mon_data/";
  for (const std::string& name : sys::list_directory(*data)) {
    if (name.starts_with("mon_L3_")) domains.emplace_back(folder).append(name);
  }
  std::sort(domains.begin(), domains.end());
  return domains;
}

}  // namespace

ResctrlStats read_resctrl_stats(const std::string& mount, const std::string& group,
                                const std::string& monitoring) {
  ResctrlStats stats;
  if (const std::string info = mount + "/info/L3"; is_there(info)) {
    stats.cache = ResctrlStats::Cache{.bit_mask = text_of(info + "/cbm_mask"),
                                      .least_bits = number_in(info + "/min_cbm_bits"),
                                      .groups = number_in(info + "/num_closids")};
  }
  if (const std::string info = mount + "/info/MB"; is_there(info)) {
    stats.bandwidth = ResctrlStats::Bandwidth{.granularity = number_in(info + "/bandwidth_gran"),
                                              .delay_linear = number_in(info + "/delay_linear"),
                                              .least = number_in(info + "/min_bandwidth"),
                                              .groups = number_in(info + "/num_closids")};
  }
  stats.root_schemata = lines_of(mount + "/schemata");
  stats.schemata = lines_of(group + "/schemata");
  for (const std::string& domain : monitored_domains(monitoring.empty() ? group : monitoring)) {
    if (is_there(domain + "/mbm_total_bytes")) {
      stats.traffic.push_back(
          {number_in(domain + "/mbm_total_bytes"), number_in(domain + "/mbm_local_bytes")});
    }
    if (is_there(domain + "/llc_occupancy")) {
      stats.occupancy.push_back(number_in(domain + "/llc_occupancy"));
    }
  }
  return stats;
}

}  // namespace tare::cgroups
