// Parent side of `create`; init's side is the plan (plan.cc) executed by runtime/init.
//
// clang-format off
//   parent (this file)                       child
//     lock, reserve the id, write intent
//     plan; make and open the cgroup; lock mounts for a user namespace
//     clone3(namespaces | INTO_CGROUP) ────→ dies with the parent; signals as new
//     systemd makes its unit, if asked for   waits
//                                            execveat(sealed tare-init)
//     id maps ─────────────────────────────→ root of its user namespace
//     limits                                 join, mounts, devices
//     network devices                ←─────→ Sync(NetworkDevices), where there are any
//     prestart, createRuntime hooks  ←─────→ Sync(RuntimeHooks); createContainer hooks, pivot_root
//     listener to the seccomp agent  ←────── filter, ids, program found
//     device program
//     record `created`, pid file     ←─────→ Sync(Ready)
//     return                                 waits on the start socket
// clang-format on
//
// Every object made here undoes itself unless kept; the last lines of create() keep them all.
#include "runtime/container/create.h"

#include <fcntl.h>
#include <unistd.h>

#include <optional>

#include "cgroups/entrance.h"
#include "namespaces/spawn.h"
#include "namespaces/tree_locks.h"
#include "runtime/base/clock.h"
#include "runtime/base/error.h"
#include "runtime/base/log.h"
#include "runtime/base/sys.h"
#include "runtime/base/user_namespace.h"
#include "runtime/container/birth.h"
#include "runtime/container/bundle.h"
#include "runtime/container/channel.h"
#include "runtime/container/console.h"
#include "runtime/container/conversation.h"
#include "runtime/container/delete.h"
#include "runtime/container/exec_basis.h"
#include "runtime/container/inherited.h"
#include "runtime/container/notify.h"
#include "runtime/container/pid_file.h"
#include "runtime/container/plan.h"
#include "runtime/container/store.h"

namespace tare {
namespace {

PlanRequest plan_request(const CreateRequest& request, const InheritedFds& inherited,
                         const std::string& bundle) {
  PlanRequest wanted;
  wanted.id = request.id;
  wanted.bundle = bundle;
  wanted.root_switch = request.no_pivot ? RootSwitch::Move : RootSwitch::Pivot;
  wanted.new_keyring = !request.no_new_keyring;
  wanted.preserve_fds = inherited.count();
  wanted.listen_fds = inherited.listen_fds();
  wanted.caller_umask = caller_umask();
  wanted.manager = request.manager;
  wanted.tolerate_no_cgroup = request.rootless == CreateRequest::Rootless::True ||
                              (request.rootless == CreateRequest::Rootless::Auto && is_rootless());
  return wanted;
}

ResctrlRecord resctrl_intent(const cgroups::ResctrlPlan& plan) {
  ResctrlRecord record;
  record.group = plan.group;
  record.created = !cgroups::exists(plan.group);
  record.named = plan.named;
  // One that is there is somebody else's, and refused.
  if (!cgroups::exists(plan.monitoring)) record.monitoring = plan.monitoring;
  return record;
}

ContainerRecord intent(const CreateRequest& request, const Plan& plan, const std::string& bundle,
                       const oci::Config& config) {
  ContainerRecord record;
  record.id = request.id;
  record.creator = identify(::getpid());
  record.bundle = bundle;
  record.config_file = request.config_file;
  record.rootfs = plan.rootfs;
  record.created = now_rfc3339_nanoseconds();
  record.pid_file = request.pid_file;
  record.annotations = config.annotations;
  record.cgroup.manager = plan.cgroup.manager;
  record.cgroup.path = plan.cgroup.path;
  record.cgroup.unit = plan.cgroup.unit;
  if (!plan.cgroup.path.empty()) {
    record.cgroup.created = !cgroups::exists(plan.cgroup.path);
    // Slices are systemd's, made or not.
    if (!plan.cgroup.unit) record.cgroup.created_parents = cgroups::missing_parents(plan.cgroup);
    record.cgroup.memory_and_swap = plan.cgroup.memory_and_swap;
  }
  if (plan.resctrl) record.resctrl = resctrl_intent(*plan.resctrl);
  record.private_pid_namespace = plan.private_pid_namespace;
  record.no_process = plan.no_process;
  record.host_mount = plan.host_mount;
  if (!plan.host_mount.empty()) record.host_mount_below = sys::mount_id(plan.host_mount);
  if (config.hooks) {
    record.poststart = config.hooks->poststart;
    record.poststop = config.hooks->poststop;
  }
  return record;
}

void log_plan(const Plan& plan) {
  if (!debugging()) return;
  if (!plan.cgroup.path.empty()) log_debug("cgroup " + plan.cgroup.path);
  for (const cgroups::FileWrite& write : plan.cgroup.writes) {
    log_debug("cgroup: " + write.file + " = " + write.value);
  }
  log_steps(plan);
}

// Everything that a create holds.
struct Making {
  const CreateRequest& request;
  const oci::Config& config;
  const InheritedFds& inherited;
  const Store& store;
  CallerSockets sockets;
  SeccompAgent agent;
  Plan plan;
  Unfinished container;
  namespaces::MovedNetDevices net_devices;
};

namespaces::Child give_birth(const Making& making, Channel& channel) {
  namespaces::SpawnRequest request;
  request.flags = making.plan.clone_flags;
  cgroups::Entrance entrance;
  if (making.container.cgroup) entrance = cgroups::entrance_of(*making.container.cgroup);
  request.cgroup_fd = entrance.birthplace.get();
  request.processes_fd = entrance.processes.get();
  std::string oom_score_adj;
  if (making.plan.oom_score_adj && !making.plan.id_maps) {
    oom_score_adj = std::to_string(*making.plan.oom_score_adj);
    request.oom_score_adj = oom_score_adj;
  }
  request.preserved = making.inherited.preserved();
  request.wait_for_cgroup = making.plan.cgroup.unit.has_value();
  request.maps_follow = making.plan.id_maps.has_value();
  return spawn_init(making.plan, channel, request, making.store.fd());
}

// What only we may do to the child, while it waits or makes mounts.
void prepare_child(const Plan& plan, const namespaces::Child& child, Channel& channel) {
  // A child that is in a user namespace already has lost the privilege for it.
  if (plan.oom_score_adj && plan.id_maps) {
    sys::write_file_at(AT_FDCWD, "/proc/" + std::to_string(child.pid()) + "/oom_score_adj",
                       std::to_string(*plan.oom_score_adj));
  }
  if (plan.cgroup.unit) channel.child_prepared();
  if (!plan.id_maps) return;
  namespaces::write_id_maps(child.pid(), child.pidfd(), *plan.id_maps, plan.map_writer);
  channel.child_prepared();
}

// A failed create counts as a container that was stopped and destroyed once hooks have run: undoes
// what has been made, and only then tells the poststop hooks so.
void give_up(Making& making) {
  making.container.init = {};
  making.net_devices = {};
  making.container.undo();
  unmount_rootfs(making.container.record);
  run_poststop(making.container.record);
}

// Returns the terminal, if the caller proxies it.
Fd converse(Making& making) {
  Plan& plan = making.plan;
  Unfinished& container = making.container;
  const Fd& folder = container.slot.directory().fd();
  plan.steps.fill(plan.start_slot, sys::listen_unix_at(folder, kStartSocket));
  if (plan.resctrl) container.resctrl.emplace(cgroups::ResctrlGroup::create(*plan.resctrl));
  std::vector<namespaces::Child> ending = namespaces::lock_trees(plan.host_trees, plan.steps);
  Channel channel;
  container.init = give_birth(making, channel);
  container.record.init = identify(container.init.pid());
  log_debug("tare-init is process " + std::to_string(container.record.init.pid));
  // Before the id maps: a user's systemd takes only processes of that user.
  if (plan.cgroup.unit) {
    container.cgroup.emplace(cgroups::Cgroup::start(plan.cgroup, container.init.pid()));
  }
  prepare_child(plan, container.init, channel);
  if (container.cgroup) container.cgroup->apply(plan.cgroup);
  if (container.resctrl) container.resctrl->add(container.init.pid());
  // Now, because the child is busy.
  write_exec_basis(folder, {exec_config(making.config, container.record.bundle),
                            std::move(plan.filter), !making.request.no_new_keyring});

  Conversation conversation({plan, channel, container.init, container.record});
  conversation.until_ready(making.agent);
  if (container.cgroup) container.cgroup->filter_devices(plan.cgroup);
  making.net_devices = conversation.take_net_devices();
  Fd terminal = conversation.take_terminal(making.sockets.console);
  if (making.sockets.pidfd) send_pidfd(making.sockets.pidfd, "standard", container.init.pidfd());
  container.write_created();
  channel.go_on(act::SyncPoint::Ready);
  PidFile(making.request.pid_file, container.record.init.pid).keep();
  return terminal;
}

const InheritedFds& inherited_by(const CreateRequest& request) {
  static const InheritedFds kNone;
  return request.inherited != nullptr ? *request.inherited : kNone;
}

}  // namespace

void Unfinished::write_created() {
  record.phase = Phase::Created;
  record.cgroup.path = cgroup ? cgroup->path() : "";
  record.cgroup.created = cgroup && cgroup->created();
  record.resctrl.created = resctrl && resctrl->created();
  slot.directory().write(record);
}

void Unfinished::undo() {
  init = {};
  resctrl.reset();
  cgroup.reset();
}

Created Unfinished::keep(Fd terminal) {
  if (cgroup) cgroup->keep();
  if (resctrl) resctrl->keep();
  return {std::move(record), slot.keep(), init.keep(), std::move(terminal)};
}

Intention intend(const CreateRequest& request) {
  check_container_id(request.id);
  std::string bundle = find_bundle(request.bundle);
  oci::Config config = load_config(bundle, request.config_file);
  if (request.net_devices_in_place && config.linux_) config.linux_->net_devices.clear();
  check_terminal(request, config);
  auto store = Store::open(request.root);
  if (store && store->try_find(request.id)) throw Error("container with given ID already exists");
  Plan plan = make_plan(config, plan_request(request, inherited_by(request), bundle));
  ContainerRecord record = intent(request, plan, bundle, config);
  return {std::move(plan), std::move(record), std::move(config)};
}

Created create(const CreateRequest& request) {
  Scope scope("create " + request.id);
  check_container_id(request.id);
  const InheritedFds& inherited = inherited_by(request);
  std::string bundle = find_bundle(request.bundle);
  oci::Config config = load_config(bundle, request.config_file);
  check_terminal(request, config);
  CallerSockets sockets = connect_caller(request.console_socket, request.pidfd_socket);
  SeccompAgent agent = connect_agent(config, bundle);
  Store store = Store::open_or_create(request.root);
  Reservation slot = store.reserve(request.id);
  if (!request.notify_socket.empty()) {
    offer_notify_socket(slot.directory(), request.root, config);
  }

  PlanRequest wanted = plan_request(request, inherited, bundle);
  Fd cache = open_seccomp_cache(store, config);
  wanted.seccomp_cache = cache ? &cache : nullptr;
  Plan plan = make_plan(config, wanted);
  for (const std::string& warning : plan.warnings) log_warning(warning);
  log_plan(plan);

  ContainerRecord record = intent(request, plan, bundle, config);
  slot.directory().write(record);
  auto cgroup = plan.cgroup.unit ? std::nullopt : cgroups::Cgroup::create(plan.cgroup);
  if (!cgroup && !plan.cgroup.unit && !plan.private_pid_namespace) {
    log_warning(
        "neither a cgroup nor a pid namespace holds the processes of the container: what leaves "
        "its "
        "init behind cannot be found and killed. Such configuration is strongly discouraged");
  }
  Making making{request,
                config,
                inherited,
                store,
                std::move(sockets),
                std::move(agent),
                std::move(plan),
                {std::move(record), std::move(slot), std::move(cgroup)},
                {}};
  Fd terminal;
  try {
    terminal = converse(making);
  } catch (const Error&) {
    give_up(making);
    throw;
  }
  making.net_devices.keep();
  return making.container.keep(std::move(terminal));
}

}  // namespace tare
