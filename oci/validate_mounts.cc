// Rules for mounts (runtime-spec config.md, "Mounts"). Destinations are judged by their clean
// lexical form; that symbolic links in the root file system cannot change what is judged here is
// the resolver's business. /proc is special: whoever can put a file system over a part of it can
// fake the files through which labels and parameters are set (CVE-2019-16884, CVE-2019-19921).
#include "oci/inline_mapping.h"
#include "oci/mount_options.h"
#include "oci/names.h"
#include "oci/rules.h"
#include "runtime/base/paths.h"
#include "runtime/base/strings.h"

namespace tare::oci {
namespace {

// Files of lxcfs and their like, which only inform programs in the container.
constexpr std::string_view kAllowedBelowProc[] = {"/proc/cpuinfo",
                                                  "/proc/diskstats",
                                                  "/proc/loadavg",
                                                  "/proc/meminfo",
                                                  "/proc/slabinfo",
                                                  "/proc/stat",
                                                  "/proc/swaps",
                                                  "/proc/uptime",
                                                  "/proc/sys/crypto/fips_enabled",
                                                  "/proc/sys/kernel/ns_last_pid"};

// What is wrong with a destination, empty: nothing.
std::string destination_fault(const std::string& destination) {
  if (destination.empty()) return "must not be empty";
  std::string clean = clean_absolute(destination);
  if (clean == "/") return quote(destination) + " is the root file system itself";
  if (clean == "/proc" || !is_within(clean, "/proc") || contains(kAllowedBelowProc, clean))
    return {};
  return quote(destination) + " cannot be mounted because it is inside /proc";
}

void check_destinations(const Config& config, Report& report) {
  for (size_t i = 0; i < config.mounts.size(); ++i) {
    std::string fault = destination_fault(config.mounts[i].destination);
    if (!fault.empty()) report.add(pointer("mounts", i, "destination"), std::move(fault));
  }
}

// Calls `check(mount, options, index)` for every mount.
template <typename Check>
void for_each_mount(const Config& config, Check check) {
  for (size_t i = 0; i < config.mounts.size(); ++i) {
    check(config.mounts[i], parse_mount_options(config.mounts[i].options), i);
  }
}

void check_proc(const Config& config, Report& report) {
  for_each_mount(config, [&](const Mount& mount, const MountOptions& options, size_t i) {
    if (clean_absolute(mount.destination) != "/proc" || options.bind) return;
    if (mount.type.value_or("") != "proc") {
      report.add(pointer("mounts", i, "type"),
                 "only proc, or a bind mount of one, can be mounted at /proc, got " +
                     quote(mount.type.value_or("")));
    }
  });
}

void check_type(const Config& config, Report& report) {
  for_each_mount(config, [&](const Mount& mount, const MountOptions& options, size_t i) {
    if (options.bind || options.remount) return;
    if (mount.type == "bind" || mount.type == "rbind") {
      report.add(pointer("mounts", i, "type"),
                 "a mount of type " + quote(*mount.type) + " needs the option bind or rbind");
    } else if (mount.type.value_or("").empty()) {
      report.add(pointer("mounts", i, "type"), "missing, and the mount is no bind mount");
    }
  });
}

bool is_label(const std::string& option) {
  for (std::string_view name : {"context=", "fscontext=", "defcontext=", "rootcontext="}) {
    if (option.starts_with(name)) return true;
  }
  return false;
}

void check_bind(const Config& config, Report& report) {
  for_each_mount(config, [&](const Mount& mount, const MountOptions& options, size_t i) {
    if (!options.bind) return;
    if (mount.source.value_or("").empty() && !options.remount) {
      report.add(pointer("mounts", i, "source"), "missing in a bind mount");
    }
    for (const std::string& option : options.data) {
      if (!is_label(option)) continue;
      report.add(pointer("mounts", i, "options"),
                 "a bind mount cannot have a label of its own: " + quote(option));
    }
  });
}

// runc refuses them, crun and mount(2) do not; they protect from nothing.
void check_bind_options(const Config& config, Report& report) {
  for_each_mount(config, [&](const Mount&, const MountOptions& options, size_t i) {
    if (!options.bind || options.data.empty()) return;
    report.add(
        pointer("mounts", i, "options"),
        "options of a file system do nothing in a bind mount: " + quote(join(options.data, ",")));
  });
}

bool has_mappings(const Mount& mount) {
  return !mount.uid_mappings.empty() || !mount.gid_mappings.empty();
}

// What is wrong with a mapping in the options, empty: nothing.
std::string inline_fault(const Config& config, const Mount& mount, const std::string& text) {
  if (has_mappings(mount)) return "an id mapping beside uidMappings and gidMappings";
  auto mapping = parse_inline_mapping(text);
  if (!mapping) {
    return "malformed id mapping " + quote(text) + ", expected uids=FILE-HOST-COUNT#...;gids=...";
  }
  bool relative = false;
  for (const auto* ranges : {&mapping->uids, &mapping->gids}) {
    for (const InlineRange& range : *ranges) relative = relative || range.relative;
  }
  if (!relative || (config.linux_ && !config.linux_->uid_mappings.empty())) return {};
  return "an id mapping relative to that of the container (@), which has none";
}

void check_inline_mappings(const Config& config, Report& report) {
  for_each_mount(config, [&](const Mount& mount, const MountOptions& options, size_t i) {
    if (!options.inline_mapping) return;
    std::string fault = inline_fault(config, mount, *options.inline_mapping);
    if (!fault.empty()) report.add(pointer("mounts", i, "options"), std::move(fault));
  });
}

void check_id_mappings(const Config& config, Report& report) {
  for (size_t i = 0; i < config.mounts.size(); ++i) {
    const Mount& mount = config.mounts[i];
    if (mount.uid_mappings.empty() != mount.gid_mappings.empty()) {
      report.add(pointer("mounts", i),
                 "id-mapped mounts must have both uid and gid mappings specified");
    }
    check_id_map(mount.uid_mappings, pointer("mounts", i, "uidMappings"), report);
    check_id_map(mount.gid_mappings, pointer("mounts", i, "gidMappings"), report);
  }
}

void check_mapping_is_known(const Config& config, Report& report) {
  if (find_namespace(config, "user") != nullptr) return;
  for_each_mount(config, [&](const Mount& mount, const MountOptions& options, size_t i) {
    if (!(options.idmap || options.ridmap) || has_mappings(mount) || options.inline_mapping) return;
    report.add(pointer("mounts", i, "options"),
               std::string(options.ridmap ? "ridmap" : "idmap") +
                   " needs uidMappings and gidMappings of the mount, or a user namespace");
  });
}

// The mapping of a mount is settled before anybody can see it, and for good (mount_setattr(2)).
void check_remount(const Config& config, Report& report) {
  for_each_mount(config, [&](const Mount& mount, const MountOptions& options, size_t i) {
    if (!options.remount || !(options.idmap || options.ridmap || has_mappings(mount))) return;
    report.add(pointer("mounts", i), "a remount cannot change the id mapping of a mount");
  });
}

constexpr Rule<Config> kRules[] = {
    {"mounts-4: destinations are below the root and outside /proc", check_destinations},
    {"mounts-7: only proc is mounted at /proc", check_proc},
    {"mounts-30: what is no bind mount has a file system type", check_type},
    {"mounts-5: bind mounts have a source and no data", check_bind},
    {"mounts-23: id mappings come in pairs and are id maps", check_id_mappings},
    {"mounts-21: idmap without a mapping needs a user namespace", check_mapping_is_known},
    {"mounts-12: id mappings in options are complete", check_inline_mappings},
    {"mounts-22: id mappings are not for remounts", check_remount},
};

constexpr Rule<Config> kDoubtful[] = {
    {"mounts-11: options that reach their file system", check_bind_options},
};

}  // namespace

Rules<Config> mount_rules() {
  return kRules;
}

Rules<Config> doubtful_mount_rules() {
  return kDoubtful;
}

}  // namespace tare::oci
