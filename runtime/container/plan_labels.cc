// Labels of security modules: the AppArmor profile and the SELinux context with which the program
// will be executed, and the context of its session keyring. They are written through a procfs of
// our own that is attached nowhere, so nothing can be mounted over it, and read back (proc_act.cc).
// What is asked for and cannot be had is an error that names the member: a container without its
// label would be a container without its confinement.
#include <fcntl.h>
#include <linux/mount.h>

#include "runtime/base/error.h"
#include "runtime/base/strings.h"
#include "runtime/base/sys.h"
#include "runtime/container/plan_builder.h"
#include "runtime/process/security_modules.h"

namespace tare {
namespace {

using act::OpKind;
using act::Step;
using namespaces::Kind;
using process::SecurityModules;

struct Label {
  std::string what;
  std::string attribute;  // below /proc/self/attr
  std::string value;      // what is written
  oci::Strings parts;     // what must be read
};

const SecurityModules& modules(PlanBuilder& builder) {
  if (!builder.modules) {
    builder.modules = builder.request.security_modules ? *builder.request.security_modules
                                                       : process::security_modules();
  }
  return *builder.modules;
}

std::string context(PlanBuilder& builder, std::string_view member, const std::string& label) {
  if (label.empty()) return label;
  std::string at = builder.place(member);
  if (!modules(builder).selinux) {
    throw Error(at + ": selinux label is specified in config, but selinux is disabled or not " +
                "supported");
  }
  Scope scope(at);
  return process::canonical_context(modules(builder), label);
}

std::string process_context(PlanBuilder& builder) {
  return context(builder, "/process/selinuxLabel", builder.config.process->selinux_label);
}

// Without AppArmor every process is unconfined.
bool wants_profile(PlanBuilder& builder) {
  const std::string& profile = builder.config.process->apparmor_profile;
  if (profile.empty()) return false;
  if (modules(builder).apparmor) return true;
  if (profile == "unconfined") return false;
  throw Error(builder.place("/process/apparmorProfile") + ": profile " + quote(profile) +
              " is asked for, but AppArmor is not enabled on this host");
}

// A process that is confined may, under no_new_privs, only add to what confines it.
Label profile_label(PlanBuilder& builder) {
  const oci::Process& process = *builder.config.process;
  const std::string& profile = process.apparmor_profile;
  bool stack = process.no_new_privileges && modules(builder).confined;
  return {builder.place("/process/apparmorProfile") + ": apparmor profile " + quote(profile),
          "apparmor/exec", (stack ? "stack " : "exec ") + profile, process::profile_parts(profile)};
}

Label context_label(const PlanBuilder& builder, const std::string& attribute,
                    const std::string& context) {
  return {builder.place("/process/selinuxLabel") + ": selinux label " + quote(context),
          attribute,
          context,
          {context}};
}

void make_procfs(PlanBuilder& builder) {
  if (builder.role == PlanBuilder::Role::Exec) {
    // That of the runtime: we leave its pid namespace last of all.
    builder.label_slot =
        builder.plan.steps.slot(sys::openat(AT_FDCWD, "/proc", O_PATH | O_DIRECTORY));
    return;
  }
  builder.label_slot = builder.plan.steps.empty_slot();
  // A user namespace may make a procfs of its own pid namespace only; that of the host, as the
  // runtime sees it, is as good: a write that meets another mount in it fails.
  bool foreign = builder.user_namespace() && !builder.namespaces.is_new(Kind::Pid);
  Step& step = builder.add(foreign ? OpKind::OpenTree : OpKind::NewMount, "procfs for labels");
  step.fd = builder.label_slot;
  step.text = foreign ? "/proc" : "proc";
  if (foreign) {
    step.flags = act::flag::kRecursive;
    return;
  }
  step.data = act::pack(oci::Strings{"subset=pid"});
  step.a = MOUNT_ATTR_NOSUID | MOUNT_ATTR_NODEV | MOUNT_ATTR_NOEXEC;
}

void write_label(PlanBuilder& builder, const Label& label) {
  if (builder.label_slot < 0) make_procfs(builder);
  Step& step = builder.add(OpKind::Label, label.what);
  step.fd = builder.label_slot;
  step.text = "self/attr/" + label.attribute;
  step.text2 = label.value;
  step.data = act::pack(label.parts);
}

}  // namespace

std::string mount_context(PlanBuilder& builder) {
  return context(builder, "/linux/mountLabel", builder.linux_section().mount_label);
}

void plan_label_procfs(PlanBuilder& builder) {
  if (!builder.config.process) return;
  if (wants_profile(builder) || !process_context(builder).empty()) make_procfs(builder);
}

void plan_keyring_label(PlanBuilder& builder) {
  std::string label = process_context(builder);
  if (!label.empty()) write_label(builder, context_label(builder, "keycreate", label));
}

void plan_exec_labels(PlanBuilder& builder) {
  if (wants_profile(builder)) write_label(builder, profile_label(builder));
  std::string label = process_context(builder);
  if (!label.empty()) write_label(builder, context_label(builder, "exec", label));
}

}  // namespace tare
