// Rules for namespaces and for what only makes sense inside one: id maps, clock offsets, kernel
// parameters, masked paths (runtime-spec config-linux.md). A namespace joined by path counts as the
// container's own here; whether it is the host's after all is seen when it is opened.
#include <utility>

#include "oci/names.h"
#include "oci/rules.h"
#include "oci/sysctl.h"
#include "runtime/base/strings.h"

namespace tare::oci {
namespace {

constexpr size_t kMaxIdMappings = 340;    // UID_GID_MAP_MAX_EXTENTS
constexpr size_t kMaxSysctlValue = 4096;  // proc_dostring and friends take a page at most
constexpr uint32_t kNanosecondsPerSecond = 1'000'000'000;

const Linux& linux_of(const Config& config) {
  static const Linux kNone;
  return config.linux_ ? *config.linux_ : kNone;
}

void check_types(const Config& config, Report& report) {
  bool seen[std::size(kNamespaceTypes)] = {};
  const std::vector<Namespace>& list = linux_of(config).namespaces;
  for (size_t i = 0; i < list.size(); ++i) {
    auto found = std::find(std::begin(kNamespaceTypes), std::end(kNamespaceTypes), list[i].type);
    if (found == std::end(kNamespaceTypes)) {
      report.add(pointer("linux", "namespaces", i, "type"),
                 "namespace " + quote(list[i].type) + " does not exist");
    } else if (std::exchange(seen[found - std::begin(kNamespaceTypes)], true)) {
      report.add(pointer("linux", "namespaces", i, "type"),
                 "duplicated namespace " + quote(list[i].type));
    }
  }
}

void check_paths(const Config& config, Report& report) {
  const std::vector<Namespace>& list = linux_of(config).namespaces;
  for (size_t i = 0; i < list.size(); ++i) {
    if (list[i].path.empty() || list[i].path[0] == '/') continue;
    report.add(pointer("linux", "namespaces", i, "path"), quote(list[i].path) + " is not absolute");
  }
}

void check_user_namespace(const Config& config, Report& report) {
  const Linux& section = linux_of(config);
  const Namespace* user = find_namespace(config, "user");
  bool uids = !section.uid_mappings.empty();
  bool gids = !section.gid_mappings.empty();
  if (user == nullptr) {
    if (!uids && !gids) return;
    report.add(uids ? "/linux/uidMappings" : "/linux/gidMappings",
               "user namespace mappings specified, but user namespace isn't enabled in the config");
  } else if (!user->path.empty()) {
    if (!uids && !gids) return;
    report.add(uids ? "/linux/uidMappings" : "/linux/gidMappings",
               "user namespaces enabled, but both namespace path and mapping specified - you may "
               "only provide one");
  } else if (!uids && !gids) {
    report.add("/linux/namespaces",
               "user namespaces enabled, but no namespace path to join nor mappings to apply "
               "specified");
  } else if (!uids || !gids) {
    report.add(uids ? "/linux/gidMappings" : "/linux/uidMappings",
               "missing: a user namespace needs both uidMappings and gidMappings");
  }
}

bool overlap(uint64_t a, uint64_t b, uint64_t a_size, uint64_t b_size) {
  return a < b + b_size && b < a + a_size;
}

void check_id_maps(const Config& config, Report& report) {
  check_id_map(linux_of(config).uid_mappings, "/linux/uidMappings", report);
  check_id_map(linux_of(config).gid_mappings, "/linux/gidMappings", report);
}

void check_clocks(const Config& config, Report& report) {
  for (const auto& [name, offset] : linux_of(config).time_offsets) {
    if (name != "monotonic" && name != "boottime") {
      report.add(pointer("linux", "timeOffsets", name), "unknown clock " + quote(name));
    }
    if (offset.nanosecs >= kNanosecondsPerSecond) {
      report.add(pointer("linux", "timeOffsets", name, "nanosecs"), "must be less than 1000000000");
    }
  }
}

void check_time_namespace(const Config& config, Report& report) {
  if (linux_of(config).time_offsets.empty()) return;
  const Namespace* time = find_namespace(config, "time");
  if (time == nullptr) {
    report.add("/linux/timeOffsets",
               "time namespace offsets specified, but time namespace isn't enabled in the config");
  } else if (!time->path.empty()) {
    report.add("/linux/timeOffsets",
               "time namespace enabled, but both namespace path and time offsets specified - you "
               "may only provide one");
  }
}

// What is wrong with setting `name` in the container, empty: nothing.
std::string sysctl_fault(const Config& config, const std::string& name) {
  std::optional<std::string> path = sysctl_path(name);
  if (!path) return "malformed name";
  std::string subject = "sysctl " + quote(name);
  if (*path == "kernel/hostname") {
    return subject + " is not allowed as it conflicts with the OCI \"hostname\" field";
  }
  std::string_view type = sysctl_namespace(*path);
  if (type.empty()) return subject + " is not in a separate kernel namespace";
  if (find_namespace(config, type) != nullptr) return {};
  if (type == "ipc") return subject + " is not allowed in the hosts ipc namespace";
  if (type == "network") return subject + " not allowed in host network namespace";
  if (type == "uts") return subject + " is not allowed in the hosts UTS namespace";
  return "setting ucounts without a user namespace not allowed: " + quote(name);
}

void check_sysctl_names(const Config& config, Report& report) {
  for (const auto& [name, value] : linux_of(config).sysctl) {
    if (std::string fault = sysctl_fault(config, name); !fault.empty()) {
      report.add(pointer("linux", "sysctl", name), std::move(fault));
    }
  }
}

void check_sysctl_values(const Config& config, Report& report) {
  for (const auto& [name, value] : linux_of(config).sysctl) {
    if (value.size() > kMaxSysctlValue) {
      report.add(pointer("linux", "sysctl", name), "value longer than 4096 bytes");
    }
    if (value.find('\n') != std::string::npos) {
      report.add(pointer("linux", "sysctl", name), "value of more than one line");
    }
  }
}

void check_restricted_paths(const Config& config, Report& report) {
  auto check = [&](const Strings& paths, std::string_view name) {
    for (size_t i = 0; i < paths.size(); ++i) {
      if (paths[i].starts_with('/')) continue;
      report.add(pointer("linux", name, i), quote(paths[i]) + " is not absolute");
    }
  };
  check(linux_of(config).masked_paths, "maskedPaths");
  check(linux_of(config).readonly_paths, "readonlyPaths");
}

void check_mount_namespace(const Config& config, Report& report) {
  if (find_namespace(config, "mount") != nullptr) return;
  const Linux& section = linux_of(config);
  constexpr const char* kText = "unable to restrict sys entries without a private MNT namespace";
  if (!section.masked_paths.empty()) report.add("/linux/maskedPaths", kText);
  if (!section.readonly_paths.empty()) report.add("/linux/readonlyPaths", kText);
}

void check_network_namespace(const Config& config, Report& report) {
  if (linux_of(config).net_devices.empty() || find_namespace(config, "network") != nullptr) return;
  report.add("/linux/netDevices", "unable to move network devices without a NET namespace");
}

constexpr Rule<Config> kRules[] = {
    {"ns-7, ns-8: known namespaces, once each", check_types},
    {"ns-2: namespace paths are absolute", check_paths},
    {"idmap-4: mappings and a new user namespace go together", check_user_namespace},
    {"idmap-3, idmap-5: mappings are what the kernel takes", check_id_maps},
    {"time-2, time-4: known clocks, valid nanoseconds", check_clocks},
    {"time-3: offsets need a new time namespace", check_time_namespace},
    {"sysctl-2: only parameters of the container's namespaces", check_sysctl_names},
    {"sysctl-1: values are one line", check_sysctl_values},
    {"mask-2, ro-2: restricted paths are absolute", check_restricted_paths},
    {"mask-4: restricted paths need a mount namespace", check_mount_namespace},
    {"netdev-10: network devices need a network namespace", check_network_namespace},
};

}  // namespace

void check_id_map(const std::vector<IdMapping>& map, std::string_view at, Report& report) {
  if (map.size() > kMaxIdMappings) {
    return report.add(at, "more than 340 lines, the kernel's limit");
  }
  for (size_t i = 0; i < map.size(); ++i) {
    std::string line = std::string(at) + pointer(i);
    const IdMapping& entry = map[i];
    if (entry.size == 0) report.add(line + "/size", "must not be 0");
    if (uint64_t{entry.container_id} + entry.size > kNoId ||
        uint64_t{entry.host_id} + entry.size > kNoId) {
      report.add(line, "reaches beyond the last id, 4294967294");
    }
    for (size_t j = 0; j < i; ++j) {
      if (overlap(entry.container_id, map[j].container_id, entry.size, map[j].size) ||
          overlap(entry.host_id, map[j].host_id, entry.size, map[j].size)) {
        report.add(line, "overlaps with entry " + std::to_string(j));
        break;
      }
    }
  }
}

Rules<Config> namespace_rules() {
  return kRules;
}

}  // namespace tare::oci
