// The parts that make_plan (plan.cc) is composed of.
#pragma once

#include <initializer_list>
#include <map>
#include <string>
#include <vector>

#include "runtime/container/plan.h"
#include "runtime/process/seccomp.h"
#include "runtime/process/security_modules.h"

namespace tare {

// What the parts share while a plan is made.
struct PlanBuilder {
  const oci::Config& config;
  const PlanRequest& request;
  namespaces::NamespaceSet namespaces;
  namespaces::Sources sources = namespaces::Sources::Ours;
  int root_slot = -1;
  int pid_slot = -1;   // pid namespace to join
  int user_slot = -1;  // user namespace to join
  namespaces::MountsResult mounts;
  std::optional<process::SeccompFilter> filter;
  Plan plan;
  int label_slot = -1;         // procfs for labels
  bool groups_denied = false;  // setgroups(2), to whoever is in our user namespace or below it
  std::optional<process::SecurityModules> modules = std::nullopt;  // of the host, when asked for
  enum class Role { Init, Exec } role = Role::Init;
  oci::Strings env = {};                     // of the process, from plan_settings on
  std::map<std::string, int> prepared = {};  // see namespaces::MountsContext

  const oci::Linux& linux_section() const;
  const std::vector<oci::Mount>& mount_list() const { return config.mounts; }
  // How an error names a member of the configuration: of an exec it stands in no such file.
  std::string place(std::string_view pointer) const {
    return (role == Role::Init ? "config.json: " : "") + std::string(pointer);
  }
  bool user_namespace() const { return namespaces.has(namespaces::Kind::User); }
  act::Step& add(act::OpKind kind, std::string what) {
    return plan.steps.add(kind, std::move(what));
  }
};

// plan_namespaces.cc
void plan_user_namespace(PlanBuilder& builder);
void plan_join(PlanBuilder& builder);
void plan_join_pid_namespace(PlanBuilder& builder);
void plan_enter_pid_namespace(PlanBuilder& builder);
act::Step& close_slots(PlanBuilder& builder, std::initializer_list<int> kept);
// Of the user namespace we are in; the change of ids cuts the life line, which is tied again.
void become_root(PlanBuilder& builder);
// plan_rootfs.cc
void plan_root(PlanBuilder& builder);
void plan_filesystem(PlanBuilder& builder);
void plan_switch_root(PlanBuilder& builder);
void plan_restrictions(PlanBuilder& builder);
// plan_limits.cc
void plan_limits(PlanBuilder& builder, const oci::Process& process);
// plan_process.cc
void plan_terminal(PlanBuilder& builder);
void plan_take_terminal(PlanBuilder& builder);
void plan_settings(PlanBuilder& builder);
void plan_identity(PlanBuilder& builder);
void plan_gate_and_program(PlanBuilder& builder);
bool keeps_groups(const PlanBuilder& builder);  // the caller's supplementary ones
// plan_labels.cc
std::string mount_context(PlanBuilder& builder);  // linux.mountLabel as the kernel will show it
void plan_label_procfs(PlanBuilder& builder);
void plan_keyring_label(PlanBuilder& builder);
void plan_exec_labels(PlanBuilder& builder);
// plan_hooks.cc
void plan_create_hooks(PlanBuilder& builder);
struct StartHookSetting {
  const oci::Strings& env;  // for those that name none
  std::string filter;       // to be loaded in each; empty: none, or the process has it already
  uint64_t filter_flags = 0;
};
void plan_start_hooks(PlanBuilder& builder, const StartHookSetting& setting);
// plan_cgroup.cc
void plan_cgroup(PlanBuilder& builder);
void plan_resctrl(PlanBuilder& builder);

}  // namespace tare
