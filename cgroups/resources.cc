// The conversion table from the v1 language of the runtime specification to cgroup v2 (kernel:
// Documentation/admin-guide/cgroup-v2.rst), row by row. A value of zero is "not set" wherever v1
// runtimes read it so and engines therefore send it (memory, shares, quota, weight); it is a limit
// for pids and huge pages. A value without a v2 meaning is an error, a setting that only
// cgroup v1 had is a warning.
#include "cgroups/resources.h"

#include <algorithm>

#include "cgroups/hierarchy.h"
#include "cgroups/unified.h"
#include "cgroups/weights.h"
#include "runtime/base/error.h"
#include "runtime/base/strings.h"

namespace tare::cgroups {
namespace {

constexpr uint64_t kDefaultPeriod = 100000;  // microseconds
constexpr const char* kUnlimited = "max";

std::string member_path(std::string_view member) {
  return "linux.resources." + std::string(member);
}

[[noreturn]] void refuse(std::string_view member, std::string_view why) {
  throw Error(member_path(member) + ": " + std::string(why));
}

FileWrite& add(Conversion& out, std::string file, std::string value, std::string_view member) {
  return out.writes.emplace_back(FileWrite{
      .file = std::move(file), .value = std::move(value), .pointer = member_path(member)});
}

void warn_v1_only(Conversion& out, bool set, std::string_view member) {
  if (set) out.warnings.push_back(member_path(member) + " exists on cgroup v1 only: ignored");
}

// A v1 limit: -1 lifts it.
std::string limit_text(int64_t value, std::string_view member) {
  if (value < -1) refuse(member, "expected -1 (no limit) or more, got " + std::to_string(value));
  return value == -1 ? kUnlimited : std::to_string(value);
}

// What runs counts, so a limit of none is one of one: it lets nothing more be born either, does not
// refuse our own processes that enter the container, and systemd knows no other.
void convert_pids(const oci::Pids& pids, Conversion& out) {
  if (!pids.limit) return;
  int64_t limit = *pids.limit == 0 ? 1 : *pids.limit;
  add(out, "pids.max", limit_text(limit, "pids.limit"), "pids.limit").no_limit = limit == -1;
}

// v1 counts memory plus swap, v2 swap alone.
std::optional<int64_t> swap_alone(int64_t limit, int64_t memory_and_swap) {
  if (memory_and_swap < -1) refuse("memory.swap", "expected -1 (no limit) or more");
  if (memory_and_swap == 0) return limit == -1 ? std::optional<int64_t>(-1) : std::nullopt;
  if (memory_and_swap == -1) return -1;
  if (limit == 0) refuse("memory.swap", "unable to set swap limit without memory limit");
  if (limit == -1) return memory_and_swap;
  if (memory_and_swap < limit) refuse("memory.swap", "memory+swap limit should be >= memory limit");
  return memory_and_swap - limit;
}

void convert_memory(const oci::Memory& memory, Conversion& out) {
  int64_t limit = memory.limit.value_or(0);
  if (auto swap = swap_alone(limit, memory.swap.value_or(0))) {
    FileWrite& write = add(out, "memory.swap.max", limit_text(*swap, "memory.swap"), "memory.swap");
    write.no_limit = *swap == -1;
    write.optional_file = *swap <= 0;  // without swap accounting there is nothing to lift or forbid
  }
  auto bytes = [&out](const char* file, int64_t value, const char* member) {
    if (value != 0) add(out, file, limit_text(value, member), member).no_limit = value == -1;
  };
  bytes("memory.max", limit, "memory.limit");
  bytes("memory.low", memory.reservation.value_or(0), "memory.reservation");
  warn_v1_only(out, memory.kernel.value_or(-1) > 0, "memory.kernel");
  warn_v1_only(out, memory.kernel_tcp.value_or(-1) > 0, "memory.kernelTCP");
  warn_v1_only(out, memory.swappiness.has_value(), "memory.swappiness");
  warn_v1_only(out, memory.disable_oom_killer.value_or(false), "memory.disableOOMKiller");
  // useHierarchy asks for what v2 always does.
}

void convert_io_weights(const oci::BlockIo& io, Conversion& out) {
  // BFQ has its own file with the v1 range; without it io.weight serves io.cost.
  auto weight = [&out](const std::string& device, uint16_t value, const std::string& member) {
    if (value < 10 || value > 1000) refuse(member, "expected 10 to 1000");
    add(out, "io.bfq.weight", device + std::to_string(value), member).optional_file = true;
    add(out, "io.weight", device + std::to_string(io_weight(value)), member).unless =
        "io.bfq.weight";
  };
  if (io.weight.value_or(0) != 0) weight("", *io.weight, "blockIO.weight");
  warn_v1_only(out, io.leaf_weight.value_or(0) != 0, "blockIO.leafWeight");
  for (size_t i = 0; i < io.weight_device.size(); ++i) {
    const oci::WeightDevice& device = io.weight_device[i];
    std::string member = "blockIO.weightDevice[" + std::to_string(i) + "]";
    if (!device.major || !device.minor) refuse(member, "major and minor are required");
    std::string number = std::to_string(*device.major) + ":" + std::to_string(*device.minor) + " ";
    if (device.weight.value_or(0) != 0) weight(number, *device.weight, member + ".weight");
    warn_v1_only(out, device.leaf_weight.value_or(0) != 0, member + ".leafWeight");
  }
}

void convert_io_throttles(const oci::BlockIo& io, Conversion& out) {
  auto throttle = [&out](const std::vector<oci::ThrottleDevice>& devices, const char* key,
                         const std::string& list) {
    for (size_t i = 0; i < devices.size(); ++i) {
      const oci::ThrottleDevice& device = devices[i];
      std::string member = list + "[" + std::to_string(i) + "]";
      if (!device.major || !device.minor || !device.rate) {
        refuse(member, "major, minor and rate are required");
      }
      // v1 lifts a throttle by writing zero, which v2 refuses.
      std::string rate = *device.rate == 0 ? kUnlimited : std::to_string(*device.rate);
      std::string value = std::to_string(*device.major) + ":" + std::to_string(*device.minor);
      value.append(" ").append(key).append("=").append(rate);
      add(out, "io.max", value, member).no_limit = *device.rate == 0;
    }
  };
  throttle(io.throttle_read_bps, "rbps", "blockIO.throttleReadBpsDevice");
  throttle(io.throttle_write_bps, "wbps", "blockIO.throttleWriteBpsDevice");
  throttle(io.throttle_read_iops, "riops", "blockIO.throttleReadIOPSDevice");
  throttle(io.throttle_write_iops, "wiops", "blockIO.throttleWriteIOPSDevice");
}

void convert_cpu(const oci::Cpu& cpu, Conversion& out) {
  int64_t idle = cpu.idle.value_or(0);
  if (idle != 0 && idle != 1) refuse("cpu.idle", "expected 0 or 1");
  if (cpu.idle) add(out, "cpu.idle", std::to_string(idle), "cpu.idle").no_limit = idle == 0;
  if (uint64_t shares = cpu.shares.value_or(0); shares != 0) {
    add(out, "cpu.weight", std::to_string(cpu_weight(shares)), "cpu.shares");
  }
  // Never above the quota (EINVAL), whichever of the two is the old one.
  if (cpu.burst) {
    FileWrite& write = add(out, "cpu.max.burst", std::to_string(*cpu.burst), "cpu.burst");
    write.retry = true;
    write.no_limit = *cpu.burst == 0;
  }
  int64_t quota = cpu.quota.value_or(0);
  uint64_t period = cpu.period.value_or(0);
  if (quota != 0 || period != 0) {
    std::string value = quota > 0 ? std::to_string(quota) : kUnlimited;
    value += " " + std::to_string(period != 0 ? period : kDefaultPeriod);
    add(out, "cpu.max", value, quota != 0 ? "cpu.quota" : "cpu.period").no_limit = quota <= 0;
  }
  if (!cpu.cpus.empty()) add(out, "cpuset.cpus", cpu.cpus, "cpu.cpus");
  if (!cpu.mems.empty()) add(out, "cpuset.mems", cpu.mems, "cpu.mems");
  warn_v1_only(out, cpu.realtime_runtime.value_or(0) != 0, "cpu.realtimeRuntime");
  warn_v1_only(out, cpu.realtime_period.value_or(0) != 0, "cpu.realtimePeriod");
}

// ^[1-9][0-9]*[KMG]B$, as the files of the kernel are named.
bool is_page_size(std::string_view text) {
  if (text.size() < 3 || !text.ends_with('B')) return false;
  if (std::string_view("KMG").find(text[text.size() - 2]) == std::string_view::npos) return false;
  std::string_view digits = text.substr(0, text.size() - 2);
  return digits.front() != '0' && digits.find_first_not_of("0123456789") == std::string_view::npos;
}

void convert_huge_pages(const std::vector<oci::HugepageLimit>& limits, Conversion& out) {
  for (size_t i = 0; i < limits.size(); ++i) {
    std::string member = "hugepageLimits[" + std::to_string(i) + "]";
    const std::string& size = limits[i].page_size;
    if (!is_page_size(size)) {
      refuse(member + ".pageSize", "expected a number and KB, MB or GB, got " + quote(size));
    }
    if (!limits[i].limit) refuse(member, "limit is required");
    std::string value = std::to_string(*limits[i].limit);
    add(out, "hugetlb." + size + ".max", value, member);
    // Reservations of pages (Linux 5.7); without them the line above is all there is.
    add(out, "hugetlb." + size + ".rsvd.max", value, member).optional_file = true;
  }
}

void convert_rdma(const oci::Map<oci::Rdma>& devices, Conversion& out) {
  for (const auto& [device, limits] : devices) {
    std::string member = "rdma[" + quote(device) + "]";
    if (device.empty() || device.find_first_of(" \t\n") != std::string::npos) {
      refuse(member, "not the name of a device");
    }
    if (!limits.hca_handles && !limits.hca_objects) {
      refuse(member, "hcaHandles or hcaObjects is required");
    }
    std::string value = device;
    if (limits.hca_handles) value += " hca_handle=" + std::to_string(*limits.hca_handles);
    if (limits.hca_objects) value += " hca_object=" + std::to_string(*limits.hca_objects);
    add(out, "rdma.max", value, member);
  }
}

// The kernel refuses a weight for an idle group, and systemd has one property for both.
void drop_weight_of_idle(Conversion& out) {
  bool idle = false;
  for (const FileWrite& write : out.writes) {
    if (write.file == "cpu.idle") idle = trim(write.value) == "1";
  }
  std::erase_if(out.writes, [&](const FileWrite& write) {
    if (!idle || !write.file.starts_with("cpu.weight")) return false;
    out.warnings.push_back("unable to apply both cpu.idle and cpu.weight: " + write.pointer +
                           " is ignored");
    return true;
  });
}

}  // namespace

Conversion convert(const oci::Resources& resources) {
  Conversion out;
  if (resources.pids) convert_pids(*resources.pids, out);
  if (resources.memory) convert_memory(*resources.memory, out);
  if (resources.block_io) {
    convert_io_weights(*resources.block_io, out);
    convert_io_throttles(*resources.block_io, out);
  }
  if (resources.cpu) convert_cpu(*resources.cpu, out);
  convert_huge_pages(resources.hugepage_limits, out);
  convert_rdma(resources.rdma, out);
  if (resources.network) {
    warn_v1_only(out, resources.network->class_id.value_or(0) != 0, "network.classID");
    warn_v1_only(out, !resources.network->priorities.empty(), "network.priorities");
  }
  convert_unified(resources.unified, out.writes);
  drop_weight_of_idle(out);
  return out;
}

std::string controller_of(std::string_view file) {
  std::string_view prefix = file.substr(0, file.find('.'));
  if (prefix == "cgroup" || file.ends_with(".pressure") || file.starts_with("cpu.stat")) return "";
  return std::string(prefix);
}

void require_controllers(std::vector<FileWrite>& writes, const Hierarchy& hierarchy) {
  std::erase_if(writes, [&](const FileWrite& write) {
    std::string controller = controller_of(write.file);
    if (controller.empty() || hierarchy.has(controller)) return false;
    if (write.no_limit) return true;
    bool hybrid = hierarchy.mount != "/sys/fs/cgroup";
    throw Error(write.pointer + " needs the " + controller +
                " controller, which is not on the cgroup2 hierarchy at " + hierarchy.mount +
                " (file " + write.file + ")")
        .with_hint(hybrid ? "boot with cgroup_no_v1=all or systemd.unified_cgroup_hierarchy=1, or "
                            "remove the limit"
                          : "have it delegated there, or remove the limit");
  });
}

void check_memory_usage(const oci::Memory& memory, uint64_t usage) {
  auto check = [usage](std::string_view what, int64_t limit) {
    if (limit <= 0 || static_cast<uint64_t>(limit) >= usage) return;
    throw Error("rejecting " + std::string(what) + " limit " + std::to_string(limit) + " < usage " +
                std::to_string(usage));
  };
  check("memory+swap", memory.swap.value_or(0));
  check("memory", memory.limit.value_or(0));
}

}  // namespace tare::cgroups
