// The properties are made of the writes of control files, not of the configuration: one table then
// serves linux.resources and its member `unified`, which comes last and wins here as it does there.
// Which version of systemd knows which property is in the table too; systemd refuses a unit with
// one that it does not know. "max" of a control file is the largest number of a property.
#include "cgroups/unit_properties.h"

#include <linux/bpf.h>

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string_view>

#include "oci/number_list.h"
#include "runtime/base/error.h"
#include "runtime/base/strings.h"

namespace tare::cgroups {
namespace {

using Properties = std::vector<UnitProperty>;

constexpr uint64_t kInfinity = UINT64_MAX;
constexpr uint64_t kSecond = 1'000'000;  // microseconds
constexpr uint64_t kQuotaStep = 10'000;  // microseconds per second

void set(Properties& properties, const std::string& name, dbus::Value value) {
  for (UnitProperty& property : properties) {
    if (property.name != name) continue;
    property.value = std::move(value);
    return;
  }
  properties.push_back({name, std::move(value)});
}

void set_number(Properties& properties, const char* name, std::optional<uint64_t> value) {
  if (value) set(properties, name, dbus::number('t', *value));
}

std::optional<uint64_t> limit(std::string_view text) {
  return trim(text) == "max" ? kInfinity : parse_number<uint64_t>(trim(text));
}

// --- numbers that are the same in both

struct Plain {
  std::string_view file;
  const char* property;
  int since;
};

constexpr Plain kPlain[] = {
    {"cpu.weight", "CPUWeight", 0},
    {"memory.max", "MemoryMax", 0},
    {"memory.high", "MemoryHigh", 0},
    {"memory.low", "MemoryLow", 0},
    {"memory.min", "MemoryMin", 240},
    {"memory.swap.max", "MemorySwapMax", 0},
    {"memory.zswap.max", "MemoryZSwapMax", 253},
};

// --- those that are said in another way

// systemd has no limit of zero: 1 lets nothing more be born either, as long as there is a process.
void tasks(Properties& properties, std::string_view value, int) {
  auto number = limit(value);
  set_number(properties, "TasksMax", number == 0 ? 1 : number);
}

// The weight 0 means idle.
void cpu_idle(Properties& properties, std::string_view value, int version) {
  if (trim(value) == "1" && version >= 252) set_number(properties, "CPUWeight", 0);
}

uint64_t quota_per_second(uint64_t quota, uint64_t period) {
  if (quota > kInfinity / kSecond) return kInfinity;
  uint64_t exact = quota * kSecond / period;
  return (exact + kQuotaStep - 1) / kQuotaStep * kQuotaStep;
}

struct CpuMax {
  uint64_t quota = kInfinity;
  uint64_t period = 100'000;
};

std::optional<CpuMax> parse_cpu_max(std::string_view value) {
  auto parts = split(trim(value), ' ');
  auto quota = limit(parts[0]);
  CpuMax parsed;
  if (parts.size() > 1) parsed.period = parse_number<uint64_t>(parts[1]).value_or(0);
  if (!quota || parsed.period == 0) return std::nullopt;
  parsed.quota = *quota;
  return parsed;
}

void cpu_max(Properties& properties, std::string_view value, int version) {
  auto max = parse_cpu_max(value);
  if (!max) return;
  if (version >= 242) set_number(properties, "CPUQuotaPeriodUSec", max->period);
  set_number(properties, "CPUQuotaPerSecUSec",
             max->quota == kInfinity ? kInfinity : quota_per_second(max->quota, max->period));
}

void cpu_set(Properties& properties, const char* name, std::string_view value, uint32_t most) {
  auto mask = oci::number_mask(trim(value), most);
  if (!mask) return;
  std::vector<uint8_t> bytes;
  for (uint64_t word : *mask) {
    for (int shift = 0; shift < 64; shift += 8)
      bytes.push_back(static_cast<uint8_t>(word >> shift));
  }
  while (!bytes.empty() && bytes.back() == 0) bytes.pop_back();
  set(properties, name, dbus::bytes(bytes));
}

void processors(Properties& properties, std::string_view value, int version) {
  if (version >= 244) cpu_set(properties, "AllowedCPUs", value, oci::kMaxProcessors);
}

void memory_nodes(Properties& properties, std::string_view value, int version) {
  if (version >= 244) cpu_set(properties, "AllowedMemoryNodes", value, oci::kMaxNodes);
}

void out_of_memory(Properties& properties, std::string_view value, int version) {
  if (version < 253) return;
  set(properties, "OOMPolicy", dbus::text(trim(value) == "1" ? "kill" : "continue"));
}

// A list of devices with a number each, a(st); another number for one that is in it replaces that.
void set_device(Properties& properties, const char* name, std::string_view device,
                uint64_t number) {
  dbus::Value entry =
      dbus::structure({dbus::text("/dev/block/" + std::string(device)), dbus::number('t', number)});
  for (UnitProperty& property : properties) {
    if (property.name != name) continue;
    auto& entries = std::get<dbus::Values>(property.value.content);
    std::erase_if(entries, [&entry](const dbus::Value& other) {
      return other.members()[0] == entry.members()[0];
    });
    entries.push_back(std::move(entry));
    return;
  }
  properties.push_back({name, dbus::array("(st)", {std::move(entry)})});
}

void io_weight(Properties& properties, std::string_view value, int) {
  auto parts = split(trim(value), ' ');
  auto number = parse_number<uint64_t>(parts.back());
  if (!number) return;
  if (parts.size() == 1 || parts[0] == "default") {
    set_number(properties, "IOWeight", number);
  } else {
    set_device(properties, "IODeviceWeight", parts[0], *number);
  }
}

constexpr std::pair<std::string_view, const char*> kThrottles[] = {{"rbps", "IOReadBandwidthMax"},
                                                                   {"wbps", "IOWriteBandwidthMax"},
                                                                   {"riops", "IOReadIOPSMax"},
                                                                   {"wiops", "IOWriteIOPSMax"}};

void io_max(Properties& properties, std::string_view value, int) {
  auto parts = split(trim(value), ' ');
  for (size_t i = 1; i < parts.size(); ++i) {
    size_t equals = std::min(parts[i].find('='), parts[i].size());
    for (const auto& [key, property] : kThrottles) {
      if (parts[i].substr(0, equals) != key) continue;
      auto number = limit(parts[i].substr(std::min(equals + 1, parts[i].size())));
      if (number) set_device(properties, property, parts[0], *number);
    }
  }
}

constexpr std::pair<std::string_view, void (*)(Properties&, std::string_view, int)> kOthers[] = {
    {"pids.max", tasks},           {"cpu.idle", cpu_idle},
    {"cpu.max", cpu_max},          {"cpuset.cpus", processors},
    {"cpuset.mems", memory_nodes}, {"memory.oom.group", out_of_memory},
    {"io.weight", io_weight},      {"io.max", io_max},
};

// --- devices

constexpr unsigned kAllAccess = BPF_DEVCG_ACC_READ | BPF_DEVCG_ACC_WRITE | BPF_DEVCG_ACC_MKNOD;

std::string access_letters(unsigned access) {
  std::string letters;
  if ((access & BPF_DEVCG_ACC_READ) != 0) letters += 'r';
  if ((access & BPF_DEVCG_ACC_WRITE) != 0) letters += 'w';
  if ((access & BPF_DEVCG_ACC_MKNOD) != 0) letters += 'm';
  return letters;
}

// systemd knows one device, all of a major number, and all; one minor number of every major is all.
std::string device_pattern(const std::string& kind, const DeviceEntry& entry) {
  if (!entry.major) return kind + "-*";
  if (!entry.minor) return kind + "-" + std::to_string(*entry.major);
  return "/dev/" + kind + "/" + std::to_string(*entry.major) + ":" + std::to_string(*entry.minor);
}

void add_devices(dbus::Values& allowed, const std::string& kind, const DeviceList& list) {
  auto add = [&allowed](const std::string& pattern, unsigned access) {
    if (access == 0) return;
    allowed.push_back(dbus::structure({dbus::text(pattern), dbus::text(access_letters(access))}));
  };
  if (list.otherwise) return add(kind + "-*", kAllAccess);
  for (const DeviceEntry& entry : list.entries) {
    if (entry.allow) add(device_pattern(kind, entry), entry.access);
  }
}

}  // namespace

void round_quotas(std::vector<FileWrite>& writes) {
  for (FileWrite& write : writes) {
    auto max = write.file == "cpu.max" ? parse_cpu_max(write.value) : std::nullopt;
    if (!max || max->quota == kInfinity) continue;
    uint64_t per_second = quota_per_second(max->quota, max->period);
    if (per_second > kInfinity / max->period) continue;
    uint64_t quota = per_second * max->period / kSecond;
    write.value = std::to_string(quota) + " " + std::to_string(max->period);
  }
}

Properties limit_properties(const std::vector<FileWrite>& writes, int version) {
  Properties properties;
  for (const FileWrite& write : writes) {
    for (const Plain& plain : kPlain) {
      if (write.file == plain.file && version >= plain.since) {
        set_number(properties, plain.property, limit(write.value));
      }
    }
    for (const auto& [file, convert] : kOthers) {
      if (write.file == file) convert(properties, write.value, version);
    }
  }
  return properties;
}

Properties device_properties(const DevicePolicy& policy, int version) {
  // Older ones take a device by the number of its major only under the name of its driver.
  if (policy.allows_everything() || version < 240) return {};
  dbus::Values allowed;
  add_devices(allowed, "char", policy.character);
  add_devices(allowed, "block", policy.block);
  return {{"DevicePolicy", dbus::text("strict")},
          {"DeviceAllow", dbus::array("(ss)", std::move(allowed))}};
}

Properties no_device_properties() {
  return {{"DevicePolicy", dbus::text("auto")}, {"DeviceAllow", dbus::array("(ss)", {})}};
}

void override_properties(Properties& properties, Properties later) {
  for (UnitProperty& property : later) {
    set(properties, property.name, std::move(property.value));
  }
}

}  // namespace tare::cgroups
