// Processors, memory nodes, large pages, cache and bandwidth control.
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>

#include "runtime/base/strings.h"
#include "runtime/check/host.h"
#include "runtime/check/host_file.h"

namespace tare::check {
namespace {

// "hugepages-2048kB" as config.json and the control files write it: "2MB".
std::string page_size(std::string_view name) {
  constexpr std::string_view kPrefix = "hugepages-";
  if (!name.starts_with(kPrefix) || !name.ends_with("kB")) return "";
  name = name.substr(kPrefix.size(), name.size() - kPrefix.size() - 2);
  uint64_t size = parse_number<uint64_t>(name).value_or(0);
  const char* unit = "KB";
  for (const char* larger : {"MB", "GB"}) {
    if (size < 1024 || size % 1024 != 0) break;
    size /= 1024;
    unit = larger;
  }
  return std::to_string(size) + unit;
}

}  // namespace

Hardware look_at_hardware() {
  Hardware facts;
  facts.numa_nodes = numbers_of(read_host("/sys/devices/system/node/possible").value_or("0"));
  facts.processors = numbers_of(read_host("/sys/devices/system/cpu/possible").value_or("0"));
  facts.numa = ::syscall(SYS_get_mempolicy, nullptr, nullptr, 0, nullptr, 0) == 0;
  for (const Mounted& mounted : mount_table()) {
    if (mounted.type == "resctrl") facts.resctrl = mounted.where;
  }
  if (!facts.resctrl.empty()) facts.resctrl_resources = names_in(facts.resctrl + "/info");
  for (const std::string& name : names_in("/sys/kernel/mm/hugepages")) {
    std::string size = page_size(name);
    if (!size.empty()) facts.huge_pages.push_back(std::move(size));
  }
  return facts;
}

}  // namespace tare::check
