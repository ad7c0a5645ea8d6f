// What is not limited stays empty.
#include "runtime/sandbox/resources.h"

namespace tare::sandbox {
// When memory runs out everybody goes: half a sandbox is of no use, and nobody need be told apart.
oci::Resources memory_resources(const Limits& limits) {
  oci::Resources resources;
  if (!limits.memory) return resources;
  oci::Memory& memory = resources.memory.emplace();
  memory.limit = static_cast<int64_t>(*limits.memory);
  memory.swap = static_cast<int64_t>(limits.memory_and_swap.value_or(*limits.memory));
  resources.unified["memory.oom.group"] = "1";
  return resources;
}

oci::Resources cpu_resources(const Limits& limits) {
  oci::Resources resources;
  if (!limits.cpu_quota) return resources;
  oci::Cpu& cpu = resources.cpu.emplace();
  cpu.quota = static_cast<int64_t>(*limits.cpu_quota);
  cpu.period = kCpuPeriod;
  return resources;
}

oci::Resources pids_resources(const Limits& limits) {
  oci::Resources resources;
  if (limits.pids) resources.pids.emplace().limit = static_cast<int64_t>(*limits.pids);
  return resources;
}

oci::Resources all_resources(const Limits& limits) {
  oci::Resources resources = memory_resources(limits);
  resources.cpu = cpu_resources(limits).cpu;
  resources.pids = pids_resources(limits).pids;
  return resources;
}

}  // namespace tare::sandbox
