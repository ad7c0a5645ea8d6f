// Devices, interfaces, processors, memory nodes, large pages, caches and kernel parameters that the
// configuration names: are they on this host.
#include <sys/stat.h>
#include <sys/sysmacros.h>

#include <algorithm>

#include "oci/sysctl.h"
#include "runtime/base/strings.h"
#include "runtime/check/host_file.h"
#include "runtime/check/requirement.h"

namespace tare::check {
namespace {

constexpr int kCapNetAdmin = 12;

// --- devices ---

// In a user namespace nodes cannot be made, so the host's are bound.
bool binds_devices(const Subject& subject) {
  bool nested = !subject.host.user.initial_user_namespace;
  return !subject.linux_section().devices.empty() && (nested || subject.has("user"));
}

void nodes_are_there(const Subject& subject, Findings& findings) {
  const auto& devices = subject.linux_section().devices;
  for (size_t i = 0; i < devices.size(); ++i) {
    const oci::Device& device = devices[i];
    if (device.type == "p" || !device.major || !device.minor) continue;
    auto status = status_of(device.path);
    mode_t type = device.type == "b" ? S_IFBLK : S_IFCHR;
    dev_t number =
        makedev(static_cast<unsigned>(*device.major), static_cast<unsigned>(*device.minor));
    bool same = status && (status->st_mode & S_IFMT) == type && status->st_rdev == number;
    if (same) continue;
    std::string wanted = std::to_string(*device.major) + ":" + std::to_string(*device.minor);
    findings.error(oci::pointer("linux", "devices", i),
                   "in a user namespace the host's node is bound, and its " + quote(device.path) +
                       (status ? " is not " + wanted : " is missing"),
                   "make the node on the host (mknod), or leave the device out");
  }
}

// --- limits of devices ---

const oci::Resources& resources(const Subject& subject) {
  static const oci::Resources kNone;
  const auto& wanted = subject.linux_section().resources;
  return wanted ? *wanted : kNone;
}

bool limits_block_devices(const Subject& subject) {
  return resources(subject).block_io.has_value();
}

template <typename T>
void block_devices(const std::vector<T>& devices, const char* member, Findings& findings) {
  for (size_t i = 0; i < devices.size(); ++i) {
    if (!devices[i].major || !devices[i].minor) continue;
    std::string number =
        std::to_string(*devices[i].major) + ":" + std::to_string(*devices[i].minor);
    if (exists("/sys/dev/block/" + number)) continue;
    findings.error(oci::pointer("linux", "resources", "blockIO", member, i),
                   "there is no block device " + number,
                   "name one of /sys/dev/block (lsblk shows them), or remove the limit");
  }
}

void block_devices_are_there(const Subject& subject, Findings& findings) {
  const oci::BlockIo& limits = *resources(subject).block_io;
  block_devices(limits.weight_device, "weightDevice", findings);
  block_devices(limits.throttle_read_bps, "throttleReadBpsDevice", findings);
  block_devices(limits.throttle_write_bps, "throttleWriteBpsDevice", findings);
  block_devices(limits.throttle_read_iops, "throttleReadIOPSDevice", findings);
  block_devices(limits.throttle_write_iops, "throttleWriteIOPSDevice", findings);
}

bool limits_rdma(const Subject& subject) {
  return !resources(subject).rdma.empty();
}

void rdma_devices_are_there(const Subject& subject, Findings& findings) {
  for (const auto& [name, limit] : resources(subject).rdma) {
    if (exists("/sys/class/infiniband/" + name)) continue;
    findings.error(oci::pointer("linux", "resources", "rdma", name),
                   "there is no RDMA device " + quote(name),
                   "name one of /sys/class/infiniband, or remove the limit");
  }
}

bool limits_huge_pages(const Subject& subject) {
  return !resources(subject).hugepage_limits.empty();
}

void page_sizes_exist(const Subject& subject, Findings& findings) {
  const auto& limits = resources(subject).hugepage_limits;
  const auto& known = subject.host.hardware.huge_pages;
  for (size_t i = 0; i < limits.size(); ++i) {
    if (std::find(known.begin(), known.end(), limits[i].page_size) != known.end()) continue;
    findings.error(oci::pointer("linux", "resources", "hugepageLimits", i, "pageSize"),
                   "there are no huge pages of " + quote(limits[i].page_size),
                   known.empty() ? "remove the limit: this kernel has no huge pages"
                                 : "use one of " + join(known, ", "));
  }
}

// --- processors and memory nodes ---

void within(const std::string& list, const std::vector<uint32_t>& known, const std::string& pointer,
            Findings& findings) {
  for (uint32_t number : numbers_of(list)) {
    if (std::find(known.begin(), known.end(), number) != known.end()) continue;
    findings.error(
        pointer, std::to_string(number) + " does not exist on this host",
        known.empty() ? "remove it" : "use numbers up to " + std::to_string(known.back()));
    return;
  }
}

bool pins(const Subject& subject) {
  return resources(subject).cpu.has_value();
}

void processors_exist(const Subject& subject, Findings& findings) {
  const oci::Cpu& cpu = *resources(subject).cpu;
  const Hardware& hardware = subject.host.hardware;
  within(cpu.cpus, hardware.processors, "/linux/resources/cpu/cpus", findings);
  within(cpu.mems, hardware.numa_nodes, "/linux/resources/cpu/mems", findings);
}

bool has_memory_policy(const Subject& subject) {
  return subject.linux_section().memory_policy.has_value();
}

void memory_policy_is_possible(const Subject& subject, Findings& findings) {
  const oci::MemoryPolicy& policy = *subject.linux_section().memory_policy;
  if (!subject.host.hardware.numa) {
    findings.error("/linux/memoryPolicy", "this kernel has no memory policies",
                   "leave it out, or use a kernel that is built with CONFIG_NUMA");
    return;
  }
  within(policy.nodes, subject.host.hardware.numa_nodes, "/linux/memoryPolicy/nodes", findings);
}

// --- interfaces ---

bool moves_interfaces(const Subject& subject) {
  return !subject.linux_section().net_devices.empty();
}

void interfaces_are_there(const Subject& subject, Findings& findings) {
  for (const auto& [name, device] : subject.linux_section().net_devices) {
    std::string pointer = oci::pointer("linux", "netDevices", name);
    if (!exists("/sys/class/net/" + name)) {
      findings.error(pointer, "there is no network interface " + quote(name),
                     "make it before the container, or name one of `ip link`");
    }
  }
  const User& user = subject.host.user;
  if (user.has(kCapNetAdmin) && user.initial_user_namespace) return;
  findings.error("/linux/netDevices", "moving an interface of the host needs CAP_NET_ADMIN",
                 "run as root, or have the interface made inside");
}

// --- caches and memory bandwidth ---

bool has_intel_rdt(const Subject& subject) {
  return subject.linux_section().intel_rdt.has_value();
}

void resctrl_offers_it(const Subject& subject, Findings& findings) {
  const oci::IntelRdt& wanted = *subject.linux_section().intel_rdt;
  const Hardware& hardware = subject.host.hardware;
  if (hardware.resctrl.empty()) {
    bool possible = subject.host.kernel.has_filesystem("resctrl");
    findings.error("/linux/intelRdt",
                   possible ? "resctrl is not mounted"
                            : "this host has no resctrl: neither cache nor "
                              "memory bandwidth can be allocated",
                   possible ? "mount -t resctrl resctrl /sys/fs/resctrl"
                            : "leave intelRdt out; it takes a processor that has it");
    return;
  }
  auto require = [&](bool asked, const char* resource, const char* member) {
    const auto& known = hardware.resctrl_resources;
    bool has = std::any_of(known.begin(), known.end(), [&](const std::string& name) {
      return name.starts_with(resource);  // L3, or L3CODE and L3DATA
    });
    if (!asked || has) return;
    findings.error(std::string("/linux/intelRdt/") + member,
                   std::string("this processor cannot allocate ") + resource,
                   "remove it; " + hardware.resctrl + "/info shows what there is");
  };
  require(!wanted.l3_cache_schema.empty(), "L3", "l3CacheSchema");
  require(!wanted.mem_bw_schema.empty(), "MB", "memBwSchema");
  require(wanted.enable_monitoring, "L3_MON", "enableMonitoring");
}

// --- kernel parameters ---

bool sets_parameters(const Subject& subject) {
  return !subject.linux_section().sysctl.empty();
}

// Those of interfaces are only there once the interface is, which may be made inside.
void parameters_exist(const Subject& subject, Findings& findings) {
  for (const auto& [key, value] : subject.linux_section().sysctl) {
    auto path = oci::sysctl_path(key);
    if (!path || exists("/proc/sys/" + *path)) continue;
    std::string pointer = oci::pointer("linux", "sysctl", key);
    std::string remedy = "load the module that brings it, or remove it";
    if (path->find("/conf/") != std::string::npos || path->find("/neigh/") != std::string::npos) {
      findings.warning(pointer, "there is no such parameter unless its interface is", remedy);
    } else {
      findings.error(pointer, "this kernel has no such parameter", remedy);
    }
  }
}

constexpr Requirement<Subject> kRequirements[] = {
    {"device", binds_devices, nodes_are_there},
    {"block-device", limits_block_devices, block_devices_are_there},
    {"rdma-device", limits_rdma, rdma_devices_are_there},
    {"huge-page", limits_huge_pages, page_sizes_exist},
    {"cpuset", pins, processors_exist},
    {"memory-policy", has_memory_policy, memory_policy_is_possible},
    {"net-device", moves_interfaces, interfaces_are_there},
    {"intel-rdt", has_intel_rdt, resctrl_offers_it},
    {"sysctl", sets_parameters, parameters_exist},
};

}  // namespace

Requirements<Subject> device_requirements() {
  return kRequirements;
}

}  // namespace tare::check
