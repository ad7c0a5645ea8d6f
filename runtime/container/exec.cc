// Parent side of `exec`; the other side is the plan (plan_exec.cc) executed by tare-init.
//
// clang-format off
//   parent (this file)                       child
//     record and basis, init's pidfd
//     plan; find the cgroup
//     clone3(INTO_CGROUP) ─────────────────→ dies with the parent; signals as new
//                                            execveat(sealed tare-init): setns, root, terminal,
//     listener to the seccomp agent  ←──────   limits, labels, filter, ids; forks into the pid ns
//     resctrl group, pid file, pidfd ←─────→ Sync(Ready)
//     end of file                    ←────── execve
// clang-format on
//
// What is read below /proc/PID is init's only if its pidfd says afterwards that it still lives.
#include "runtime/container/exec.h"

#include <fcntl.h>
#include <sched.h>

#include <cerrno>

#include "cgroups/entrance.h"
#include "cgroups/resctrl.h"
#include "namespaces/spawn.h"
#include "runtime/base/error.h"
#include "runtime/base/log.h"
#include "runtime/base/sys.h"
#include "runtime/container/birth.h"
#include "runtime/container/channel.h"
#include "runtime/container/conversation.h"
#include "runtime/container/exec_basis.h"
#include "runtime/container/inherited.h"
#include "runtime/container/pid_file.h"
#include "runtime/container/plan.h"
#include "runtime/container/status.h"
#include "runtime/process/scheduling.h"

namespace tare {
namespace {

constexpr const char* kStopped = "cannot exec in a stopped container";

// The pidfd of the container's init.
Fd open_init(const ContainerRecord& record, const ExecRequest& request) {
  if (record.phase == Phase::Creating) {
    throw Error("cannot exec in a container that is being created");
  }
  auto init = open_process(record.init);
  if (!init) throw Error(kStopped);
  bool asks = !request.ignore_paused && !record.cgroup.path.empty();
  if (asks && cgroups::is_frozen(record.cgroup.path)) {
    throw Error("cannot exec in a paused container (use --ignore-paused to override)");
  }
  return std::move(*init);
}

JoinedContainer look_at(const ContainerRecord& record, Fd init) {
  JoinedContainer container;
  container.namespaces = namespaces::foreign_namespaces(record.init.pid);
  container.groups_denied = namespaces::denies_groups(record.init.pid);
  if (!record.host_mount.empty()) {
    std::string path = "/proc/" + std::to_string(record.init.pid) + "/root";
    auto root = sys::try_openat(AT_FDCWD, path, O_PATH | O_DIRECTORY);
    if (!root) throw Error(kStopped);
    container.root = std::move(*root);
  }
  if (sys::poll_readable(init, 0)) throw Error(kStopped);
  container.init = std::move(init);
  return container;
}

PlanRequest plan_request(const ContainerRecord& record, const ExecBasis& basis,
                         const InheritedFds& inherited) {
  PlanRequest wanted;
  wanted.id = record.id;
  wanted.new_keyring = basis.new_keyring;
  wanted.preserve_fds = inherited.count();
  wanted.caller_umask = caller_umask();
  return wanted;
}

SeccompAgent connect_agent(const ExecBasis& basis) {
  if (!basis.filter || !basis.filter->notifies()) return {};
  const auto& listener = basis.config.linux_ ? basis.config.linux_->seccomp : std::nullopt;
  if (!listener) return {};
  return SeccompAgent::connect_to(listener->listener_path, listener->listener_metadata);
}

const InheritedFds& inherited_by(const ExecRequest& request) {
  static const InheritedFds kNone;
  return request.inherited != nullptr ? *request.inherited : kNone;
}

// Everything that an exec holds. What was begun is undone last first: pid file, child.
struct Joining {
  const ContainerDirectory& directory;
  const ExecRequest& request;
  ContainerRecord record;
  CallerSockets sockets;
  SeccompAgent agent;
  Plan plan;
  cgroups::Entrance entrance;
  std::string initial_affinity;
  namespaces::Child child;
};

void give_birth(Joining& joining, Channel& channel) {
  namespaces::SpawnRequest request;
  cgroups::Entrance& entrance = joining.entrance;
  request.affinity = joining.initial_affinity;
  std::string oom_score_adj;
  if (joining.plan.oom_score_adj) oom_score_adj = std::to_string(*joining.plan.oom_score_adj);
  request.oom_score_adj = oom_score_adj;
  if (!request.affinity.empty()) entrance.move_later();
  request.cgroup_fd = entrance.birthplace.get();
  request.processes_fd = entrance.processes.get();
  request.otherwise_fd = entrance.otherwise.get();
  request.preserved = inherited_by(joining.request).preserved();
  request.wait_for_cgroup = entrance.unit.has_value();
  joining.child = spawn_init(joining.plan, channel, request, joining.directory.fd());
  if (entrance.unit) {
    cgroups::enter_by_systemd(entrance, joining.child.pid());
    channel.child_prepared();
  }
  entrance = {};
}

Executed converse(Joining& joining) {
  Channel channel;
  give_birth(joining, channel);
  log_debug("tare-init is process " + std::to_string(joining.child.pid()));
  std::optional<oci::State> state;
  if (joining.agent.waits())
    state = state_of(joining.directory, joining.record);
  else
    state.emplace();
  Conversation conversation(
      {joining.plan, channel, joining.child, joining.record, std::move(state)});
  conversation.until_ready(joining.agent);
  // Not earlier: the process may be another one than the first child.
  const ResctrlRecord& resctrl = joining.record.resctrl;
  if (!resctrl.group.empty()) {
    cgroups::join_resctrl(resctrl.group, resctrl.monitoring, joining.child.pid());
  }

  Executed executed;
  Fd terminal = conversation.take_terminal(joining.sockets.console);
  if (terminal) executed.terminal = std::make_unique<TerminalProxy>(std::move(terminal));
  if (joining.sockets.pidfd) send_pidfd(joining.sockets.pidfd, "setns", joining.child.pidfd());
  executed.pid = joining.child.pid();
  PidFile pid_file(joining.request.pid_file, executed.pid);
  conversation.until_executed();
  pid_file.keep();
  executed.pidfd = joining.child.keep();
  return executed;
}

Joining prepare(const ContainerDirectory& directory, const ExecRequest& request) {
  ContainerRecord record = directory.read();
  Fd init = open_init(record, request);
  ExecBasis basis = read_exec_basis(directory.fd());
  oci::Process process = exec_process(request.process, basis.config.process);
  check_terminal(process.terminal, request.detach, request.console_socket);
  CallerSockets sockets = connect_caller(request.console_socket, request.pidfd_socket);
  SeccompAgent agent = connect_agent(basis);
  std::string initial;
  if (const auto& affinity = process.exec_cpu_affinity; affinity && !affinity->initial.empty()) {
    initial = process::affinity(affinity->initial);
  }
  basis.config.process = std::move(process);
  basis.config.annotations = record.annotations;
  JoinedContainer container = look_at(record, std::move(init));
  container.filter = std::move(basis.filter);
  Plan plan = make_exec_plan(basis.config, plan_request(record, basis, inherited_by(request)),
                             std::move(container));
  for (const std::string& warning : plan.warnings) log_warning(warning);
  log_steps(plan);
  auto entrance = cgroups::find_entrance({record.cgroup.path, record.cgroup.created, request.cgroup,
                                          record.init.pid, record.cgroup.unit});
  return {directory,
          request,
          std::move(record),
          std::move(sockets),
          std::move(agent),
          std::move(plan),
          std::move(entrance),
          std::move(initial),
          {}};
}

}  // namespace

Executed exec(const ContainerDirectory& directory, const ExecRequest& request) {
  Scope scope("exec " + directory.id());
  Joining joining = prepare(directory, request);
  return converse(joining);
}

}  // namespace tare
