#include "oci/spec_template.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "oci/reader.h"
#include "oci/validate.h"

namespace tare::oci {
namespace {

std::string faults(const Config& config) {
  std::vector<Violation> violations;
  validate(config, violations);
  return describe("config.json", violations);
}

Strings namespaces(const Config& config) {
  Strings types;
  for (const Namespace& ns : config.linux_->namespaces) types.push_back(ns.type);
  return types;
}

TEST(SpecTemplate, IsValidAndReadsBackAsItself) {
  for (const Config& config : {spec_template(), rootless_spec_template(1000, 100)}) {
    EXPECT_EQ(faults(config), "");
    std::vector<Violation> violations;
    std::string text = write_config(config);
    EXPECT_EQ(write_config(read_config(text, violations)), text);
    EXPECT_TRUE(violations.empty());
  }
}

TEST(SpecTemplate, Rootful) {
  Config config = spec_template();
  EXPECT_EQ(config.hostname, "tare");
  EXPECT_TRUE(config.root->readonly);
  EXPECT_EQ(config.process->args, Strings{"sh"});
  EXPECT_TRUE(config.process->no_new_privileges);
  EXPECT_TRUE(config.process->terminal);
  EXPECT_EQ(config.process->capabilities->bounding,
            (Strings{"CAP_AUDIT_WRITE", "CAP_KILL", "CAP_NET_BIND_SERVICE"}));
  EXPECT_EQ(namespaces(config), (Strings{"pid", "network", "ipc", "uts", "mount", "cgroup"}));
  EXPECT_EQ(config.mounts.size(), 7u);
  ASSERT_EQ(config.linux_->resources->devices.size(), 1u);
  EXPECT_EQ(config.linux_->resources->devices[0].allow, false);
  EXPECT_EQ(config.linux_->resources->devices[0].access, "rwm");
}

// CVE-2015-3630, CVE-2017-16539, CVE-2018-10892 and their kind.
TEST(SpecTemplate, MasksWhatDockerMasks) {
  Config config = spec_template();
  const Strings& masked = config.linux_->masked_paths;
  for (const char* path :
       {"/proc/acpi", "/proc/asound", "/proc/interrupts", "/proc/kcore", "/proc/keys",
        "/proc/latency_stats", "/proc/sched_debug", "/proc/scsi", "/proc/timer_list",
        "/proc/timer_stats", "/sys/devices/virtual/powercap", "/sys/firmware"}) {
    EXPECT_TRUE(std::count(masked.begin(), masked.end(), path)) << path;
  }
  EXPECT_EQ(config.linux_->readonly_paths,
            (Strings{"/proc/bus", "/proc/fs", "/proc/irq", "/proc/sys", "/proc/sysrq-trigger"}));
}

TEST(SpecTemplate, Rootless) {
  Config config = rootless_spec_template(1000, 100);
  EXPECT_EQ(namespaces(config), (Strings{"pid", "ipc", "uts", "mount", "cgroup", "user"}));
  ASSERT_EQ(config.linux_->uid_mappings.size(), 1u);
  EXPECT_EQ(config.linux_->uid_mappings[0].host_id, 1000u);
  EXPECT_EQ(config.linux_->uid_mappings[0].size, 1u);
  EXPECT_EQ(config.linux_->gid_mappings[0].host_id, 100u);
  EXPECT_FALSE(config.linux_->resources);
  for (const Mount& mount : config.mounts) {
    for (const std::string& option : mount.options) {
      EXPECT_FALSE(option.starts_with("gid=") || option.starts_with("uid=")) << mount.destination;
    }
    if (mount.destination == "/sys") {
      EXPECT_EQ(mount.type, "none");
      EXPECT_EQ(mount.source, "/sys");
      EXPECT_EQ(mount.options, (Strings{"rbind", "nosuid", "noexec", "nodev", "ro"}));
    }
  }
}

}  // namespace
}  // namespace tare::oci
