// Rules for the rest of the "linux" object: devices, the cgroup path, propagation, interfaces,
// caches and memory (runtime-spec config-linux.md).
#include <sys/stat.h>

#include <bit>
#include <set>

#include "oci/number_list.h"
#include "oci/process_names.h"
#include "oci/rules.h"
#include "runtime/base/paths.h"
#include "runtime/base/strings.h"

namespace tare::oci {
namespace {

constexpr int64_t kMaxMajor = (1 << 12) - 1;  // of the kernel's dev_t
constexpr int64_t kMaxMinor = (1 << 20) - 1;
constexpr size_t kMaxInterfaceName = 15;  // IFNAMSIZ with the final NUL
constexpr size_t kMaxFileName = 255;

void check_device_types(const Linux& section, Report& report) {
  for (size_t i = 0; i < section.devices.size(); ++i) {
    const std::string& type = section.devices[i].type;
    if (type != "c" && type != "b" && type != "u" && type != "p") {
      report.add(pointer("devices", i, "type"), "expected c, b, u or p, got " + quote(type));
    }
  }
}

void check_device_paths(const Linux& section, Report& report) {
  for (size_t i = 0; i < section.devices.size(); ++i) {
    const std::string& path = section.devices[i].path;
    if (!path.starts_with('/') || clean_absolute(path) == "/") {
      report.add(pointer("devices", i, "path"), quote(path) + " is not absolute");
    }
  }
}

// What is wrong with a device number, empty: nothing.
std::string number_fault(const std::optional<int64_t>& number, int64_t max) {
  if (!number) return "missing";
  if (*number >= 0 && *number <= max) return {};
  return "must be from 0 to " + std::to_string(max) + ", got " + std::to_string(*number);
}

void check_device_numbers(const Linux& section, Report& report) {
  for (size_t i = 0; i < section.devices.size(); ++i) {
    const Device& device = section.devices[i];
    if (device.type == "p") continue;  // a pipe has none
    if (std::string fault = number_fault(device.major, kMaxMajor); !fault.empty()) {
      report.add(pointer("devices", i, "major"), std::move(fault));
    }
    if (std::string fault = number_fault(device.minor, kMaxMinor); !fault.empty()) {
      report.add(pointer("devices", i, "minor"), std::move(fault));
    }
  }
}

void check_device_owners(const Linux& section, Report& report) {
  constexpr uint32_t kModeBits = S_IFMT | 07777;  // engines copy st_mode as it is
  for (size_t i = 0; i < section.devices.size(); ++i) {
    const Device& device = section.devices[i];
    if (device.file_mode && (*device.file_mode & ~kModeBits) != 0) {
      report.add(pointer("devices", i, "fileMode"),
                 std::to_string(*device.file_mode) + " is no file mode");
    }
    if (device.uid == kNoId) report.add(pointer("devices", i, "uid"), "4294967295 is no id");
    if (device.gid == kNoId) report.add(pointer("devices", i, "gid"), "4294967295 is no id");
  }
}

// A plain path must be clean. The form slice:prefix:name is the systemd driver's to judge.
void check_cgroup_path(const Linux& section, Report& report) {
  if (!section.cgroups_path || section.cgroups_path->empty()) return;
  std::string_view path = *section.cgroups_path;
  if (!is_one_line(path))
    return report.add("/cgroupsPath", quote(path) + " has control characters");
  bool systemd = path.find(':') != std::string_view::npos;
  std::string_view relative = path.starts_with('/') ? path.substr(1) : path;
  for (std::string_view part : split(relative, '/')) {
    if (part == ".." || part == "." || (part.empty() && !systemd)) {
      return report.add("/cgroupsPath", quote(path) + " has an empty, \".\" or \"..\" component");
    }
  }
}

void check_propagation(const Linux& section, Report& report) {
  const std::string& value = section.rootfs_propagation;
  if (!value.empty() && !contains(kRootfsPropagations, value)) {
    report.add("/rootfsPropagation", "rootfsPropagation=" + value + " is not supported");
  }
}

bool has_interface_characters(std::string_view name) {
  return is_one_line(name) && name.find_first_of("/: %") == std::string_view::npos;
}

bool is_interface_name(std::string_view name) {
  return !name.empty() && name.size() <= kMaxInterfaceName && name != "." && name != ".." &&
         has_interface_characters(name);
}

constexpr std::string_view kNumber = "%d";  // at the end of a name: the kernel picks a number

bool is_new_interface_name(std::string_view name) {
  if (!name.ends_with(kNumber)) return is_interface_name(name);
  return name.size() <= kMaxInterfaceName &&
         has_interface_characters(name.substr(0, name.size() - kNumber.size()));
}

void check_net_devices(const Linux& section, Report& report) {
  for (const auto& [name, device] : section.net_devices) {
    if (!is_interface_name(name)) {
      report.add(pointer("netDevices", name), "invalid network device name " + quote(name));
    }
    if (!device.name.empty() && !is_new_interface_name(device.name)) {
      report.add(pointer("netDevices", name, "name"),
                 "invalid network device name " + quote(device.name));
    }
  }
}

// Every network namespace has a loopback interface. Names with a number never collide.
void check_net_device_names(const Linux& section, Report& report) {
  std::set<std::string> taken = {"lo"};
  for (const auto& [name, device] : section.net_devices) {
    const std::string& wanted = device.name.empty() ? name : device.name;
    if (wanted.ends_with(kNumber)) continue;
    if (!taken.insert(wanted).second) {
      report.add(pointer("netDevices", name),
                 "network device name " + quote(wanted) + " is taken already in the container");
    }
  }
}

// A directory below the root of resctrl that can be a group, or "/", the root itself.
bool is_clos_id(std::string_view id) {
  constexpr std::string_view kNoGroups[] = {"", ".", "..", "info", "mon_data", "mon_groups"};
  return id == "/" || (!contains(kNoGroups, id) && is_one_line(id) && id.size() <= kMaxFileName &&
                       id.find('/') == std::string_view::npos);
}

void check_intel_rdt(const Linux& section, Report& report) {
  if (!section.intel_rdt) return;
  const IntelRdt& rdt = *section.intel_rdt;
  if (rdt.clos_id && !is_clos_id(*rdt.clos_id)) {
    report.add("/intelRdt/closID", "invalid intelRdt.ClosID " + quote(*rdt.clos_id));
  }
  auto check = [&](const std::string& text, std::string_view prefix, std::string_view at) {
    if (text.empty()) return;
    if (!text.starts_with(prefix)) report.add(at, "must begin with " + std::string(prefix));
    if (text.find('\n') != std::string::npos) report.add(at, "must be one line");
  };
  check(rdt.l3_cache_schema, "L3:", "/intelRdt/l3CacheSchema");
  check(rdt.mem_bw_schema, "MB:", "/intelRdt/memBwSchema");
  for (size_t i = 0; i < rdt.schemata.size(); ++i) {
    check(rdt.schemata[i], "", pointer("intelRdt", "schemata", i));
  }
}

void check_memory_policy(const Linux& section, Report& report) {
  if (!section.memory_policy) return;
  const MemoryPolicy& policy = *section.memory_policy;
  if (!contains(kMemoryPolicyModes, policy.mode)) {
    report.add("/memoryPolicy/mode", policy.mode.empty()
                                         ? "invalid memory policy mode: missing"
                                         : "invalid memory policy mode " + quote(policy.mode));
  }
  for (size_t i = 0; i < policy.flags.size(); ++i) {
    if (contains(kMemoryPolicyFlags, policy.flags[i])) continue;
    report.add(pointer("memoryPolicy", "flags", i),
               "invalid memory policy flag " + quote(policy.flags[i]));
  }
  if (!policy.nodes.empty() && !number_mask(policy.nodes, kMaxNodes)) {
    report.add("/memoryPolicy/nodes", "invalid memory policy nodes " + quote(policy.nodes));
  }
}

void check_memory_policy_flags(const Linux& section, Report& report) {
  if (!section.memory_policy) return;
  const Strings& flags = section.memory_policy->flags;
  if (contains(flags, "MPOL_F_STATIC_NODES") && contains(flags, "MPOL_F_RELATIVE_NODES")) {
    report.add("/memoryPolicy/flags",
               "MPOL_F_STATIC_NODES and MPOL_F_RELATIVE_NODES exclude each other");
  }
}

// How many numbers are in a list of memory nodes; none when it is no list.
int count(std::string_view nodes) {
  int sum = 0;
  for (uint64_t word : number_mask(nodes, kMaxNodes).value_or(std::vector<uint64_t>{})) {
    sum += std::popcount(word);
  }
  return sum;
}

// set_mempolicy(2): which modes take a set of nodes.
void check_memory_policy_nodes(const Linux& section, Report& report) {
  if (!section.memory_policy) return;
  const std::string& mode = section.memory_policy->mode;
  bool nodes = !section.memory_policy->nodes.empty();
  if (nodes && (mode == "MPOL_DEFAULT" || mode == "MPOL_LOCAL")) {
    report.add("/memoryPolicy/nodes", "memory policy mode requires 0 nodes but got " +
                                          std::to_string(count(section.memory_policy->nodes)));
  }
  if (!nodes && (mode == "MPOL_BIND" || mode == "MPOL_INTERLEAVE" ||
                 mode == "MPOL_WEIGHTED_INTERLEAVE" || mode == "MPOL_PREFERRED_MANY")) {
    report.add("/memoryPolicy/nodes", "missing: " + mode + " requires at least one node");
  }
}

void check_personality(const Linux& section, Report& report) {
  if (!section.personality) return;
  const std::string& domain = section.personality->domain;
  if (domain != "LINUX" && domain != "LINUX32") {
    report.add("/personality/domain", "expected LINUX or LINUX32, got " + quote(domain));
  }
  if (!section.personality->flags.empty()) {
    report.add("/personality/flags", "no flag is defined");
  }
}

// It becomes an option in quotes.
void check_mount_label(const Linux& section, Report& report) {
  const std::string& label = section.mount_label;
  if (!is_one_line(label) || label.find('"') != std::string::npos) {
    report.add("/mountLabel", quote(label) + " has quotes or control characters");
  }
}

constexpr Rule<Linux> kRules[] = {
    {"dev-4: known device types", check_device_types},
    {"dev-5: device paths are absolute", check_device_paths},
    {"dev-6: device numbers are there and fit the kernel", check_device_numbers},
    {"dev-7, dev-8: device modes and owners are such", check_device_owners},
    {"cgp-1, cgp-6: the cgroup path cannot lead out", check_cgroup_path},
    {"prop-5: known propagation", check_propagation},
    {"netdev-10: interface names are such", check_net_devices},
    {"netdev-4: no two interfaces get one name", check_net_device_names},
    {"rdt-4, rdt-5, rdt-6: schemata are single lines of their kind", check_intel_rdt},
    {"mpol-1, mpol-3: known modes and flags", check_memory_policy},
    {"mpol-3: flags do not contradict each other", check_memory_policy_flags},
    {"mpol-2: nodes as the mode wants them", check_memory_policy_nodes},
    {"lsm-3: the mount label is one line without quotes", check_mount_label},
    {"pers-1, pers-2: known domain, no flags", check_personality},
};

}  // namespace

Rules<Linux> linux_rules() {
  return kRules;
}

}  // namespace tare::oci
