// The counters of a cgroup include those of all below it (kernel: admin-guide/cgroup-v2.rst), so
// one directory tells everything. A file that is not there is a controller that is not enabled, or
// a kernel without that counter: it reads as an empty text, and counts nothing.
#include "cgroups/stats.h"

#include <fcntl.h>

#include <algorithm>

#include "cgroups/cgroup.h"
#include "cgroups/control_file.h"
#include "cgroups/stats_text.h"
#include "runtime/base/sys.h"

namespace tare::cgroups {
namespace {

constexpr std::string_view kHugePages = "hugetlb.";
constexpr std::string_view kCurrent = ".current";
constexpr std::string_view kReserved = ".rsvd";

class Directory {
 public:
  explicit Directory(const Fd& fd) : fd_(fd) {}

  bool has(const std::string& file) const { return sys::try_fstatat(fd_.get(), file).has_value(); }
  std::string text(const std::string& file) const {
    return read_control(fd_.get(), file).value_or("");
  }
  uint64_t amount(const std::string& file) const { return parse_amount(text(file)).value_or(0); }
  Counters counters(const std::string& file) const { return parse_counters(text(file)); }
  std::optional<Pressure> pressure(const std::string& file) const {
    return parse_pressure(text(file));
  }
  std::vector<std::string> files() const {
    auto listing = sys::try_openat(fd_.get(), ".", O_RDONLY | O_DIRECTORY);
    if (!listing) return {};
    auto names = sys::list_directory(*listing);
    std::sort(names.begin(), names.end());
    return names;
  }

 private:
  const Fd& fd_;
};

CpuStats cpu_stats(const Directory& cgroup) {
  Counters counters = cgroup.counters("cpu.stat");
  CpuStats cpu;
  cpu.usage = counter(counters, "usage_usec");
  cpu.user = counter(counters, "user_usec");
  cpu.system = counter(counters, "system_usec");
  cpu.periods = counter(counters, "nr_periods");
  cpu.throttled_periods = counter(counters, "nr_throttled");
  cpu.throttled_time = counter(counters, "throttled_usec");
  cpu.bursts = counter(counters, "nr_bursts");
  cpu.burst_time = counter(counters, "burst_usec");
  cpu.pressure = cgroup.pressure("cpu.pressure");
  return cpu;
}

MemoryAmount memory_amount(const Directory& cgroup, const std::string& prefix) {
  return {.current = cgroup.amount(prefix + ".current"),
          .limit = cgroup.amount(prefix + ".max"),
          .peak = cgroup.amount(prefix + ".peak")};
}

MemoryStats memory_stats(const Directory& cgroup) {
  MemoryStats memory;
  memory.memory = memory_amount(cgroup, "memory");
  if (cgroup.has("memory.swap.current")) memory.swap = memory_amount(cgroup, "memory.swap");
  memory.raw = cgroup.counters("memory.stat");
  memory.events = cgroup.counters("memory.events");
  memory.pressure = cgroup.pressure("memory.pressure");
  return memory;
}

PidsStats pids_stats(const Directory& cgroup, const std::string& path) {
  PidsStats pids;
  if (!cgroup.has("pids.current")) {
    pids.current = processes(path).size();
    return pids;
  }
  pids.current = cgroup.amount("pids.current");
  pids.limit = cgroup.amount("pids.max");
  pids.peak = cgroup.amount("pids.peak");
  return pids;
}

// Of each page size that has its files. What is reserved, where the kernel counts it, is what a
// limit is about: a page that is mapped and not touched yet is in it.
std::vector<HugePageStats> huge_page_stats(const Directory& cgroup) {
  std::vector<HugePageStats> found;
  for (const std::string& file : cgroup.files()) {
    if (!file.starts_with(kHugePages) || !file.ends_with(kCurrent)) continue;
    std::string prefix = file.substr(0, file.size() - kCurrent.size());
    if (prefix.ends_with(kReserved)) continue;
    HugePageStats pages;
    pages.size = prefix.substr(kHugePages.size());
    std::string reserved = prefix + std::string(kReserved) + std::string(kCurrent);
    pages.usage = cgroup.amount(cgroup.has(reserved) ? reserved : file);
    pages.failures = counter(cgroup.counters(prefix + ".events"), "max");
    found.push_back(std::move(pages));
  }
  return found;
}

}  // namespace

std::optional<Stats> read_stats(const std::string& path) {
  auto directory = open_cgroup(path);
  if (!directory) return std::nullopt;
  Directory cgroup(*directory);
  Stats stats;
  stats.cpu = cpu_stats(cgroup);
  stats.memory = memory_stats(cgroup);
  stats.pids = pids_stats(cgroup, path);
  stats.io = {parse_io(cgroup.text("io.stat")), cgroup.pressure("io.pressure")};
  stats.huge_pages = huge_page_stats(cgroup);
  stats.rdma = parse_rdma(cgroup.text("rdma.current"), cgroup.text("rdma.max"));
  stats.misc =
      parse_misc(cgroup.text("misc.current"), cgroup.text("misc.max"), cgroup.text("misc.events"));
  return stats;
}

}  // namespace tare::cgroups
