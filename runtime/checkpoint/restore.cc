// The parent's half of a restore; criu does what tare-init does for create.
//
// clang-format off
//   tare (this file)                         criu
//     lock, reserve the id, write intent
//     make the cgroup and its limits
//     mount points, a mount namespace
//     start criu in both              ─────→ reads the images, makes namespaces and init
//     loopback, prestart, createRuntime ←──→ setup-namespaces
//     terminal to the console socket  ←────→ orphan-pts-master
//     record `created`                ←────→ post-restore: everything is there and stands still
//     pid file                        ←───── lets it run, ends
// clang-format on
//
// Init is born as our child (rst_sibling), so that whoever waits for us inherits it. The container
// has no start socket, which makes it a running one (status.cc).
#include "runtime/checkpoint/restore.h"

#include <fcntl.h>
#include <linux/rtnetlink.h>
#include <net/if.h>
#include <sys/wait.h>

#include <optional>
#include <utility>

#include "cgroups/hierarchy.h"
#include "namespaces/route_socket.h"
#include "runtime/base/clock.h"
#include "runtime/base/error.h"
#include "runtime/base/log.h"
#include "runtime/base/sys.h"
#include "runtime/checkpoint/cgroup_yard.h"
#include "runtime/checkpoint/criu.h"
#include "runtime/checkpoint/external.h"
#include "runtime/checkpoint/image_folders.h"
#include "runtime/checkpoint/restore_root.h"
#include "runtime/container/bundle.h"
#include "runtime/container/delete.h"
#include "runtime/container/exec_basis.h"
#include "runtime/container/hooks.h"
#include "runtime/container/pid_file.h"
#include "runtime/container/status.h"

namespace tare {
namespace {

constexpr int kLeastCriu = 30000;
constexpr int kLsmCriu = 31600;  // older ones take the images' profile whatever they are told
constexpr const char* kPlace = "criu-root";

// Everything that a restore holds.
struct Restoring {
  const RestoreRequest& request;
  oci::Config config;
  Plan plan;
  CallerSockets sockets;
  ImageFolders folders;
  std::string program;
  Unfinished container;
  Fd terminal;
  bool hooks_ran = false;
};

void check_criu(const std::string& program, const RestoreRequest& request) {
  int version = criu_version(program, kLeastCriu);
  if (!request.lsm_profile.empty() && version < kLsmCriu) {
    throw Error("--lsm-profile requires at least CRIU 3.16");
  }
  if (!request.lsm_mount_context.empty() && version < kLsmCriu) {
    throw Error("--lsm-mount-context requires at least CRIU 3.16");
  }
}

// --- what happens while criu works

// criu's word is checked: what it names has to be a child of ours.
void adopt(Restoring& restoring, pid_t pid) {
  if (restoring.container.init.pid() != 0) return;
  if (pid <= 0) throw Error("criu named no process");
  Fd pidfd = sys::pidfd_open(pid);
  sys::waitid(pidfd, WEXITED | WNOHANG | WNOWAIT);
  restoring.container.init = namespaces::Child(pid, std::move(pidfd));
  restoring.container.record.init = identify(pid);
}

// criu leaves a network namespace that it makes as the kernel does, with the loopback interface
// down.
void bring_loopback_up(const Fd& pidfd) {
  ifinfomsg loopback{};
  loopback.ifi_index = 1;  // always (net/core/dev.c, LOOPBACK_IFINDEX)
  loopback.ifi_flags = loopback.ifi_change = IFF_UP;
  namespaces::RouteSocket socket = namespaces::RouteSocket::inside(pidfd);
  socket.order(namespaces::RouteRequest(RTM_NEWLINK, loopback), "bring up lo");
}

void set_up_namespaces(Restoring& restoring) {
  if (has_new_namespace(restoring.config, "network")) {
    bring_loopback_up(restoring.container.init.pidfd());
  }
  const auto& hooks = restoring.config.hooks;
  if (!hooks) return;
  restoring.hooks_ran = true;
  const ContainerRecord& record = restoring.container.record;
  oci::State state = state_with(record, oci::Status::Creating);
  HookInput input{oci::hook_state_json(state), record.bundle};
  run_hooks("prestart", hooks->prestart, input);
  run_hooks("createRuntime", hooks->create_runtime, input);
}

// Now, because criu has made its devices, and before a process of the container runs.
void write_restored(Restoring& restoring) {
  Unfinished& container = restoring.container;
  if (container.cgroup) container.cgroup->filter_devices(restoring.plan.cgroup);
  write_exec_basis(container.slot.directory().fd(),
                   {exec_config(restoring.config, container.record.bundle),
                    std::move(restoring.plan.filter), !restoring.request.container.no_new_keyring});
  container.write_created();
}

void take_terminal(Restoring& restoring, Fd master) {
  if (!master) throw Error("criu sent no terminal");
  if (restoring.sockets.console) {
    send_console(restoring.sockets.console, master, "orphan-pts-master");
  } else {
    restoring.terminal = std::move(master);
  }
}

void attend(Restoring& restoring, CriuNotification notification) {
  if (notification.script == "setup-namespaces") {
    adopt(restoring, notification.pid);
    set_up_namespaces(restoring);
  } else if (notification.script == "post-restore") {
    adopt(restoring, notification.pid);
    write_restored(restoring);
  } else if (notification.script == "orphan-pts-master") {
    take_terminal(restoring, std::move(notification.fd));
  }
}

// --- what criu is asked

CriuOptions restore_options(const Restoring& restoring) {
  const RestoreRequest& request = restoring.request;
  const ContainerRecord& record = restoring.container.record;
  CriuOptions options = criu_options(request.criu);
  options.config_file = criu_config_file(record.annotations, record.bundle);
  options.restore_sibling = true;
  options.evasive_devices = true;
  options.lsm_profile = request.lsm_profile;
  options.lsm_mount_context = request.lsm_mount_context;
  const cgroups::Plan& groups = restoring.plan.cgroup;
  if (restoring.container.cgroup || groups.unit) {
    options.cgroup_roots = cgroup_roots(groups.mount, groups.path);
  } else if (request.criu.cgroup_mode == CriuCgroupMode::Default) {
    options.cgroup_mode = CriuCgroupMode::Ignore;
  }
  restoring.folders.put_into(options);
  return options;
}

// The streams of the images that were pipes, or files of the caller's, become ours.
void inherit_streams(const std::vector<std::string>& descriptors, CriuOptions& options) {
  int stream = 0;
  for (const std::string& descriptor : descriptors) {
    if (descriptor.starts_with("pipe:[") || descriptor.starts_with("file[")) {
      options.inherited.push_back({descriptor, stream});
    }
    ++stream;
  }
}

void join_namespaces(const JoinedNamespaces& joined, CriuOptions& options, CriuPlace& place) {
  options.join_namespaces = joined.by_path;
  for (size_t i = 0; i < joined.fds.size(); ++i) {
    options.inherited.push_back({joined.keys[i], kFirstCriuFd + static_cast<int>(i)});
    place.fds.push_back(joined.fds[i].get());
  }
}

// As tare-init would be told.
void set_keyring(const Plan& plan, CriuPlace& place) {
  for (const act::Step& step : plan.steps.steps()) {
    if (step.kind != act::OpKind::Keyring) continue;
    place.keyring = step.text;
    place.keyring_searchable = step.number != 0;
  }
}

void run_criu(Restoring& restoring) {
  const oci::Config& config = restoring.config;
  Unfinished& container = restoring.container;
  const ContainerRecord& record = container.record;
  const cgroups::Plan& groups = restoring.plan.cgroup;
  const Fd& directory = container.slot.directory().fd();
  sys::mkdirat(directory.get(), kPlace, 0755);
  Fd root = sys::openat(directory.get(), kPlace, O_PATH | O_DIRECTORY);
  CgroupYard yard(container.slot.directory(), CgroupYard::Kind::MountPoint);
  CriuOptions options = restore_options(restoring);
  options.root = place_of(root);
  options.cgroup_yard = yard.path();
  auto mounts = host_mounts(config, record.bundle, cgroups::hierarchy_mount());
  options.external_mounts = mounts_for_restore(config, mounts);
  inherit_streams(read_descriptors(restoring.folders.images()), options);
  RestoreNamespace mount_ns =
      make_restore_namespace({config, mounts, record.rootfs, options.root, yard.source(),
                              yard.place(), restoring.folders.paths()});
  options.images_dir_fd = mount_ns.folders.front().get();
  options.work_dir_fd = mount_ns.folders.back().get();

  CriuPlace place;
  place.program = restoring.program;
  place.mount_ns = &mount_ns.fd;
  JoinedNamespaces joined = namespaces_for_restore(config);
  join_namespaces(joined, options, place);
  set_keyring(restoring.plan, place);
  if (container.cgroup) place.entrance = cgroups::entrance_of(*container.cgroup);
  try {
    Criu criu(place);
    if (container.resctrl) container.resctrl->add(criu.pid());
    // Systemd makes a scope around a process only, and what criu forks is born where criu is.
    if (groups.unit) {
      container.cgroup.emplace(cgroups::Cgroup::start(groups, criu.pid()));
      container.cgroup->apply(groups);
    }
    criu.ask(CriuType::Restore, criu_request(CriuType::Restore, options),
             [&](CriuNotification notification) { attend(restoring, std::move(notification)); });
  } catch (const Error& error) {
    throw restoring.folders.explained(error);  // its log knows why
  }
  if (container.init.pid() == 0) throw Error("criu told of no process");
  sys::try_unlinkat(directory.get(), kPlace, AT_REMOVEDIR);
}

// The cgroup of a unit comes later, with criu in it.
void make_groups(const Plan& plan, Unfinished& container) {
  if (!plan.cgroup.unit) {
    auto made = cgroups::Cgroup::create(plan.cgroup);
    if (made) container.cgroup.emplace(std::move(*made));
    if (container.cgroup) container.cgroup->apply(plan.cgroup);
  }
  if (plan.resctrl) container.resctrl.emplace(cgroups::ResctrlGroup::create(*plan.resctrl));
}

// Undoes what has been made, and only then tells the poststop hooks so.
void give_up(Restoring& restoring) {
  restoring.container.undo();
  if (restoring.hooks_ran) run_poststop(restoring.container.record);
}

Restoring prepare(const RestoreRequest& request) {
  CreateRequest container = request.container;
  // Interfaces stayed in a namespace that is joined, and criu makes those of the container's own.
  container.net_devices_in_place = true;
  std::string program = find_criu();
  check_criu(program, request);
  Intention intention = intend(container);
  for (const std::string& warning : intention.plan.warnings) log_warning(warning);
  if (!has_namespace(intention.config, "mount")) {
    throw Error("a container without a mount namespace cannot be restored");
  }
  CallerSockets sockets = connect_caller(container.console_socket, container.pidfd_socket);
  ImageFolders folders(request.criu, ImageFolders::Images::Open, "restore.log");
  Store store = Store::open_or_create(container.root);
  Reservation slot = store.reserve(container.id);
  slot.directory().write(intention.record);
  return {request,
          std::move(intention.config),
          std::move(intention.plan),
          std::move(sockets),
          std::move(folders),
          std::move(program),
          {std::move(intention.record), std::move(slot)},
          {}};
}

}  // namespace

Created restore(const RestoreRequest& request) {
  Scope scope("restore " + request.container.id);
  Restoring restoring = prepare(request);
  try {
    make_groups(restoring.plan, restoring.container);
    run_criu(restoring);
    PidFile(request.container.pid_file, restoring.container.init.pid()).keep();
  } catch (const Error&) {
    give_up(restoring);
    throw;
  }
  return restoring.container.keep(std::move(restoring.terminal));
}

}  // namespace tare
