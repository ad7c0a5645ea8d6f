// The starting point that `spec` writes: runc's, under our name, with Docker's current list of
// masked paths instead of runc's shorter one, and always a cgroup namespace, since only cgroup v2
// is ours.
#include "oci/spec_template.h"

#include <fcntl.h>
#include <unistd.h>

#include "oci/features.h"
#include "runtime/base/sys.h"

namespace tare::oci {
namespace {

Mount mount(const char* destination, const char* type, const char* source, Strings options) {
  return {
      .destination = destination, .source = source, .type = type, .options = std::move(options)};
}

std::vector<Mount> default_mounts() {
  return {
      mount("/proc", "proc", "proc", {}),
      mount("/dev", "tmpfs", "tmpfs", {"nosuid", "strictatime", "mode=755", "size=65536k"}),
      mount("/dev/pts", "devpts", "devpts",
            {"nosuid", "noexec", "newinstance", "ptmxmode=0666", "mode=0620", "gid=5"}),
      mount("/dev/shm", "tmpfs", "shm", {"nosuid", "noexec", "nodev", "mode=1777", "size=65536k"}),
      mount("/dev/mqueue", "mqueue", "mqueue", {"nosuid", "noexec", "nodev"}),
      mount("/sys", "sysfs", "sysfs", {"nosuid", "noexec", "nodev", "ro"}),
      mount("/sys/fs/cgroup", "cgroup", "cgroup", {"nosuid", "noexec", "nodev", "relatime", "ro"}),
  };
}

// Throttle counters betray what neighbours do; there is a directory for each processor that has
// them.
void mask_thermal_throttle(Strings& masked) {
  long processors = sysconf(_SC_NPROCESSORS_CONF);
  for (long i = 0; i < processors; ++i) {
    std::string path = "/sys/devices/system/cpu/cpu" + std::to_string(i) + "/thermal_throttle";
    if (sys::try_fstatat(AT_FDCWD, path)) masked.push_back(std::move(path));
  }
}

Strings masked_paths() {
  Strings masked = {"/proc/acpi",
                    "/proc/asound",
                    "/proc/interrupts",
                    "/proc/kcore",
                    "/proc/keys",
                    "/proc/latency_stats",
                    "/proc/sched_debug",
                    "/proc/scsi",
                    "/proc/timer_list",
                    "/proc/timer_stats",
                    "/sys/devices/virtual/powercap",
                    "/sys/firmware"};
  mask_thermal_throttle(masked);
  return masked;
}

Process default_process() {
  const Strings kept = {"CAP_AUDIT_WRITE", "CAP_KILL", "CAP_NET_BIND_SERVICE"};
  Process process;
  process.terminal = true;
  process.cwd = "/";
  process.env = {"PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", "TERM=xterm"};
  process.args = {"sh"};
  process.rlimits = {{.type = "RLIMIT_NOFILE", .soft = 1024, .hard = 1024}};
  process.capabilities = Capabilities{.bounding = kept, .effective = kept, .permitted = kept};
  process.no_new_privileges = true;
  return process;
}

Linux default_linux() {
  Linux section;
  for (const char* type : {"pid", "network", "ipc", "uts", "mount", "cgroup"}) {
    section.namespaces.push_back({.type = type});
  }
  section.resources = Resources{.devices = {{.allow = false, .access = "rwm"}}};
  section.masked_paths = masked_paths();
  section.readonly_paths = {"/proc/bus", "/proc/fs", "/proc/irq", "/proc/sys",
                            "/proc/sysrq-trigger"};
  return section;
}

}  // namespace

Config spec_template() {
  Config config;
  config.oci_version = kSpecVersionMax;
  config.root = Root{.path = "rootfs", .readonly = true};
  config.mounts = default_mounts();
  config.process = default_process();
  config.hostname = "tare";
  config.linux_ = default_linux();
  return config;
}

Config rootless_spec_template(uid_t uid, gid_t gid) {
  Config config = spec_template();
  Linux& section = *config.linux_;
  std::erase_if(section.namespaces, [](const Namespace& ns) { return ns.type == "network"; });
  section.namespaces.push_back({.type = "user"});
  section.uid_mappings = {{.container_id = 0, .host_id = uid, .size = 1}};
  section.gid_mappings = {{.container_id = 0, .host_id = gid, .size = 1}};
  section.resources.reset();
  for (Mount& entry : config.mounts) {
    // A sysfs of one's own needs a network namespace of one's own.
    if (entry.destination == "/sys") {
      entry = mount("/sys", "none", "/sys", {"rbind", "nosuid", "noexec", "nodev", "ro"});
    }
    // Ids other than the one that is mapped do not exist in there.
    std::erase_if(entry.options, [](const std::string& option) {
      return option.starts_with("uid=") || option.starts_with("gid=");
    });
  }
  return config;
}

}  // namespace tare::oci
