// What the container's first process does to itself, in the order of security.md 2.8: limits while
// they can still be set, the filter where its privilege allows, ids, capabilities, and after the
// gate nothing but the program.
#include <unistd.h>

#include <algorithm>
#include <set>

#include "oci/names.h"
#include "runtime/base/error.h"
#include "runtime/base/paths.h"
#include "runtime/base/strings.h"
#include "runtime/base/sys.h"
#include "runtime/container/plan_builder.h"
#include "runtime/process/capabilities.h"
#include "runtime/process/seccomp.h"

namespace tare {
namespace {

using act::OpKind;
using act::Step;

// Docker gives a group twice that the image and --group-add both name; the kernel would keep both.
std::vector<uint32_t> without_repetitions(const std::vector<uint32_t>& numbers) {
  std::vector<uint32_t> kept;
  for (uint32_t number : numbers) {
    if (std::find(kept.begin(), kept.end(), number) == kept.end()) kept.push_back(number);
  }
  return kept;
}

template <typename Number>
std::string as_bytes(const std::vector<Number>& numbers) {
  return {reinterpret_cast<const char*>(numbers.data()), numbers.size() * sizeof(Number)};
}

// The last entry of a name stays, at its own place (runc.md 4.6).
oci::Strings environment(const PlanBuilder& builder, const oci::Process& process) {
  oci::Strings kept;
  std::set<std::string_view, std::less<>> seen;
  for (auto it = process.env.rbegin(); it != process.env.rend(); ++it) {
    std::string_view name = std::string_view(*it).substr(0, it->find('='));
    if (!seen.insert(name).second) continue;
    // An empty HOME counts as none: it is looked up.
    if (*it != "HOME=") kept.push_back(*it);
  }
  std::reverse(kept.begin(), kept.end());
  if (builder.request.listen_fds > 0) {
    kept.push_back("LISTEN_FDS=" + std::to_string(builder.request.listen_fds));
    kept.push_back("LISTEN_PID=1");
  }
  return kept;
}

bool has_name(const oci::Strings& env, std::string_view name) {
  return std::any_of(env.begin(), env.end(), [&](const std::string& entry) {
    return entry.starts_with(name) && entry.size() > name.size() && entry[name.size()] == '=';
  });
}

// Directories of PATH; relative ones are no place to look for programs.
oci::Strings search_path(const oci::Strings& env) {
  for (const std::string& entry : env) {
    if (!entry.starts_with("PATH=")) continue;
    oci::Strings directories;
    for (std::string_view part : split(std::string_view(entry).substr(5), ':')) {
      if (part.starts_with('/')) directories.emplace_back(part);
    }
    return directories;
  }
  return {};
}

void plan_ids(PlanBuilder& builder, const oci::Process& process) {
  const oci::User& user = process.user;
  if (builder.plan.id_maps) {
    const auto& maps = *builder.plan.id_maps;
    if (!namespaces::to_host(maps.uids, user.uid)) {
      throw Error("cannot setuid to unmapped uid " + std::to_string(user.uid) +
                  " in user namespace");
    }
    if (!namespaces::to_host(maps.gids, user.gid)) {
      throw Error("cannot setgid to unmapped gid " + std::to_string(user.gid) +
                  " in user namespace");
    }
  }
  // setgroups(2) is denied where we could only map our own gid.
  bool denied = builder.groups_denied ||
                (builder.plan.id_maps &&
                 builder.plan.map_writer == namespaces::MapWriter::OurselvesWithoutGroups);
  if (denied && !user.additional_gids.empty()) {
    throw Error(builder.place("/process/user/additionalGids") +
                ": cannot set any additional groups in a rootless container");
  }
  Step& step = builder.add(OpKind::Identity, "user " + std::to_string(user.uid));
  step.number = user.uid;
  step.a = user.gid;
  step.data = as_bytes(without_repetitions(user.additional_gids));
  if (denied || keeps_groups(builder)) {
    step.flags = act::flag::kKeepGroups;
  } else if (builder.user_slot >= 0 && user.additional_gids.empty()) {
    step.flags = act::flag::kUnlessDenied;  // ours are gone, if we are privileged
  }
}

std::string bytes_of(const process::SeccompFilter& filter) {
  return {reinterpret_cast<const char*>(filter.program.data()), filter.program.size()};
}

// When a filter is loaded. Without no_new_privs that needs CAP_SYS_ADMIN, so before capabilities
// go; with it as late as can be, so that it need not allow what we do: last of all. But `start`
// knows no agent, so one that notifies has to be in place, and its listener sent, before we are
// ready.
enum class Loaded { WithPrivileges, BeforeReady, LastOfAll };

bool is_loaded(const PlanBuilder& builder, Loaded when) {
  if (!builder.filter) return false;
  if (!builder.config.process->no_new_privileges) return when == Loaded::WithPrivileges;
  return when == (builder.filter->notifies() ? Loaded::BeforeReady : Loaded::LastOfAll);
}

void plan_listener_helper(PlanBuilder& builder, Loaded when) {
  if (!is_loaded(builder, when) || !builder.filter->notifies()) return;
  builder.add(OpKind::ListenerHelper, "seccomp");
}

void plan_filter(PlanBuilder& builder, Loaded when) {
  if (!is_loaded(builder, when)) return;
  OpKind kind = builder.filter->notifies() ? OpKind::SeccompListener : OpKind::Seccomp;
  Step& step = builder.add(kind, "seccomp");
  step.number = builder.filter->flags;
  step.data = bytes_of(*builder.filter);
}

std::optional<process::SeccompFilter> compile_filter(PlanBuilder& builder) {
  if (builder.request.filter != nullptr) return *builder.request.filter;
  if (!builder.linux_section().seccomp) return std::nullopt;
  return process::compile_seccomp(*builder.linux_section().seccomp, builder.request.seccomp_cache);
}

// Without a capabilities object every set is empty: the safer reading of a silent specification.
void plan_capabilities(PlanBuilder& builder, const process::CapabilitySets& sets) {
  Step& step = builder.add(OpKind::Capabilities, "capabilities");
  step.a = sets.permitted;
  step.b = sets.effective;
  step.c = sets.inheritable;
  builder.add(OpKind::Ambient, "ambient capabilities").a = sets.ambient;
}

void working_directory(PlanBuilder& builder, const std::string& cwd, uint32_t attempt) {
  Step& step = builder.add(OpKind::WorkingDirectory, "chdir to cwd (" + quote(cwd) + ")");
  step.text = cwd;
  step.number = attempt;
}

void plan_gate(PlanBuilder& builder) {
  // Off before Ready: once the parent has its answer it ends, and must not take us with it. Its
  // death before that closes the channel, on which we then wait.
  builder.add(OpKind::DieWithParent, "life line").number = 0;
  close_slots(builder, {builder.plan.start_slot, builder.plan.start_hook_input});
  plan_listener_helper(builder, Loaded::BeforeReady);
  plan_filter(builder, Loaded::BeforeReady);
  builder.plan.gated =
      !builder.request.attended || builder.request.gated || !builder.plan.from_outside.empty();
  if (!builder.plan.gated) return;
  builder.add(OpKind::Sync, "ready").number = static_cast<uint32_t>(act::SyncPoint::Ready);
  if (builder.role == PlanBuilder::Role::Exec || builder.request.attended) return;
  builder.add(OpKind::AwaitStart, "start").fd = builder.plan.start_slot;
}

}  // namespace

bool keeps_groups(const PlanBuilder& builder) {
  auto asked = builder.config.annotations.find(oci::annotation::kKeepOriginalGroups);
  return asked != builder.config.annotations.end() &&
         oci::contains(oci::annotation::kYes, asked->second);
}

void plan_terminal(PlanBuilder& builder) {
  const auto& process = builder.config.process;
  if (!process) return;
  if (!process->terminal) {
    builder.add(OpKind::ReopenNull, "standard streams");
    return;
  }
  builder.plan.terminal = true;
  Step& step = builder.add(OpKind::Console, "console");
  step.number = process->user.uid;
  if (builder.role == PlanBuilder::Role::Exec) step.flags = act::flag::kUnbound;
  // Docker sends 0 by 0 for "none", which is what a new pty has.
  if (process->console_size) {
    step.a =
        (process->console_size->height & 0xffff) << 16 | (process->console_size->width & 0xffff);
  }
  // A later fork begins a session of its own, which then takes the terminal.
  if (builder.pid_slot < 0 && !builder.request.attended) plan_take_terminal(builder);
}

void plan_take_terminal(PlanBuilder& builder) {
  if (builder.plan.terminal) builder.add(OpKind::TakeTerminal, "controlling terminal");
}

// All that needs neither the filter nor other ids, and can be done before a pid namespace of others
// is joined.
void plan_settings(PlanBuilder& builder) {
  builder.plan.no_process = !builder.config.process;
  if (!builder.config.process) return;
  const oci::Process& process = *builder.config.process;
  builder.plan.oom_score_adj = process.oom_score_adj;
  if (builder.request.new_keyring) {
    plan_keyring_label(builder);
    Step& keyring = builder.add(OpKind::Keyring, "session keyring");
    keyring.text = "_ses." + builder.request.id;
    keyring.number = builder.user_namespace() ? 1 : 0;
  }
  if (!builder.request.attended) {
    builder.add(OpKind::StdioOwner, "standard streams").number = process.user.uid;
  }
  builder.env = environment(builder, process);
  if (!has_name(builder.env, "HOME")) {
    builder.add(OpKind::Home, "home directory").number = process.user.uid;
  }
  working_directory(builder, process.cwd, 0);
  plan_limits(builder, process);
  if (process.no_new_privileges) builder.add(OpKind::NoNewPrivileges, "no_new_privs");
  plan_exec_labels(builder);
  Step& descriptors = builder.add(OpKind::CloseOnExec, "descriptors");
  descriptors.number = static_cast<uint32_t>(3 + builder.request.preserve_fds);
  descriptors.data = as_bytes(builder.request.passed);
  if (builder.role == PlanBuilder::Role::Init) builder.filter = compile_filter(builder);
  plan_listener_helper(builder, Loaded::WithPrivileges);
}

void plan_identity(PlanBuilder& builder) {
  if (!builder.config.process) return;
  const oci::Process& process = *builder.config.process;
  plan_filter(builder, Loaded::WithPrivileges);
  process::CapabilitySets sets = process::capability_sets(
      process.capabilities.value_or(oci::Capabilities{}), builder.plan.warnings,
      builder.user_namespace() ? std::optional(process::new_user_namespace_limits())
                               : std::nullopt);
  builder.plan.capabilities = sets.permitted | sets.inheritable;
  builder.add(OpKind::BoundingSet, "bounding set").a = sets.bounding;
  plan_ids(builder, process);
  builder.add(OpKind::DieWithParent, "life line").number = 1;
  plan_capabilities(builder, sets);
  working_directory(builder, process.cwd, 1);
}

void plan_gate_and_program(PlanBuilder& builder) {
  if (!builder.config.process) {
    plan_gate(builder);
    builder.add(OpKind::Execute, "start without a process");
    return;
  }
  const oci::Process& process = *builder.config.process;
  builder.add(OpKind::Umask, "umask").number =
      process.user.umask.value_or(builder.request.caller_umask);
  Step& find = builder.add(OpKind::FindProgram, "exec: " + quote(process.args[0]));
  find.text = process.args[0];
  find.data = act::pack(search_path(builder.env));
  plan_gate(builder);
  StartHookSetting hooks{builder.env, {}, 0};
  if (is_loaded(builder, Loaded::LastOfAll)) {
    hooks.filter = bytes_of(*builder.filter);
    hooks.filter_flags = builder.filter->flags;
  }
  plan_start_hooks(builder, hooks);
  Step& execute = builder.add(OpKind::Execute, "exec " + quote(process.args[0]));
  execute.data = act::pack(process.args);
  execute.data2 = act::pack(builder.env);
  execute.text = std::move(hooks.filter);
  execute.a = hooks.filter_flags;
}

}  // namespace tare
