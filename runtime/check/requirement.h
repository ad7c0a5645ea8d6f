// What a configuration, or tare itself, needs of a host. One row a requirement: its name, whether
// it applies, and a function that adds a finding for each thing that is missing, with what to do
// about it. To add one: a function and a row in the table of its topic, and its break in
// tests/unit/check_*_test.cc.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "oci/config.h"
#include "oci/violation.h"
#include "runtime/check/check.h"
#include "runtime/check/finding.h"
#include "runtime/check/host.h"
#include "runtime/container/create.h"

namespace tare::check {

template <typename T>
struct Requirement {
  std::string_view name;
  bool (*applies)(const T& subject);
  void (*probe)(const T& subject, Findings& findings);
};

template <typename T>
using Requirements = std::span<const Requirement<T>>;

// One bundle on one host.
struct Subject {
  const oci::Config& config;
  const std::string& bundle;  // absolute
  const CreateRequest& request;
  const Host& host;

  const oci::Linux& linux_section() const;
  // The entry of that type, nullptr: the container stays in ours.
  const oci::Namespace* find_namespace(std::string_view type) const;
  bool has(std::string_view type) const { return find_namespace(type) != nullptr; }
  // A user namespace of its own, whose maps we write.
  bool makes_user_namespace() const;
};

Requirements<Subject> file_requirements();       // root file system, program, hooks
Requirements<Subject> mount_requirements();      // mounts, terminal
Requirements<Subject> namespace_requirements();  // namespaces
Requirements<Subject> id_requirements();         // users and id maps
Requirements<Subject> cgroup_requirements();     // cgroup, limits
Requirements<Subject> process_requirements();    // limits and priorities of the process, labels
Requirements<Subject> seccomp_requirements();
Requirements<Subject> device_requirements();  // devices, interfaces, caches, kernel parameters

Requirements<Host> host_necessities();  // of every container: also part of a bundle's check
Requirements<Host> host_advice();       // what some containers will miss
Requirements<Host> host_slowness();     // what costs time

// Of `tare sandbox`: errors keep every one from being made, warnings what single options are for.
Requirements<Host> sandbox_requirements();

// Why an ordinary user cannot have a user namespace here; empty when he can.
Obstacle user_namespace_obstacle(const Host& host);

}  // namespace tare::check
