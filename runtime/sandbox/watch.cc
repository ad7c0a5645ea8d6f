// One poll loop. The command's end, or the end that we decide, is followed by SIGKILL to its init,
// which takes every process of the pid namespace along (pid_namespaces(7)).
#include "runtime/sandbox/watch.h"

#include <poll.h>
#include <sys/resource.h>
#include <sys/signalfd.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>

#include "cgroups/stats.h"
#include "runtime/base/error.h"
#include "runtime/base/strings.h"
#include "runtime/base/sys.h"

namespace tare::sandbox {
namespace {

using std::chrono::duration_cast;
using std::chrono::microseconds;

constexpr Milliseconds kShortestTick{5};

bool ends_us(int signal) {
  return signal == SIGHUP || signal == SIGINT || signal == SIGQUIT || signal == SIGTERM;
}

double milliseconds_of(const timeval& time) {
  return static_cast<double>(time.tv_sec) * 1e3 + static_cast<double>(time.tv_usec) / 1e3;
}

// Processor time of the whole cgroup.
microseconds used_by(const std::string& cgroup) {
  auto text = sys::try_read_file_at(AT_FDCWD, cgroup + "/cpu.stat");
  if (!text || !text->starts_with("usage_usec ")) return microseconds(0);
  std::string_view number = std::string_view(*text).substr(11);
  number = number.substr(0, number.find('\n'));
  return microseconds(parse_number<int64_t>(number).value_or(0));
}

class Watcher {
 public:
  explicit Watcher(const Watched& watched)
      : watched_(watched), limits_(watched.policy.limits), allowance_(limits_.output) {
    if (limits_.wall_time) wall_deadline_ = watched.started + *limits_.wall_time;
    if (limits_.cpu_time && !watched.cgroup.empty()) next_cpu_check_ = watched.started;
  }

  Result run() {
    while (!turn()) {
    }
    return finish();
  }

 private:
  using Deadline = std::optional<Clock::time_point>;

  // True when the command has ended.
  bool turn() {
    constexpr size_t kFixed = 3;
    std::array<pollfd, kFixed + 2> entries;
    entries.fill({-1, 0, 0});
    entries[0] = {watched_.status.get(), POLLIN, 0};
    entries[1] = {watched_.signals.fd().get(), POLLIN, 0};
    if (watched_.caller && !outcome_) entries[2] = {watched_.caller.get(), POLLIN, 0};
    for (size_t i = 0; i < watched_.outputs.size(); ++i) {
      entries[kFixed + i] = watched_.outputs[i].entry();
    }
    if (::poll(entries.data(), entries.size(), patience()) < 0 && errno != EINTR) {
      throw Error(errno, "poll", "");
    }
    for (size_t i = 0; i < watched_.outputs.size(); ++i) {
      if (!watched_.outputs[i].transfer(entries[kFixed + i], allowance_)) too_much_output();
    }
    if (entries[1].revents != 0) take_signals();
    if (entries[2].revents != 0) decide(Outcome::Cancelled, "", Milliseconds(0));
    check_deadlines(Clock::now());
    return entries[0].revents != 0;
  }

  // Milliseconds until there is something to do, rounded up; -1: never.
  int patience() const {
    Deadline first;
    for (const Deadline& deadline : {wall_deadline_, next_cpu_check_, kill_deadline_}) {
      if (deadline && (!first || *deadline < *first)) first = deadline;
    }
    if (!first) return -1;
    auto left = duration_cast<Milliseconds>(*first - Clock::now()).count() + 1;
    return static_cast<int>(std::clamp<int64_t>(left, 0, 1'000'000));
  }

  void check_deadlines(Clock::time_point now) {
    if (kill_deadline_ && now >= *kill_deadline_) {
      kill_deadline_.reset();
      end_all();
    }
    if (wall_deadline_ && now >= *wall_deadline_) {
      decide(Outcome::Timeout, "timeout", limits_.kill_after);
    }
    if (next_cpu_check_ && now >= *next_cpu_check_) check_cpu(now);
  }

  // The next time by which all processors together could have used up what is left.
  void check_cpu(Clock::time_point now) {
    auto left = *limits_.cpu_time - duration_cast<Milliseconds>(used_by(watched_.cgroup));
    if (left <= Milliseconds(0)) {
      return decide(Outcome::CpuLimit, "cpu-time", limits_.kill_after);
    }
    static const auto kProcessors = std::max(1L, ::sysconf(_SC_NPROCESSORS_ONLN));
    next_cpu_check_ = now + std::max(left / kProcessors, kShortestTick);
  }

  void too_much_output() { decide(Outcome::OutputLimit, "output", Milliseconds(0)); }

  // The first reason counts; every later deadline but that of the kill is moot.
  void decide(Outcome outcome, const char* limit, Milliseconds grace) {
    if (outcome_) return;
    outcome_ = outcome;
    if (*limit != 0) limits_hit_.emplace_back(limit);
    wall_deadline_.reset();
    next_cpu_check_.reset();
    if (grace == Milliseconds(0)) return end_all();
    signal_group(SIGTERM);
    kill_deadline_ = Clock::now() + grace;
  }

  // The whole group since Linux 6.9, its leader alone before.
  void signal_group(int signal) const {
    constexpr unsigned kGroup = 1U << 2U;  // PIDFD_SIGNAL_PROCESS_GROUP
    int pidfd = watched_.command.pidfd().get();
    long sent = ::syscall(SYS_pidfd_send_signal, pidfd, signal, nullptr, kGroup);
    if (sent != 0 && errno == EINVAL) sys::pidfd_send_signal(watched_.command.pidfd(), signal);
  }

  void end_all() const { sys::pidfd_send_signal(watched_.reaper.pidfd(), SIGKILL); }

  void take_signals() {
    signalfd_siginfo signal{};
    while (::read(watched_.signals.fd().get(), &signal, sizeof signal) == sizeof signal) {
      int number = static_cast<int>(signal.ssi_signo);
      if (number == SIGCHLD || number == SIGPIPE) continue;
      if (!ends_us(number)) {
        if (watched_.policy.forward_signals) signal_group(number);
        continue;
      }
      cancelled_by_ = number;
      if (!watched_.policy.forward_signals) {
        decide(Outcome::Cancelled, "", Milliseconds(0));
      } else {
        signal_group(number);
        if (!kill_deadline_) kill_deadline_ = Clock::now() + limits_.kill_after;
      }
    }
  }

  Result finish() {
    Result result;
    auto ended = Clock::now();
    int status = 0;
    bool told = ::read(watched_.status.get(), &status, sizeof status) == sizeof status;
    watched_.command.keep();
    // Whatever the command has left behind ends now, and its times count.
    end_all();
    rusage usage{};
    siginfo_t info{};
    int pidfd = watched_.reaper.pidfd().get();
    if (::syscall(SYS_waitid, P_PIDFD, pidfd, &info, WEXITED, &usage) != 0) {
      throw Error(errno, "waitid", "init of the sandbox");
    }
    watched_.reaper.keep();
    for (Relay& output : watched_.outputs) {
      if (!output.drain(allowance_)) too_much_output_at_the_end();
    }
    describe(told ? status : SIGKILL, result);
    result.measured.wall_ms =
        static_cast<double>(duration_cast<microseconds>(ended - watched_.started).count()) / 1e3;
    result.measured.user_ms = milliseconds_of(usage.ru_utime);
    result.measured.system_ms = milliseconds_of(usage.ru_stime);
    result.measured.memory_peak = static_cast<uint64_t>(usage.ru_maxrss) * 1024;
    return result;
  }

  void too_much_output_at_the_end() {
    if (outcome_) return;
    outcome_ = Outcome::OutputLimit;
    limits_hit_.emplace_back("output");
  }

  // `status` as wait4(2) gives it.
  void describe(int status, Result& result) const {
    if (WIFEXITED(status)) {
      result.exit_code = WEXITSTATUS(status);
      result.outcome = Outcome::Exited;
    } else {
      result.signal = WTERMSIG(status);
      result.outcome = Outcome::Signaled;
    }
    if (outcome_) {
      result.outcome = *outcome_;
    } else if (cancelled_by_ && result.signal) {
      result.outcome = Outcome::Cancelled;
    }
    result.limits_hit = limits_hit_;
    result.truncated =
        std::find(limits_hit_.begin(), limits_hit_.end(), "output") != limits_hit_.end();
  }

  const Watched& watched_;
  const Limits& limits_;
  Allowance allowance_;
  Deadline wall_deadline_, next_cpu_check_, kill_deadline_;
  std::optional<Outcome> outcome_;
  std::optional<int> cancelled_by_;
  std::vector<std::string> limits_hit_;
};

}  // namespace

HeldSignals::HeldSignals() {
  sigset_t all;
  ::sigfillset(&all);
  fd_ = Fd(::signalfd(-1, &all, SFD_CLOEXEC | SFD_NONBLOCK));
  if (!fd_) throw Error(errno, "signalfd", "");
  if (::sigprocmask(SIG_SETMASK, &all, &saved_) != 0) throw Error(errno, "sigprocmask", "");
}

HeldSignals::~HeldSignals() {
  ::sigprocmask(SIG_SETMASK, &saved_, nullptr);
}

// Had it ended meanwhile, its number could be another one's.
Fd open_caller() {
  pid_t caller = ::getppid();
  auto pidfd = caller > 0 ? sys::try_pidfd_open(caller) : std::nullopt;
  if (!pidfd || ::getppid() != caller) return {};
  return std::move(*pidfd);
}

Result watch(const Watched& watched) {
  return Watcher(watched).run();
}

}  // namespace tare::sandbox
