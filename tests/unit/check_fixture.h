// A host that has everything, a bundle that asks for little; tests take away and add.
#pragma once

#include <gmock/gmock.h>
#include <stdlib.h>
#include <unistd.h>

#include <string>
#include <vector>

#include "oci/names.h"
#include "runtime/base/sys.h"
#include "runtime/check/requirement.h"
#include "tests/unit/config_parts.h"

namespace tare::check {

inline Host good_host() {
  Host host;
  host.kernel.release = "6.1";
  for (const char* name : {"openat2", "idmappedMounts"}) {
    host.kernel.features.push_back({name, "5.6", true, 0});
  }
  host.kernel.filesystems = {"proc", "tmpfs", "sysfs", "mqueue", "devpts", "ext4", "cgroup2"};
  host.user.uid = 0;
  host.user.name = "root";
  host.user.capabilities = ~uint64_t{0};
  host.user.uids = host.user.gids = {{0, 4294967295}};
  host.user.subordinate_uids = host.user.subordinate_gids = {{100000, 65536}};
  host.user.newuidmap = host.user.newgidmap = Helper::Ready;
  for (std::string_view type : oci::kNamespaceTypes) {
    host.namespaces.attempts[std::string(type)] = 0;
  }
  host.namespaces.max_user = 1000;
  host.cgroups.mode = CgroupMode::Pure;
  host.cgroups.hierarchy = {"/sys/fs/cgroup", {"cpu", "cpuset", "io", "memory", "pids", "hugetlb"}};
  host.cgroups.place = "/sys/fs/cgroup";
  host.cgroups.may_make_there = true;
  host.cgroups.controllers_there = host.cgroups.hierarchy->controllers;
  host.cgroups.kill = true;
  host.security.apparmor = host.security.selinux = true;
  host.security.apparmor_profiles = {"known"};
  for (std::string_view name : oci::kSeccompActions)
    host.security.seccomp_actions.emplace_back(name);
  for (std::string_view name : oci::kSeccompFlags) host.security.seccomp_flags.emplace_back(name);
  host.security.seccomp_flags.emplace_back("SECCOMP_FILTER_FLAG_NEW_LISTENER");
  host.hardware.numa_nodes = {0};
  host.hardware.processors = {0, 1};
  host.hardware.numa = true;
  host.hardware.resctrl = "/sys/fs/resctrl";
  host.hardware.resctrl_resources = {"L3", "L3_MON", "MB"};
  host.hardware.huge_pages = {"2MB"};
  host.tuning.state_root = "/run/tare";
  host.tuning.state_filesystem = "tmpfs";
  host.tuning.jit = true;
  return host;
}

class CheckTest : public testing::Test {
 public:
  CheckTest() {
    char path[] = "/tmp/tare-check-XXXXXX";
    bundle = ::mkdtemp(path);
    sys::mkdirat(AT_FDCWD, bundle + "/rootfs", 0755);
    sys::mkdirat(AT_FDCWD, bundle + "/rootfs/bin", 0755);
    sys::replace_file_at(AT_FDCWD, bundle + "/rootfs/bin/prog", "#!", 0755);
    request.id = "check-test";
    request.manager = cgroups::Manager::Disabled;
    config.root = oci::Root{"rootfs"};
    config.process.emplace();
    config.process->cwd = "/";
    config.process->args = {"prog"};
    config.process->env = {"PATH=/bin:/usr/bin"};
    config.linux_.emplace();
    config.linux_->namespaces = {{"mount", ""}, {"pid", ""}};
  }
  ~CheckTest() override {
    for (const char* name : {"/rootfs/bin/prog", "/rootfs/bin/data"}) {
      ::unlink((bundle + name).c_str());
    }
    for (const char* name : {"/rootfs/bin", "/rootfs", ""}) ::rmdir((bundle + name).c_str());
  }

  static std::vector<Requirements<Subject>> tables() {
    return {file_requirements(),    mount_requirements(),  namespace_requirements(),
            id_requirements(),      cgroup_requirements(), process_requirements(),
            seccomp_requirements(), device_requirements()};
  }

  std::vector<Finding> found() {
    Findings findings;
    Subject subject{config, bundle, request, host};
    for (Requirements<Subject> table : tables()) run(table, subject, findings);
    return findings.all();
  }
  static std::vector<Finding> found_on(const Host& host) {
    Findings findings;
    for (Requirements<Host> table : {host_necessities(), host_advice(), host_slowness()}) {
      run(table, host, findings);
    }
    return findings.all();
  }
  template <typename T>
  static void run(Requirements<T> table, const T& subject, Findings& findings) {
    for (const Requirement<T>& requirement : table) {
      findings.begin(requirement.name);
      if (requirement.applies(subject)) requirement.probe(subject, findings);
    }
  }
  static std::string lines(const std::vector<Finding>& findings) {
    std::string text;
    for (const Finding& finding : findings) {
      text += finding.name + " " + finding.pointer + ": " + finding.what + " -> " + finding.remedy +
              "\n";
    }
    return text;
  }

  void user_namespace() {
    config.linux_->namespaces.push_back({"user", ""});
    config.linux_->uid_mappings = {{0, ::geteuid(), 1}};
    config.linux_->gid_mappings = {{0, ::getegid(), 1}};
  }
  void ordinary_user() {
    host.user.uid = host.user.gid = 1000;
    host.user.name = "tester";
    host.user.capabilities = 0;
  }

  std::string bundle;
  oci::Config config;
  CreateRequest request;
  Host host = good_host();
};

}  // namespace tare::check
