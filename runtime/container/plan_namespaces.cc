// New namespaces are made by the clone3 that makes the child, so that the child is born in them,
// with three exceptions: when a user namespace is joined the others must belong to it, so they are
// made after joining; a cgroup namespace has its root where its maker is, so it is made after birth
// in the cgroup; a time namespace needs its offsets before anybody is in it.
#include <linux/capability.h>
#include <linux/sched.h>
#include <unistd.h>

#include "runtime/base/error.h"
#include "runtime/container/plan_builder.h"
#include "runtime/process/capabilities.h"

namespace tare {
namespace {

using act::OpKind;
using act::Step;
using namespaces::Kind;

void join(PlanBuilder& builder, const namespaces::NamespaceSet::Joined& target, int slot) {
  Step& step = builder.add(OpKind::Join, std::string("join ") + namespaces::kind_name(target.kind) +
                                             " namespace " + target.path);
  step.fd = slot;
  step.number = static_cast<uint32_t>(namespaces::clone_flag(target.kind));
  step.text = target.path;
}

void unshare(PlanBuilder& builder, int flags) {
  if (flags == 0) return;
  Step& step = builder.add(OpKind::Unshare, "new namespaces");
  step.number = static_cast<uint32_t>(flags);
}

void join_user_namespace(PlanBuilder& builder, namespaces::NamespaceSet::Joined& user) {
  builder.user_slot = builder.plan.steps.slot(std::move(user.fd));
  // The caller's groups go now: setgroups(2) may be denied there.
  bool drops_groups = ::geteuid() == 0 && !keeps_groups(builder) && !builder.groups_denied;
  if (drops_groups) builder.add(OpKind::BecomeRoot, "let go of the caller's groups");
  join(builder, user, builder.user_slot);
  become_root(builder);
  int after = builder.namespaces.new_flags() & ~(CLONE_NEWUSER | CLONE_NEWCGROUP | CLONE_NEWTIME);
  unshare(builder, after);
  if ((after & CLONE_NEWPID) != 0) {
    builder.add(OpKind::Fork, "enter the pid namespace");
    builder.add(OpKind::Session, "new session");
    builder.plan.forks = true;
  }
}

// The child has no rights over it in the user namespace that it will be in by then, but we have.
// Who has none either lets the child say so.
bool is_out_of_reach(const PlanBuilder& builder, const namespaces::NamespaceSet::Joined& target) {
  bool simple = target.kind == Kind::Network || target.kind == Kind::Ipc ||
                target.kind == Kind::Uts || target.kind == Kind::Cgroup;
  if (!simple || !target.fd || !builder.user_namespace()) return false;
  if (!process::has_capability(CAP_SYS_ADMIN)) return false;
  if (builder.user_slot < 0) return true;
  const Fd& user = builder.plan.steps.fds()[static_cast<size_t>(builder.user_slot)];
  return !namespaces::is_owned_by(target.fd, user);
}

// The cgroup namespace, because its root is where we are by then. A new network takes longer than
// the other namespaces together, and who attends to many programs has others to make meanwhile.
int unshared(const PlanBuilder& builder) {
  bool late_network = builder.request.attended && !builder.request.network_at_birth;
  return CLONE_NEWCGROUP | (late_network ? CLONE_NEWNET : 0);
}

void plan_time_namespace(PlanBuilder& builder) {
  unshare(builder, CLONE_NEWTIME);
  for (const auto& [clock, offset] : builder.linux_section().time_offsets) {
    builder.plan.time_offsets +=
        clock + " " + std::to_string(offset.secs) + " " + std::to_string(offset.nanosecs) + "\n";
  }
  if (!builder.plan.time_offsets.empty()) {
    Step& sync = builder.add(OpKind::Sync, "time offsets");
    sync.number = static_cast<uint32_t>(act::SyncPoint::TimeOffsets);
  }
  builder.add(OpKind::EnterTime, "enter the time namespace");
}

// Before any hook: those of createRuntime find the container's network complete.
void plan_net_devices(PlanBuilder& builder) {
  builder.plan.net_devices = namespaces::find_net_devices(builder.linux_section().net_devices);
  if (builder.plan.net_devices.empty()) return;
  Step& sync = builder.add(OpKind::Sync, "network devices");
  sync.number = static_cast<uint32_t>(act::SyncPoint::NetworkDevices);
}

void plan_names(PlanBuilder& builder) {
  if (!builder.config.hostname.empty()) {
    builder.add(OpKind::Hostname, "hostname").text = builder.config.hostname;
  }
  if (!builder.config.domainname.empty()) {
    builder.add(OpKind::Domainname, "domainname").text = builder.config.domainname;
  }
}

}  // namespace

Step& close_slots(PlanBuilder& builder, std::initializer_list<int> kept) {
  Step& step = builder.add(OpKind::CloseSlots, "let go of the host");
  for (int slot : kept) {
    auto number = static_cast<int32_t>(slot);
    step.data.append(reinterpret_cast<const char*>(&number), sizeof number);
  }
  return step;
}

void become_root(PlanBuilder& builder) {
  builder.add(OpKind::BecomeRoot, "become root of the user namespace").flags =
      act::flag::kKeepGroups;
  builder.add(OpKind::DieWithParent, "life line").number = 1;
}

void plan_user_namespace(PlanBuilder& builder) {
  Plan& plan = builder.plan;
  const namespaces::NamespaceSet& set = builder.namespaces;
  bool joined_user = set.is_joined(Kind::User);
  int late = CLONE_NEWTIME | unshared(builder);
  plan.clone_flags = static_cast<uint64_t>(joined_user ? 0 : set.new_flags() & ~late);
  plan.private_pid_namespace = set.is_new(Kind::Pid);
  builder.groups_denied = namespaces::denies_groups();
  if (!set.is_new(Kind::User)) {
    if (::geteuid() != 0 && !joined_user) {
      throw Error("rootless container requires user namespaces")
          .with_hint("add a user namespace with mappings to the configuration, see tare-spec(8)");
    }
    return;
  }
  plan.id_maps = {builder.linux_section().uid_mappings, builder.linux_section().gid_mappings};
  plan.map_writer = namespaces::map_writer(*plan.id_maps);
  builder.add(OpKind::AwaitMaps, "id maps");
  if (!builder.request.keeps_ids) become_root(builder);
}

void plan_join(PlanBuilder& builder) {
  namespaces::NamespaceSet& set = builder.namespaces;
  for (auto& target : set.all_joined()) {
    if (target.kind == Kind::User) join_user_namespace(builder, target);
  }
  for (auto& target : set.all_joined()) {
    if (target.kind == Kind::User) continue;
    if (is_out_of_reach(builder, target)) {
      builder.plan.born_in.push_back(
          {std::move(target.fd), namespaces::clone_flag(target.kind), target.path});
      continue;
    }
    int slot = builder.plan.steps.slot(std::move(target.fd));
    if (target.kind == Kind::Pid) {
      builder.pid_slot = slot;  // last of all, see plan_join_pid_namespace
    } else {
      join(builder, target, slot);
    }
  }
  unshare(builder, unshared(builder) & set.new_flags());
  if (set.is_new(Kind::Time)) plan_time_namespace(builder);
  if (set.is_new(Kind::Network)) builder.add(OpKind::LoopbackUp, "loopback interface");
  plan_net_devices(builder);
  plan_names(builder);
}

// Joining takes privileges but holds for children only: we are not seen there before the fork.
void plan_join_pid_namespace(PlanBuilder& builder) {
  if (builder.pid_slot < 0) return;
  close_slots(builder, {builder.pid_slot, builder.plan.start_slot, builder.plan.start_hook_input})
      .flags = act::flag::kKeepRoot;
  join(builder, *builder.namespaces.joined(Kind::Pid), builder.pid_slot);
  close_slots(builder, {builder.plan.start_slot, builder.plan.start_hook_input}).flags =
      act::flag::kKeepRoot;
}

namespace {

// Signals that a program does not handle pass an init by, so it is not to be one. By now there is
// no more to take over in the one that stays than the program has itself.
void plan_reaper(PlanBuilder& builder) {
  builder.add(OpKind::Reaper, "the program's process").fd = builder.plan.status_slot;
  builder.add(OpKind::Session, "new session");
  plan_take_terminal(builder);
  builder.plan.forks = true;
}

}  // namespace

// A neighbour with CAP_SYS_PTRACE may take over whoever comes in: by now that has no more than the
// capabilities of the container's program.
void plan_enter_pid_namespace(PlanBuilder& builder) {
  if (builder.request.attended) return plan_reaper(builder);
  if (builder.pid_slot < 0) return;
  builder.add(OpKind::Fork, "enter the pid namespace");
  builder.add(OpKind::Session, "new session");
  plan_take_terminal(builder);
  builder.plan.forks = true;
}

}  // namespace tare
