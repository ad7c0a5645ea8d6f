// A signal goes to the process that the record means, by pidfd, never to a number. SIGKILL for a
// container that shares its pid namespace goes to the whole cgroup: there init's death leaves the
// others alive.
#include "runtime/container/kill.h"

#include <signal.h>

#include <optional>
#include <string>

#include "cgroups/cgroup.h"
#include "runtime/base/error.h"
#include "runtime/base/log.h"
#include "runtime/base/strings.h"
#include "runtime/base/sys.h"
#include "runtime/container/processes.h"

namespace tare {
namespace {

struct SignalName {
  std::string_view name;
  int number;
};

constexpr SignalName kSignals[] = {
    {"HUP", SIGHUP},       {"INT", SIGINT},     {"QUIT", SIGQUIT}, {"ILL", SIGILL},
    {"TRAP", SIGTRAP},     {"ABRT", SIGABRT},   {"IOT", SIGIOT},   {"BUS", SIGBUS},
    {"FPE", SIGFPE},       {"KILL", SIGKILL},   {"USR1", SIGUSR1}, {"SEGV", SIGSEGV},
    {"USR2", SIGUSR2},     {"PIPE", SIGPIPE},   {"ALRM", SIGALRM}, {"TERM", SIGTERM},
    {"STKFLT", SIGSTKFLT}, {"CHLD", SIGCHLD},   {"CLD", SIGCHLD},  {"CONT", SIGCONT},
    {"STOP", SIGSTOP},     {"TSTP", SIGTSTP},   {"TTIN", SIGTTIN}, {"TTOU", SIGTTOU},
    {"URG", SIGURG},       {"XCPU", SIGXCPU},   {"XFSZ", SIGXFSZ}, {"VTALRM", SIGVTALRM},
    {"PROF", SIGPROF},     {"WINCH", SIGWINCH}, {"IO", SIGIO},     {"POLL", SIGPOLL},
    {"PWR", SIGPWR},       {"SYS", SIGSYS},
};

// glibc and musl keep the kernel's 32 and 33 (and musl 34) for themselves; SIGRTMIN+3 is 37 for
// every program that waits for it.
constexpr int kRealTimeFirst = 34;
constexpr int kRealTimeLast = 64;

std::string upper(std::string_view text) {
  std::string out(text);
  for (char& c : out) {
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  }
  return out;
}

// "RTMIN", "RTMIN+n", "RTMAX", "RTMAX-n".
std::optional<int> real_time_signal(std::string_view name) {
  bool from_first = name.starts_with("RTMIN");
  if (!from_first && !name.starts_with("RTMAX")) return std::nullopt;
  name.remove_prefix(5);
  unsigned offset = 0;
  if (!name.empty()) {
    if (name.front() != (from_first ? '+' : '-')) return std::nullopt;
    auto number = parse_number<unsigned>(name.substr(1));
    if (!number || *number > kRealTimeLast - kRealTimeFirst) return std::nullopt;
    offset = *number;
  }
  return from_first ? kRealTimeFirst + static_cast<int>(offset)
                    : kRealTimeLast - static_cast<int>(offset);
}

std::optional<int> named_signal(std::string_view name) {
  if (name.starts_with("SIG")) name.remove_prefix(3);
  for (const SignalName& signal : kSignals) {
    if (name == signal.name) return signal.number;
  }
  return real_time_signal(name);
}

}  // namespace

int parse_signal(std::string_view text) {
  if (auto number = parse_number<unsigned>(text)) {
    if (*number <= kRealTimeLast) return static_cast<int>(*number);
  } else if (auto signal = named_signal(upper(text))) {
    return *signal;
  }
  throw Error("unknown signal " + quote(text));
}

void kill(const ContainerDirectory& directory, int signal, KillScope scope) {
  ContainerRecord record = directory.read();
  const std::string& cgroup = record.cgroup.path;
  bool created = record.phase != Phase::Creating;
  auto init = created ? open_process(record.init) : std::nullopt;
  bool all = scope == KillScope::All || (signal == SIGKILL && !record.private_pid_namespace);
  log_debug("kill " + record.id + ": signal " + std::to_string(signal) + " to " +
            (all ? "all of cgroup " + cgroup : "process " + std::to_string(record.init.pid)));
  if (all && created && !cgroup.empty()) {
    // Kept to itself by create, so whatever is in there is the container's.
    bool alive = init || (scope == KillScope::Init && cgroups::is_populated(cgroup));
    cgroups::signal_all(cgroup, signal);
    if (alive || scope == KillScope::All) return;
  } else if (all && init && !record.private_pid_namespace) {
    log_warning("container has no cgroup: only its init gets the signal");
  } else if (all && init && signal != SIGKILL) {  // which ends a pid namespace by its init
    return signal_listed([&record] { return processes_of(record); }, signal);
  }
  if (init && sys::pidfd_send_signal(*init, signal)) return;
  if (scope == KillScope::All && created) return;
  throw Error("container not running");
}

}  // namespace tare
