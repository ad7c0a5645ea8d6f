// Messages up to Ready come from our own code on our own plan, except that createContainer hooks
// have run inside by then, or a neighbour in a shared pid namespace controls init: lengths are
// checked, numbers lead to nothing but our own child.
#include "runtime/container/conversation.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/wait.h>

#include <algorithm>
#include <cerrno>
#include <span>

#include "namespaces/mapping_namespace.h"
#include "namespaces/mount_mapping.h"
#include "runtime/base/error.h"
#include "runtime/base/pid.h"
#include "runtime/base/strings.h"
#include "runtime/base/sys.h"
#include "runtime/container/console.h"
#include "runtime/container/failure.h"
#include "runtime/container/hooks.h"
#include "runtime/container/status.h"

namespace tare {
namespace {

// "exec /run.sh: no such file or directory": of a script whose interpreter is missing.
Error execve_error(act::Report report, const std::string& program) {
  report.call[0] = '\0';
  report.text_length = 0;
  return failure_error(report, "exec " + program);
}

// The sentences that engines turn into exit codes 126 and 127 (callers.md 2.6).
Error program_error(const act::Report& report, const std::string& operation) {
  std::string path(report.text, std::min<size_t>(report.text_length, act::kReportText));
  if (std::string_view(report.call) == "PATH") {
    return Error(operation + ": executable file not found in $PATH");
  }
  if (report.error == EISDIR) return Error(operation + ": is a directory: permission denied");
  if (report.error == EACCES || report.error == EPERM) {
    return Error(operation + ": permission denied");
  }
  return Error(operation + ": stat " + path + ": " + errno_text(report.error));
}

// The reason where the errno alone does not tell it.
std::string hint_for(const act::Step& step, int error) {
  if (step.kind == act::OpKind::MemoryPolicy && error == ENOSYS) {
    return "this kernel is built without NUMA (CONFIG_NUMA)";
  }
  if (error == ELOOP && (step.flags & act::flag::kNoSymlinks) != 0) {
    return "must be mounted on ordinary directory";
  }
  if (step.kind == act::OpKind::Attributes && error == EPERM) {
    return "the host's mount has flags that a user namespace may not change";
  }
  if (step.kind == act::OpKind::Keyring && error == EDQUOT) {
    return "no more keys for its user: raise kernel.keys.maxkeys, or use --no-new-keyring";
  }
  return {};
}

void fill(const Fd& file, const std::string& text) {
  if (::ftruncate(file.get(), 0) != 0) throw Error(errno, "ftruncate", "state");
  sys::write_all(file, text, "state");
}

// The number a process has in its own pid namespace: the last of proc(5)'s NSpid. Hooks that run
// there know it by that one.
pid_t pid_inside(pid_t pid) {
  constexpr std::string_view kField = "\nNSpid:";
  std::string path = "/proc/" + std::to_string(pid) + "/status";
  std::string text = sys::read_file_at(AT_FDCWD, path);
  size_t begin = text.find(kField);
  if (begin == std::string::npos) throw Error("no NSpid in " + path);
  std::string_view numbers(text);
  numbers =
      numbers.substr(begin + kField.size(), text.find('\n', begin + 1) - begin - kField.size());
  auto inside = parse_number<pid_t>(numbers.substr(numbers.find_last_of(" \t") + 1));
  if (!inside) throw Error("no number in NSpid of " + path);
  return *inside;
}

}  // namespace

// A filter that refuses wait4 lets init be ready before its helper has sent the listener.
void Conversation::until_ready(SeccompAgent& agent) {
  while (!ready_ || agent.waits()) {
    if (listener_ && listener_is_needed()) hand_over(std::exchange(listener_, {}), agent);
    hear(agent);
  }
}

void Conversation::go_on() {
  if (plan_.gated) channel_.go_on(act::SyncPoint::Ready);
}

void Conversation::hear(SeccompAgent& agent) {
  auto received = channel_.receive();
  if (!received) init_died();
  serve(std::move(*received), agent);
}

void Conversation::until_executed() {
  go_on();
  while (!hear_execution()) {
  }
}

// The channel is close-on-exec: its end, after the announcement, is the execve.
bool Conversation::hear_execution() {
  auto received = early_ ? std::exchange(early_, std::nullopt) : channel_.receive();
  if (!received && executing_) return true;
  if (!received) init_died();
  if (received->report.type == act::ReportType::Failed) init_failed(received->report);
  if (received->report.type != act::ReportType::Executing || executing_) {
    throw Error("container init sent an unexpected report");
  }
  executing_ = true;
  return false;
}

void Conversation::serve(Received received, SeccompAgent& agent) {
  switch (received.report.type) {
    case act::ReportType::Failed:
      init_failed(received.report);
    case act::ReportType::Forked:
      forked(std::move(received));
      if (listener_) hand_over(std::exchange(listener_, {}), agent);
      if (!plan_.gated) {
        ready_ = true;
      } else if (early_) {
        at(*std::exchange(early_, std::nullopt));
      }
      return;
    case act::ReportType::Console:
      terminal_ = std::move(received.fd);
      terminal_name_.assign(received.report.text,
                            std::min<size_t>(received.report.text_length, act::kReportText));
      return;
    case act::ReportType::Listener:
      // The agent is told of the process that the container will be.
      if (plan_.forks && !forked_) {
        listener_ = std::move(received.fd);
        return;
      }
      return hand_over(received.fd, agent);
    case act::ReportType::Sync:
      if (!overtook_its_sender(received.report)) return at(received);
      early_ = std::move(received);
      return;
    case act::ReportType::Executing:
      if (plan_.gated || !overtook_its_sender(received.report)) break;
      early_ = std::move(received);
      return;
    default:
      break;
  }
  throw Error("container init sent an unexpected report");
}

// Both sides of the fork talk on one socket, and the new process may come first. It waits at the
// point that it names, or has nothing more to say, so there is never more than one to keep.
bool Conversation::overtook_its_sender(const act::Report& report) const {
  if (!plan_.forks || forked_) return false;
  const auto& steps = plan_.steps.steps();
  size_t done = std::min<size_t>(report.op, steps.size());
  return std::ranges::any_of(std::span(steps).first(done), [](const act::Step& step) {
    return step.kind == act::OpKind::Fork || step.kind == act::OpKind::Reaper;
  });
}

// Waits for init. True when a call of its own waits for the agent, which cannot wait then.
bool Conversation::listener_is_needed() const {
  pollfd ends[] = {{.fd = channel_.ours(), .events = POLLIN, .revents = 0},
                   {.fd = listener_.get(), .events = POLLIN, .revents = 0}};
  while (::poll(ends, 2, -1) < 0) {
    if (errno != EINTR) throw Error(errno, "poll", "container init");
  }
  return ends[0].revents == 0;
}

void Conversation::at(const Received& received) {
  auto point = static_cast<act::SyncPoint>(received.report.value);
  switch (point) {
    case act::SyncPoint::TimeOffsets:
      write_time_offsets();
      return channel_.go_on(point);
    case act::SyncPoint::NetworkDevices:
      net_devices_ = namespaces::MovedNetDevices(plan_.net_devices, child_.pidfd());
      return channel_.go_on(point);
    case act::SyncPoint::RuntimeHooks:
      run_runtime_hooks();
      return channel_.go_on(point);
    case act::SyncPoint::MountMapping:
      return channel_.go_on(point, next_mapping(received));
    case act::SyncPoint::Ready:
      process::set_from_outside(plan_.from_outside, child_.pid());
      if (plan_.start_hook_input >= 0) {
        oci::State state = state_with(record_, oci::Status::Created);
        state.pid = pid_inside(child_.pid());
        fill(plan_.steps.fds()[static_cast<size_t>(plan_.start_hook_input)],
             oci::hook_state_json(state));
      }
      ready_ = true;
      return;
  }
  throw Error("container init waits for something unknown");
}

// Out of range is a clock that would be negative, or reach beyond 146 years (time_namespaces(7)).
void Conversation::write_time_offsets() {
  Scope scope("timeOffsets");
  sys::write_file_at(AT_FDCWD, "/proc/" + std::to_string(child_.pid()) + "/timens_offsets",
                     plan_.time_offsets);
}

// The one we know has ended, and the one that goes on is our child as well (CLONE_PARENT); or it
// stays to reap, and is the parent of the other.
void Conversation::forked(Received received) {
  if (!plan_.forks || forked_ || !received.fd || received.report.value <= 0) {
    throw Error("container init sent an unexpected report");
  }
  pid_t number = received.report.value;
  // Of a fork inside the new pid namespace that is its number there.
  if (plan_.status_slot >= 0) number = pid_of(received.fd).value_or(0);
  namespaces::Child next(number, std::move(received.fd));
  if (plan_.status_slot >= 0) {
    reaper_ = std::move(child_);
  } else {
    sys::waitid(child_.pidfd(), WEXITED);
    child_.keep();
  }
  forked_ = true;
  child_ = std::move(next);
  if (!joined_ && plan_.status_slot < 0) record_.init = identify(child_.pid());
}

void Conversation::run_runtime_hooks() {
  oci::State state = state_with(record_, oci::Status::Creating);
  HookInput input{oci::hook_state_json(state), record_.bundle};
  run_hooks("prestart", plan_.runtime_hooks_prestart, input);
  run_hooks("createRuntime", plan_.runtime_hooks_create, input);
  if (plan_.container_hook_input < 0) return;
  state.pid = pid_inside(child_.pid());
  fill(plan_.steps.fds()[static_cast<size_t>(plan_.container_hook_input)],
       oci::hook_state_json(state));
}

// The user namespace that carries it, or nothing where init sends the mount to be mapped.
Fd Conversation::next_mapping(const Received& received) {
  const auto& steps = plan_.steps.steps();
  bool known = received.report.op < steps.size() && mappings_made_ < plan_.mount_mappings.size();
  bool sends = known && steps[received.report.op].fd2 >= 0;
  if (!known || sends != static_cast<bool>(received.fd)) {
    throw Error("container init sent an unexpected report");
  }
  Fd made;
  {
    Scope scope("id mapping of a mount");
    made =
        namespaces::make_mapping_namespace_in(child_.pid(), plan_.mount_mappings[mappings_made_++]);
  }
  if (!sends) return made;
  namespaces::map_received(steps[received.report.op], received.fd, made);
  return {};
}

void Conversation::hand_over(const Fd& listener, SeccompAgent& agent) {
  if (!listener || !agent.waits()) throw Error("container init sent an unexpected report");
  agent.hand_over(listener, child_.pid(),
                  joined_ ? *joined_ : state_with(record_, oci::Status::Creating));
}

Fd Conversation::take_terminal(const CallerSocket& console) {
  if (!plan_.terminal) return {};
  if (!terminal_) throw Error("container init sent no terminal");
  if (!console) return std::move(terminal_);
  send_console(console, terminal_, terminal_name_);
  return {};
}

void Conversation::init_died() {
  if (reaper_.pidfd()) throw Error("process died before it executed its program");
  auto status = sys::waitid(child_.pidfd(), WEXITED);
  child_.keep();
  bool signalled = status && status->si_code != CLD_EXITED;
  std::string how = joined_ ? "process died before it executed its program"
                            : "container init died before it was ready";
  if (signalled) how += ": killed by signal " + std::to_string(status->si_status);
  const std::string& cgroup = joined_ ? record_.cgroup.path : plan_.cgroup.path;
  bool killed = signalled && status->si_status == SIGKILL;
  if (cgroup.empty() || (joined_ && !killed) || cgroups::oom_kills(cgroup) == 0) throw Error(how);
  // Of a container that runs for long it may have been another process.
  if (joined_) throw Error(how + " (possibly OOM-killed)");
  throw Error("container init was OOM-killed (memory limit too low?)");
}

std::string Conversation::program_name() const {
  for (const act::Step& step : plan_.steps.steps()) {
    if (step.kind == act::OpKind::FindProgram) return step.text;
  }
  return {};
}

void Conversation::init_failed(const act::Report& report) {
  const auto& steps = plan_.steps.steps();
  if (report.op >= steps.size()) {
    constexpr std::string_view kCgroup = "write cgroup.procs";  // namespaces/spawn.cc
    bool cgroup = std::string_view(report.call, sizeof report.call).starts_with(kCgroup);
    throw failure_error(report, cgroup
                                    ? "adding pid " + std::to_string(child_.pid()) + " to cgroups"
                                    : "container init");
  }
  const act::Step& step = steps[report.op];
  if (step.kind == act::OpKind::FindProgram) {
    throw ProgramError(program_error(report, step.what), report.error);
  }
  // The filter that is loaded right before is no matter of the program's.
  bool executes = step.kind == act::OpKind::Execute;
  if (executes && std::string_view(report.call, sizeof report.call).starts_with("seccomp")) {
    throw failure_error(report, "seccomp");
  }
  if (executes && (joined_ || plan_.status_slot >= 0)) {
    throw ProgramError(execve_error(report, program_name()), report.error);
  }
  if (namespaces::is_mapping(step)) throw namespaces::mapping_error(report.error, step);
  throw failure_error(report, step.what).with_hint(hint_for(step, report.error));
}

}  // namespace tare
