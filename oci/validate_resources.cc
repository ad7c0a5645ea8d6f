// Rules for linux.resources (runtime-spec config-linux.md, "Control groups"): what no kernel would
// take or what could be written to a file it is not meant for. Whether a controller exists here is
// not asked; settings only cgroup v1 has are the cgroup layer's to warn about.
#include "oci/names.h"
#include "oci/number_list.h"
#include "oci/rules.h"
#include "runtime/base/strings.h"

namespace tare::oci {
namespace {

// Files of the cgroup core that a configuration may set; the others steer the runtime's own work.
constexpr std::string_view kAllowedCoreFiles[] = {"cgroup.max.depth", "cgroup.max.descendants",
                                                  "cgroup.pressure"};

bool is_number_or_all(const std::optional<int64_t>& number) {
  constexpr int64_t kMax = 0xffffffff;  // as wide as the device program compares
  return !number || (*number >= -1 && *number <= kMax);
}

void check_device_rules(const Resources& resources, Report& report) {
  constexpr const char* kRange = "must be from 0 to 4294967295, or -1 for all, got ";
  for (size_t i = 0; i < resources.devices.size(); ++i) {
    const DeviceRule& rule = resources.devices[i];
    if (!rule.type.empty() && rule.type != "a" && rule.type != "b" && rule.type != "c") {
      report.add(pointer("devices", i, "type"), "expected a, b or c, got " + quote(rule.type));
    }
    if (!is_number_or_all(rule.major)) {
      report.add(pointer("devices", i, "major"), kRange + std::to_string(*rule.major));
    }
    if (!is_number_or_all(rule.minor)) {
      report.add(pointer("devices", i, "minor"), kRange + std::to_string(*rule.minor));
    }
    // A denial may name anything: it then denies every access.
    bool allow = rule.allow.value_or(false);
    if (allow && rule.access.find_first_not_of("rwm") != std::string::npos) {
      report.add(pointer("devices", i, "access"),
                 "expected letters of \"rwm\", got " + quote(rule.access));
    }
  }
}

void check_at_least(const std::optional<int64_t>& value, int64_t least, std::string_view at,
                    Report& report) {
  if (value && *value < least) {
    report.add(at, "must be at least " + std::to_string(least) + ", got " + std::to_string(*value));
  }
}

void check_memory(const Resources& resources, Report& report) {
  if (!resources.memory) return;
  const Memory& memory = *resources.memory;
  check_at_least(memory.limit, -1, "/memory/limit", report);
  check_at_least(memory.reservation, -1, "/memory/reservation", report);
  check_at_least(memory.swap, -1, "/memory/swap", report);
  check_at_least(memory.kernel, -1, "/memory/kernel", report);
  check_at_least(memory.kernel_tcp, -1, "/memory/kernelTCP", report);
  if (memory.swappiness && *memory.swappiness > 100) {
    report.add("/memory/swappiness",
               "must be from 0 to 100, got " + std::to_string(*memory.swappiness));
  }
}

// `swap` is memory plus swap; cgroup v2 has swap alone, so the difference must exist. 0 and -1 mean
// "not limited here" and "unlimited".
void check_swap(const Resources& resources, Report& report) {
  if (!resources.memory || resources.memory->swap.value_or(0) <= 0) return;
  int64_t swap = *resources.memory->swap;
  int64_t limit = resources.memory->limit.value_or(0);
  if (limit == 0) {
    report.add("/memory/swap", "unable to set swap limit without memory limit");
  } else if (swap < limit) {
    report.add("/memory/swap", "memory+swap limit should be >= memory limit");
  }
}

void check_cpu(const Resources& resources, Report& report) {
  if (!resources.cpu) return;
  const Cpu& cpu = *resources.cpu;
  if (cpu.idle && *cpu.idle != 0 && *cpu.idle != 1) {
    report.add("/cpu/idle", "must be 0 or 1, got " + std::to_string(*cpu.idle));
  }
  if (cpu.burst && cpu.quota && *cpu.quota > 0 && *cpu.burst > static_cast<uint64_t>(*cpu.quota)) {
    report.add("/cpu/burst", "must not be above the quota, " + std::to_string(*cpu.quota));
  }
}

void check_cpusets(const Resources& resources, Report& report) {
  if (!resources.cpu) return;
  auto check = [&](const std::string& list, std::string_view at) {
    if (!list.empty() && !is_number_list(list)) report.add(at, quote(list) + " is no list (0-3,7)");
  };
  check(resources.cpu->cpus, "/cpu/cpus");
  check(resources.cpu->mems, "/cpu/mems");
}

void check_weight(const std::optional<uint16_t>& weight, const std::string& at, Report& report) {
  if (weight && *weight != 0 && (*weight < 10 || *weight > 1000)) {
    report.add(at, "must be from 10 to 1000, got " + std::to_string(*weight));
  }
}

void check_weights(const Resources& resources, Report& report) {
  if (!resources.block_io) return;
  const BlockIo& io = *resources.block_io;
  check_weight(io.weight, "/blockIO/weight", report);
  check_weight(io.leaf_weight, "/blockIO/leafWeight", report);
  for (size_t i = 0; i < io.weight_device.size(); ++i) {
    const WeightDevice& device = io.weight_device[i];
    std::string at = pointer("blockIO", "weightDevice", i);
    if (!device.weight && !device.leaf_weight) report.add(at, "needs weight or leafWeight");
    check_weight(device.weight, at + "/weight", report);
    check_weight(device.leaf_weight, at + "/leafWeight", report);
    check_at_least(device.major, 0, at + "/major", report);
    check_at_least(device.minor, 0, at + "/minor", report);
  }
}

void check_throttles(const Resources& resources, Report& report) {
  if (!resources.block_io) return;
  const BlockIo& io = *resources.block_io;
  auto check = [&](const std::vector<ThrottleDevice>& devices, std::string_view name) {
    for (size_t i = 0; i < devices.size(); ++i) {
      check_at_least(devices[i].major, 0, pointer("blockIO", name, i, "major"), report);
      check_at_least(devices[i].minor, 0, pointer("blockIO", name, i, "minor"), report);
    }
  };
  check(io.throttle_read_bps, "throttleReadBpsDevice");
  check(io.throttle_write_bps, "throttleWriteBpsDevice");
  check(io.throttle_read_iops, "throttleReadIOPSDevice");
  check(io.throttle_write_iops, "throttleWriteIOPSDevice");
}

// "2MB": no leading zero, one of KB, MB, GB.
bool is_page_size(std::string_view text) {
  size_t digits = text.find_first_not_of("0123456789");
  if (digits == 0 || digits == std::string_view::npos || text[0] == '0') return false;
  std::string_view unit = text.substr(digits);
  return unit == "KB" || unit == "MB" || unit == "GB";
}

void check_hugepages(const Resources& resources, Report& report) {
  for (size_t i = 0; i < resources.hugepage_limits.size(); ++i) {
    const std::string& size = resources.hugepage_limits[i].page_size;
    if (!is_page_size(size)) {
      report.add(pointer("hugepageLimits", i, "pageSize"),
                 "expected a size like 64KB, 2MB or 1GB, got " + quote(size));
    }
  }
}

void check_pids(const Resources& resources, Report& report) {
  if (resources.pids) check_at_least(resources.pids->limit, -1, "/pids/limit", report);
}

void check_rdma(const Resources& resources, Report& report) {
  for (const auto& [name, limit] : resources.rdma) {
    if (name.empty() || !is_one_line(name) || name.find(' ') != std::string::npos) {
      report.add(pointer("rdma", name), quote(name) + " is no device name");
    }
    if (!limit.hca_handles && !limit.hca_objects) {
      report.add(pointer("rdma", name), "needs hcaHandles or hcaObjects");
    }
  }
}

bool is_settable_file(std::string_view name) {
  constexpr std::string_view kAllowed =
      "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_.";
  if (name.empty() || name[0] == '.' ||
      name.find_first_not_of(kAllowed) != std::string_view::npos) {
    return false;
  }
  return !name.starts_with("cgroup.") || contains(kAllowedCoreFiles, name);
}

void check_unified(const Resources& resources, Report& report) {
  for (const auto& [name, value] : resources.unified) {
    if (!is_settable_file(name)) {
      report.add(pointer("unified", name), quote(name) + " is no cgroup file that can be set");
    }
  }
}

constexpr Rule<Resources> kRules[] = {
    {"cgdev-3, cgdev-4: device rules name types, numbers and rights", check_device_rules},
    {"mem-1, mem-2, mem-6: memory values are in range", check_memory},
    {"mem-4: swap can be told from memory", check_swap},
    {"cpu-2, cpu-4: cpu values are in range", check_cpu},
    {"cpu-3: cpus and mems are lists", check_cpusets},
    {"blk-1, blk-2: weights are there and in range", check_weights},
    {"blk-3: throttled devices are devices", check_throttles},
    {"huge-2: page sizes are sizes", check_hugepages},
    {"pids-1, pids-2: the task limit is -1 or a number", check_pids},
    {"rdma-1: devices are named and limited", check_rdma},
    {"uni-6: keys are files of the cgroup", check_unified},
};

}  // namespace

Rules<Resources> resource_rules() {
  return kRules;
}

}  // namespace tare::oci
