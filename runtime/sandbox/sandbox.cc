// The same stages as create (runtime/container/create.cc), without a record: the sandbox lives no
// longer than this call, and dies with this process.
//
//   parent                                   child
//     blueprint, plan, cgroup, streams
//     clone3(namespaces | INTO_CGROUP) ────→ dies with the parent
//     id maps, limits                        mounts, ids, capabilities; forks, and stays to reap
//     told of the command's process ←──────  the new process: Sync(Ready)
//     clock starts                   ──────→ filter, execve: the channel closes
//     watch
#include "runtime/sandbox/sandbox.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>

#include "cgroups/cgroup.h"
#include "cgroups/entrance.h"
#include "namespaces/spawn.h"
#include "namespaces/tree_locks.h"
#include "runtime/base/error.h"
#include "runtime/base/log.h"
#include "runtime/base/sys.h"
#include "runtime/container/birth.h"
#include "runtime/container/conversation.h"
#include "runtime/sandbox/changes.h"
#include "runtime/sandbox/config.h"
#include "runtime/sandbox/place_in_cgroup.h"
#include "runtime/sandbox/policy_plan.h"
#include "runtime/sandbox/watch.h"

namespace tare::sandbox {
namespace {

double milliseconds_since(Clock::time_point begin) {
  auto passed = std::chrono::duration_cast<std::chrono::microseconds>(Clock::now() - begin);
  return static_cast<double>(passed.count()) / 1e3;
}

// Where the command's standard streams lead, and what of them passes through us.
struct Wiring {
  Fd in, out, err;  // the command's ends; invalid: ours
  std::vector<Relay> relays;
};

Fd open_stream(const std::string& path, int flags) {
  if (path.empty()) return {};
  return sys::openat(AT_FDCWD, path, flags | O_NOCTTY, 0644);
}

void relay(Fd& stream, int fallback, Wiring& wiring, std::vector<Fd>& files) {
  int ends[2];
  if (::pipe2(ends, O_CLOEXEC) != 0) throw Error(errno, "pipe2", "");
  int sink = fallback;
  if (stream) {
    files.push_back(std::move(stream));
    sink = files.back().get();
  }
  stream = Fd(ends[1]);
  wiring.relays.emplace_back(Fd(ends[0]), sink);
}

// Everything that a run holds; undone last first.
struct Running {
  const Policy& policy;
  Blueprint blueprint;
  std::vector<Fd> files;  // that relays write to
  Wiring wiring;
  PlacedCgroup cgroup;
  Fd status;  // of the command, from its init
  namespaces::Child reaper;
  namespaces::Child command;
};

void wire(Running& running) {
  const Streams& streams = running.policy.streams;
  constexpr int kTruncate = O_WRONLY | O_CREAT | O_TRUNC;
  Wiring& wiring = running.wiring;
  wiring.in = open_stream(streams.in, O_RDONLY);
  wiring.out = open_stream(streams.out, kTruncate);
  wiring.err = open_stream(streams.err, kTruncate);
  if (!running.policy.limits.output) return;
  relay(wiring.out, STDOUT_FILENO, wiring, running.files);
  relay(wiring.err, STDERR_FILENO, wiring, running.files);
}

void give_birth(Running& running, Plan& plan, Channel& channel) {
  namespaces::SpawnRequest request;
  request.flags = plan.clone_flags;
  request.cgroup_fd = running.cgroup.birthplace();
  request.wait_for_cgroup = running.cgroup.by_systemd();
  request.wait_for_maps = true;
  request.keeps_ids = !namespaces::to_host(plan.id_maps->uids, 0);
  request.streams = {running.wiring.in.get(), running.wiring.out.get(), running.wiring.err.get()};
  Fd folder = sys::openat(AT_FDCWD, "/tmp", O_RDONLY | O_DIRECTORY);
  running.command = spawn_init(plan, channel, request, folder);
  running.wiring.in.reset();
  running.wiring.out.reset();
  running.wiring.err.reset();
}

bool may_mount(const Policy& policy) {
  const auto& capabilities = policy.identity.capabilities;
  return std::find(capabilities.begin(), capabilities.end(), "CAP_SYS_ADMIN") != capabilities.end();
}

// An ordinary user's mounts are made inside, where no lock protects them from such a command.
void check_may_mount(const Policy& policy) {
  if (!may_mount(policy) || ::geteuid() == 0) return;
  throw Error(
      "CAP_SYS_ADMIN could make the read-only places of an ordinary user's sandbox writable")
      .with_hint("only root can let a command have it");
}

void until_running(Running& running, Plan& plan) {
  Channel channel;
  int ends[2];
  if (::pipe2(ends, O_CLOEXEC) != 0) throw Error(errno, "pipe2", "");
  running.status = Fd(ends[0]);
  plan.steps.fill(plan.status_slot, Fd(ends[1]));
  std::vector<namespaces::Child> ending;
  // Otherwise nothing in the sandbox may ever change a mount: nobody else can enter it, and a user
  // namespace below it gets copies that the kernel locks.
  if (may_mount(running.policy)) ending = lock_trees(plan.host_trees, plan.steps);
  give_birth(running, plan, channel);
  plan.steps.fill(plan.status_slot, {});
  pid_t pid = running.command.pid();
  running.cgroup.start(pid);
  namespaces::write_id_maps(pid, running.command.pidfd(), *plan.id_maps, plan.map_writer);
  channel.child_prepared();
  running.cgroup.apply();
  ContainerRecord record;
  record.id = "sandbox";
  SeccompAgent no_agent;
  Conversation conversation({plan, channel, running.command, record});
  conversation.until_ready(no_agent);
  running.reaper = conversation.take_reaper();
  conversation.until_executed();
}

void failed(const Error& error, Result& result) {
  result.outcome = Outcome::SetupFailed;
  result.error = error.what();
  result.error_number = error.error();
  result.hint = error.hint();
}

}  // namespace

Result run(const Policy& policy) {
  Scope scope("sandbox");
  Result result;
  auto begin = Clock::now();
  try {
    check_may_mount(policy);
    HeldSignals signals;
    Fd caller = policy.die_with_parent ? open_caller() : Fd();
    Running running{policy, proven_blueprint(policy), {}, {}, {}, {}, {}, {}};
    wire(running);
    Changes changes = Changes::prepare(policy);
    Plan plan = plan_of(policy, running.blueprint);
    for (const std::string& warning : plan.warnings) log_warning(warning);
    log_steps(plan);
    running.cgroup = PlacedCgroup::place(running.blueprint.config, policy.limits);
    until_running(running, plan);
    auto started = Clock::now();
    double setup = milliseconds_since(begin);
    result = watch({policy, signals, caller, running.command, running.reaper, running.status,
                    running.cgroup.path(), running.wiring.relays, started});
    result.measured.setup_ms = setup;
    running.cgroup.measure(result);
    changes.finish();
    if (!running.wiring.relays.empty()) {
      result.stdout_bytes = running.wiring.relays[0].bytes();
      result.stderr_bytes = running.wiring.relays[1].bytes();
    }
  } catch (const ProgramError& error) {
    failed(error, result);
    result.outcome = Outcome::ExecFailed;
    result.error_number = error.reason();
  } catch (const Error& error) {
    failed(error, result);
  }
  return result;
}

}  // namespace tare::sandbox
