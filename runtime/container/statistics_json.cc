// Readers decode these lines into fixed structures of Go (runc.md 2.4): names, units and types are
// a contract, a number is never negative, and a number or list is left out when it is 0 or empty
// where runc leaves it out. What runc fills from cgroup v1 alone is there with the same zeros.
//
// Swap is counted as cgroup v1 did, memory and swap together; what is swap alone has a name of its
// own.
#include <algorithm>
#include <limits>

#include "oci/json.h"
#include "runtime/container/statistics.h"

namespace tare {
namespace {

using cgroups::Counters;
using cgroups::kUnlimited;
using oci::json::Array;
using oci::json::Object;
using oci::json::Value;

constexpr uint64_t kNanoseconds = 1000;  // in a microsecond

void add(Object& object, const char* name, uint64_t number) {
  object.push_back({name, Value(number)});
}
void add_unless_zero(Object& object, const char* name, uint64_t number) {
  if (number != 0) add(object, name, number);
}
void add_unless_empty(Object& object, const char* name, Array array) {
  if (!array.empty()) object.push_back({name, Value(std::move(array))});
}
void add_unless_empty(Object& object, const char* name, const std::string& text) {
  if (!text.empty()) object.push_back({name, Value(text)});
}
void add(Object& object, const char* name, Object member) {
  object.push_back({name, Value(std::move(member))});
}

uint64_t sum(uint64_t a, uint64_t b) {
  return a > kUnlimited - b ? kUnlimited : a + b;
}

Value percent(uint64_t hundredths) {
  std::string fraction = std::to_string(100 + hundredths % 100).substr(1);
  return Value(oci::json::OtherNumber{std::to_string(hundredths / 100) + "." + fraction});
}

Object stall(const cgroups::Stall& stall) {
  return {{"avg10", percent(stall.avg10)},
          {"avg60", percent(stall.avg60)},
          {"avg300", percent(stall.avg300)},
          {"total", Value(stall.total)}};
}

void add_pressure(Object& object, const std::optional<cgroups::Pressure>& pressure) {
  if (!pressure) return;
  Object psi;
  add(psi, "some", stall(pressure->some));
  add(psi, "full", stall(pressure->full));
  add(object, "psi", std::move(psi));
}

Object counters(const Counters& counters) {
  Object object;
  for (const auto& [name, number] : counters) add(object, name.c_str(), number);
  return object;
}

// What never happened is left out: who looks for "oom" in the lines, as runc's readers do, is to
// find it only after one.
Object happenings(const Counters& counters) {
  Object object;
  for (const auto& [name, number] : counters) add_unless_zero(object, name.c_str(), number);
  return object;
}

Object cpu(const cgroups::CpuStats& cpu) {
  Object usage, throttling, burst, object;
  add_unless_zero(usage, "total", cpu.usage * kNanoseconds);
  add(usage, "kernel", cpu.system * kNanoseconds);
  add(usage, "user", cpu.user * kNanoseconds);
  add_unless_zero(throttling, "periods", cpu.periods);
  add_unless_zero(throttling, "throttledPeriods", cpu.throttled_periods);
  add_unless_zero(throttling, "throttledTime", cpu.throttled_time * kNanoseconds);
  add_unless_zero(burst, "periods", cpu.bursts);
  add_unless_zero(burst, "time", cpu.burst_time * kNanoseconds);
  add(object, "usage", std::move(usage));
  add(object, "throttling", std::move(throttling));
  if (!burst.empty()) add(object, "burst", std::move(burst));
  add_pressure(object, cpu.pressure);
  return object;
}

Object cpuset() {
  Object object;
  for (const char* name : {"cpu_exclusive", "mem_hardwall", "mem_exclusive", "memory_migrate",
                           "memory_spread_page", "memory_spread_slab", "memory_pressure",
                           "sched_load_balance", "sched_relax_domain_level"}) {
    add(object, name, 0);
  }
  return object;
}

Object amount(const cgroups::MemoryAmount& amount) {
  Object object;
  add(object, "limit", amount.limit);
  add_unless_zero(object, "usage", amount.current);
  add_unless_zero(object, "max", amount.peak);
  add(object, "failcnt", 0);
  return object;
}

Object memory(const cgroups::MemoryStats& stats) {
  const cgroups::MemoryAmount& alone = stats.memory;
  cgroups::MemoryAmount swap = stats.swap.value_or(cgroups::MemoryAmount{});
  cgroups::MemoryAmount both{.current = sum(alone.current, swap.current),
                             .limit = sum(alone.limit, swap.limit)};
  Object object;
  add_unless_zero(object, "cache", cgroups::counter(stats.raw, "file"));
  add(object, "usage", amount(alone));
  add(object, "swap", amount(both));
  add(object, "kernel", amount({}));
  add(object, "kernelTCP", amount({}));
  if (!stats.raw.empty()) add(object, "raw", counters(stats.raw));
  add_pressure(object, stats.pressure);
  add_unless_zero(object, "peak", alone.peak);
  if (stats.swap) add(object, "swapOnly", amount(swap));
  Object events = happenings(stats.events);
  if (!events.empty()) add(object, "events", std::move(events));
  return object;
}

Object pids(const cgroups::PidsStats& pids) {
  Object object;
  add_unless_zero(object, "current", pids.current);
  if (pids.limit != kUnlimited) add_unless_zero(object, "limit", pids.limit);
  add_unless_zero(object, "peak", pids.peak);
  return object;
}

void add_operation(Array& array, const cgroups::DeviceIo& device, const char* operation,
                   uint64_t number) {
  Object entry;
  add_unless_zero(entry, "major", device.major);
  add_unless_zero(entry, "minor", device.minor);
  entry.push_back({"op", Value(operation)});
  add_unless_zero(entry, "value", number);
  array.emplace_back(std::move(entry));
}

Object io(const cgroups::IoStats& io) {
  Array bytes, operations;
  for (const cgroups::DeviceIo& device : io.devices) {
    add_operation(bytes, device, "Read", device.read_bytes);
    add_operation(bytes, device, "Write", device.written_bytes);
    add_operation(operations, device, "Read", device.reads);
    add_operation(operations, device, "Write", device.writes);
  }
  Object object;
  add_unless_empty(object, "ioServiceBytesRecursive", std::move(bytes));
  add_unless_empty(object, "ioServicedRecursive", std::move(operations));
  add_pressure(object, io.pressure);
  return object;
}

Object huge_pages(const std::vector<cgroups::HugePageStats>& sizes) {
  Object object;
  for (const cgroups::HugePageStats& pages : sizes) {
    Object entry;
    add_unless_zero(entry, "usage", pages.usage);
    add(entry, "failcnt", pages.failures);
    add(object, pages.size.c_str(), std::move(entry));
  }
  return object;
}

// The last line of `schemata` that is about a resource.
std::string schema(const std::vector<std::string>& schemata, std::string_view resource) {
  std::string found;
  for (const std::string& line : schemata) {
    if (line.find(resource) != std::string::npos) found = line;
  }
  return found;
}

void add_cache(Object& object, const cgroups::ResctrlStats& stats) {
  if (!stats.cache) return;
  Object info;
  add_unless_empty(info, "cbm_mask", stats.cache->bit_mask);
  add_unless_zero(info, "min_cbm_bits", stats.cache->least_bits);
  add_unless_zero(info, "num_closids", stats.cache->groups);
  add(object, "l3_cache_info", std::move(info));
  add_unless_empty(object, "l3_cache_schema_root", schema(stats.root_schemata, "L3"));
  add_unless_empty(object, "l3_cache_schema", schema(stats.schemata, "L3"));
}

void add_bandwidth(Object& object, const cgroups::ResctrlStats& stats) {
  if (!stats.bandwidth) return;
  Object info;
  add_unless_zero(info, "bandwidth_gran", stats.bandwidth->granularity);
  add_unless_zero(info, "delay_linear", stats.bandwidth->delay_linear);
  add_unless_zero(info, "min_bandwidth", stats.bandwidth->least);
  add_unless_zero(info, "num_closids", stats.bandwidth->groups);
  add(object, "mem_bw_info", std::move(info));
  add_unless_empty(object, "mem_bw_schema_root", schema(stats.root_schemata, "MB"));
  add_unless_empty(object, "mem_bw_schema", schema(stats.schemata, "MB"));
}

Object resctrl(const cgroups::ResctrlStats& stats) {
  Array schemata, traffic, occupancy;
  for (const std::string& line : stats.schemata) schemata.emplace_back(line);
  for (const cgroups::ResctrlStats::Traffic& bytes : stats.traffic) {
    Object entry;
    add_unless_zero(entry, "mbm_total_bytes", bytes.total);
    add_unless_zero(entry, "mbm_local_bytes", bytes.local);
    traffic.emplace_back(std::move(entry));
  }
  for (uint64_t bytes : stats.occupancy) {
    Object entry;
    add_unless_zero(entry, "llc_occupancy", bytes);
    occupancy.emplace_back(std::move(entry));
  }
  Object object;
  add_cache(object, stats);
  add_bandwidth(object, stats);
  add_unless_empty(object, "schemata", std::move(schemata));
  add_unless_empty(object, "mbm_stats", std::move(traffic));
  add_unless_empty(object, "cmt_stats", std::move(occupancy));
  return object;
}

Value network(const std::vector<NetworkInterface>& interfaces) {
  if (interfaces.empty()) return Value();  // as a Go program prints an empty list
  Array array;
  for (const NetworkInterface& interface : interfaces) {
    array.emplace_back(Object{{"Name", Value(interface.name)},
                              {"RxBytes", Value(interface.received_bytes)},
                              {"RxPackets", Value(interface.received_packets)},
                              {"RxErrors", Value(interface.received_errors)},
                              {"RxDropped", Value(interface.received_dropped)},
                              {"TxBytes", Value(interface.sent_bytes)},
                              {"TxPackets", Value(interface.sent_packets)},
                              {"TxErrors", Value(interface.sent_errors)},
                              {"TxDropped", Value(interface.sent_dropped)}});
  }
  return Value(std::move(array));
}

void add_limit(Object& object, const char* name, uint64_t limit) {
  if (limit != kUnlimited) add(object, name, limit);
}

Object rdma(const std::vector<cgroups::RdmaStats>& devices) {
  Object object;
  for (const cgroups::RdmaStats& device : devices) {
    Object entry;
    add(entry, "hcaHandles", device.handles);
    add(entry, "hcaObjects", device.objects);
    add_limit(entry, "hcaHandlesLimit", device.handles_limit);
    add_limit(entry, "hcaObjectsLimit", device.objects_limit);
    add(object, device.device.c_str(), std::move(entry));
  }
  return object;
}

Object misc(const std::vector<cgroups::MiscStats>& resources) {
  Object object;
  for (const cgroups::MiscStats& resource : resources) {
    Object entry;
    add(entry, "usage", resource.usage);
    add_limit(entry, "limit", resource.limit);
    add(entry, "failcnt", resource.failures);
    add(object, resource.resource.c_str(), std::move(entry));
  }
  return object;
}

std::string event(const char* type, const std::string& id, Object data) {
  Object object{{"type", Value(type)}, {"id", Value(id)}};
  if (!data.empty()) add(object, "data", std::move(data));
  return oci::json::write(Value(std::move(object)));
}

}  // namespace

std::string statistics_json(const std::string& id, const Statistics& statistics) {
  const cgroups::Stats& counted = statistics.cgroup;
  Object data;
  add(data, "cpu", cpu(counted.cpu));
  add(data, "cpuset", cpuset());
  add(data, "memory", memory(counted.memory));
  add(data, "pids", pids(counted.pids));
  add(data, "blkio", io(counted.io));
  add(data, "hugetlb", huge_pages(counted.huge_pages));
  add(data, "intel_rdt", statistics.resctrl ? resctrl(*statistics.resctrl) : Object());
  data.push_back({"network_interfaces", network(statistics.interfaces)});
  if (!counted.rdma.empty()) add(data, "rdma", rdma(counted.rdma));
  if (!counted.misc.empty()) add(data, "misc", misc(counted.misc));
  return event("stats", id, std::move(data));
}

std::string out_of_memory_json(const std::string& id) {
  return event("oom", id, {});
}

}  // namespace tare
