// What the kernel counts of a cgroup: plain numbers, as they are in its control files.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace tare::cgroups {

inline constexpr uint64_t kUnlimited = UINT64_MAX;  // "max" in a control file

// Names and numbers of a flat keyed file, in its order.
using Counters = std::vector<std::pair<std::string, uint64_t>>;
// The number of a name; 0 without it.
uint64_t counter(const Counters& counters, std::string_view name);

// Pressure stall information (kernel: accounting/psi.rst): how long something waited.
struct Stall {
  uint64_t avg10 = 0, avg60 = 0, avg300 = 0;  // of the last seconds, in hundredths of a percent
  uint64_t total = 0;                         // microseconds
};
struct Pressure {
  Stall some, full;  // at least one process, all of them
};

// Times in microseconds.
struct CpuStats {
  uint64_t usage = 0, user = 0, system = 0;
  uint64_t periods = 0, throttled_periods = 0, throttled_time = 0;  // of a quota
  uint64_t bursts = 0, burst_time = 0;
  std::optional<Pressure> pressure;
};

// Bytes.
struct MemoryAmount {
  uint64_t current = 0, limit = 0, peak = 0;  // peak: 0 before Linux 5.19, of swap 6.5
};
struct MemoryStats {
  MemoryAmount memory;
  std::optional<MemoryAmount> swap;  // alone, without memory; nothing without swap accounting
  Counters raw;                      // memory.stat
  Counters events;                   // memory.events
  std::optional<Pressure> pressure;
};

struct PidsStats {
  uint64_t current = 0;  // threads; without the controller: processes
  uint64_t limit = 0;    // kUnlimited; 0 without the controller
  uint64_t peak = 0;     // 0 before Linux 6.1
};

struct DeviceIo {
  uint64_t major = 0, minor = 0;
  uint64_t read_bytes = 0, written_bytes = 0, reads = 0, writes = 0;
};
struct IoStats {
  std::vector<DeviceIo> devices;
  std::optional<Pressure> pressure;
};

struct HugePageStats {
  std::string size;  // "2MB"
  uint64_t usage = 0, failures = 0;
};

struct RdmaStats {
  std::string device;
  uint64_t handles = 0, objects = 0;
  uint64_t handles_limit = kUnlimited, objects_limit = kUnlimited;
};

struct MiscStats {
  std::string resource;
  uint64_t usage = 0, limit = kUnlimited, failures = 0;
};

struct Stats {
  CpuStats cpu;
  MemoryStats memory;
  PidsStats pids;
  IoStats io;
  std::vector<HugePageStats> huge_pages;
  std::vector<RdmaStats> rdma;
  std::vector<MiscStats> misc;
};

// Of the cgroup at this absolute path and all below it; nothing when there is none. What its
// controllers do not count is 0 or empty.
std::optional<Stats> read_stats(const std::string& path);

}  // namespace tare::cgroups
