// The end of the command, or the end that we decide, is followed by SIGKILL to its init, which
// takes every process of the pid namespace along (pid_namespaces(7)).
//
//   Preparing   the child makes the view; the clock stands still
//   Ready       it waits until it is told
//   Running     the command runs, watched
//   Ending      it has ended; what it has left behind is killed
//   Draining    nothing runs any more; its output is brought to slow readers
#include "runtime/sandbox/sandbox.h"

#include <fcntl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <csignal>

#include "namespaces/id_map.h"
#include "runtime/base/error.h"
#include "runtime/base/sys.h"
#include "runtime/container/held_signals.h"
#include "runtime/sandbox/obstacle.h"
#include "runtime/sandbox/policy_plan.h"
#include "runtime/sandbox/status_lines.h"

namespace tare::sandbox {
namespace {

double milliseconds(Clock::duration time) {
  return static_cast<double>(std::chrono::duration_cast<Microseconds>(time).count()) / 1e3;
}

Microseconds microseconds(const timeval& time) {
  return std::chrono::seconds(time.tv_sec) + Microseconds(time.tv_usec);
}

uint32_t host_uid(const oci::Config& config) {
  const auto& mappings = config.linux_->uid_mappings;
  uint32_t uid = config.process->user.uid;
  for (const oci::IdMapping& mapping : mappings) {
    if (uid - mapping.container_id < mapping.size)
      return uid - mapping.container_id + mapping.host_id;
  }
  return uid;
}

void add_missing(const std::optional<oci::Rlimit>& limit, std::vector<oci::Rlimit>& limits) {
  if (!limit || std::ranges::count(limits, limit->type, &oci::Rlimit::type) != 0) return;
  limits.push_back(*limit);
}

// A program may be killed by what its limits leave it before it has begun.
std::string hint_of(const Error& error, const Leaf& leaf) {
  if (leaf.ran_out_of_memory()) return "the memory limit is too low to begin with";
  return hint_for(error);
}

}  // namespace

Sandbox::Sandbox(Policy policy, Workshop& workshop, Manner manner)
    : policy_(std::move(policy)), workshop_(workshop), manner_(manner), begun_(Clock::now()) {
  try {
    begin();
  } catch (const std::exception& error) {
    fail(error);
  }
}

void Sandbox::begin() {
  wiring_.emplace(policy_);
  stage_ = "cgroup";
  leaf_ = workshop_.place.make(policy_.limits);
  stage_ = "view";
  Blueprint blueprint = this->blueprint();
  changes_ = Changes::prepare(policy_);
  GroupEnforcers enforcers = leaf_.enforcers();
  auto& rlimits = blueprint.config.process->rlimits;
  for (oci::Rlimit& limit : backstops(policy_.limits, host_uid(blueprint.config), enforcers)) {
    rlimits.push_back(std::move(limit));
  }
  add_missing(workshop_.descriptors, rlimits);
  result_.limits = enforced_limits(policy_.limits, enforcers);
  stage_ = "plan";
  birth_ = std::make_unique<Birth>(policy_, std::move(blueprint), workshop_,
                                   Birth::Cradle{leaf_, wiring_->ends(), waits_for_us()});
  wiring_->let_go();
  stage_ = "init";
}

Blueprint Sandbox::blueprint() {
  if (manner_.view == View::OfItsOwn) return proven_blueprint(policy_);
  if (!workshop_.common) workshop_.common = proven_blueprint(policy_);
  Blueprint blueprint = *workshop_.common;
  blueprint.config.process->args = policy_.args;
  return blueprint;
}

// Before it is looked at, shown or told of, nothing is to happen.
bool Sandbox::waits_for_us() const {
  return manner_.start == Start::WhenTold || leaf_ || policy_.streams.terminal ||
         policy_.streams.status >= 0;
}

void Sandbox::add(PollSet& poll) {
  switch (phase_) {
    case Phase::Preparing:
      place_ = poll.add(birth_->channel(), POLLIN);
      return;
    case Phase::Running:
      place_ = poll.add(family_.status.get(), POLLIN);
      poll.wake_at(watch_->next());
      return wiring_->add(poll);
    case Phase::Ending:
      place_ = poll.add(family_.reaper.pidfd().get(), POLLIN);
      return wiring_->add(poll);
    case Phase::Draining:
      return wiring_->add(poll);
    case Phase::Ready:
    case Phase::Over:
      return;
  }
}

void Sandbox::turn(const PollSet& poll) {
  try {
    switch (phase_) {
      case Phase::Preparing:
        if (heard(poll)) prepare();
        return;
      case Phase::Running:
        return supervise(poll);
      case Phase::Ending:
        too_much_ = !wiring_->transfer(poll) || too_much_;
        if (heard(poll)) reap();
        return;
      case Phase::Draining:
        too_much_ = !wiring_->transfer(poll) || too_much_;
        if (!wiring_->open()) conclude();
        return;
      case Phase::Ready:
      case Phase::Over:
        return;
    }
  } catch (const std::exception& error) {
    fail(error);
  }
}

void Sandbox::prepare() {
  Birth::Stage stage = birth_->hear();
  if (stage == Birth::Stage::Running) return run();
  if (stage != Birth::Stage::Ready) return;
  if (Fd terminal = birth_->take_terminal()) wiring_->begin_terminal(std::move(terminal));
  if (policy_.streams.status >= 0) tell(policy_.streams.status, child_line(birth_->command()));
  if (manner_.start == Start::AtOnce) return go_on();
  phase_ = Phase::Ready;
  ready_ = Clock::now();
}

void Sandbox::start() {
  phase_ = Phase::Preparing;
  waited_ = Clock::now() - ready_;
  try {
    go_on();
  } catch (const std::exception& error) {
    fail(error);
  }
}

void Sandbox::go_on() {
  leaf_.begin();
  birth_->go_on();
}

void Sandbox::run() {
  family_ = birth_->take();
  birth_.reset();
  started_ = Clock::now();
  result_.measured.setup_ms = milliseconds(started_ - begun_ - waited_);
  watch_.emplace(policy_.limits, static_cast<bool>(leaf_), started_);
  phase_ = Phase::Running;
}

void Sandbox::supervise(const PollSet& poll) {
  if (!wiring_->transfer(poll)) {
    too_much_ = true;
    obey(watch_->too_much_output());
  }
  auto now = Clock::now();
  obey(watch_->at(now, watch_->wants_use(now) ? leaf_.used() : Microseconds(0)));
  if (heard(poll)) end();
}

void Sandbox::obey(Verdict verdict) {
  if (verdict == Verdict::Terminate) signal_group(SIGTERM);
  if (verdict == Verdict::Kill) sys::pidfd_send_signal(family_.reaper.pidfd(), SIGKILL);
}

void Sandbox::end() {
  ended_ = Clock::now();
  bool told = ::read(family_.status.get(), &status_, sizeof status_) == sizeof status_;
  // Its init was killed, and the command with it.
  if (!told) status_ = SIGKILL;
  family_.command.keep();
  obey(Verdict::Kill);
  phase_ = Phase::Ending;
}

void Sandbox::reap() {
  rusage usage{};
  siginfo_t info{};
  int pidfd = family_.reaper.pidfd().get();
  if (::syscall(SYS_waitid, P_PIDFD, pidfd, &info, WEXITED, &usage) != 0) {
    throw Error(errno, "waitid", "init of the sandbox");
  }
  family_.reaper.keep();
  if (family_.network) workshop_.networks->give_back(std::move(*family_.network));
  Measured& measured = result_.measured;
  measured.wall_ms = milliseconds(ended_ - started_);
  measured.user_ms = milliseconds(microseconds(usage.ru_utime));
  measured.system_ms = milliseconds(microseconds(usage.ru_stime));
  measured.memory_peak = static_cast<uint64_t>(usage.ru_maxrss) * 1024;
  used_ = leaf_ ? leaf_.used() : microseconds(usage.ru_utime) + microseconds(usage.ru_stime);
  too_much_ = !wiring_->finish() || too_much_;
  phase_ = Phase::Draining;
  if (!wiring_->open()) conclude();
}

void Sandbox::conclude() {
  if (too_much_) watch_->too_much_output();
  watch_->conclude(status_, used_, result_);
  wiring_->measure(result_);
  leaf_.measure(result_);
  leaf_ = {};
  stage_ = "changes";
  changes_.finish();
  if (policy_.streams.status >= 0) tell(policy_.streams.status, exit_line(result_.exit_status()));
  phase_ = Phase::Over;
}

void Sandbox::forward(int signal) {
  if (phase_ <= Phase::Ready && asks_to_end(signal)) return cancel();
  if (phase_ == Phase::Draining && asks_to_end(signal)) return cancel();
  if (phase_ != Phase::Running) return;
  if (signal == SIGWINCH && wiring_->has_terminal()) return wiring_->copy_terminal_size();
  bool stops = signal == SIGSTOP || signal == SIGCONT;
  if (!policy_.forward_signals && asks_to_end(signal)) return cancel();
  if (!policy_.forward_signals && !stops) return;
  signal_group(signal);
  if (asks_to_end(signal)) watch_->asked_to_end(signal, Clock::now());
}

void Sandbox::cancel() {
  if (phase_ == Phase::Running) return obey(watch_->cancel());
  if (phase_ == Phase::Draining) return conclude();
  if (phase_ > Phase::Ready) return;
  fail(Error("cancelled before the command was run"));
  result_.outcome = Outcome::Cancelled;
}

// The whole group since Linux 6.9, its leader alone before.
void Sandbox::signal_group(int signal) const {
  constexpr unsigned kGroup = 1U << 2U;  // PIDFD_SIGNAL_PROCESS_GROUP
  const Fd& pidfd = family_.command.pidfd();
  long sent = ::syscall(SYS_pidfd_send_signal, pidfd.get(), signal, nullptr, kGroup);
  if (sent != 0 && errno == EINVAL) sys::pidfd_send_signal(pidfd, signal);
}

void Sandbox::fail(const std::exception& error) {
  phase_ = Phase::Over;
  Failure& failure = result_.failure.emplace();
  failure.message = error.what();
  failure.stage = stage_;
  result_.outcome = Outcome::SetupFailed;
  if (const auto* known = dynamic_cast<const Error*>(&error)) {
    if (!known->stage().empty()) failure.stage = known->stage();
    failure.call = known->call();
    failure.error = known->error();
    failure.hint = hint_of(*known, leaf_);
    if (known->hint().empty() && !failure.hint.empty())
      failure.message += " (" + failure.hint + ")";
  }
  if (const auto* program = dynamic_cast<const ProgramError*>(&error)) {
    result_.outcome = Outcome::ExecFailed;
    failure.error = program->reason();
  }
  birth_.reset();
  family_ = {};
  leaf_ = {};
}

}  // namespace tare::sandbox
