// One poll loop over signals, the container's init (its pidfd), its service manager's
// socket and the terminal.
// Every catchable signal is init's but
//   SIGCHLD   is about our own children
//   SIGWINCH  is turned into a new size when there is a terminal to be resized
//   SIGPIPE   that we caused ourselves by writing to an output nobody reads
#include "runtime/container/supervise.h"

#include <poll.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <span>

#include "runtime/base/error.h"
#include "runtime/base/log.h"
#include "runtime/base/sys.h"

namespace tare {
namespace {

constexpr int kSignalStatus = 128;

// Reaps every child that ended but `init`, whose status we are to return; 0 when we have it.
void reap_others(pid_t init) {
  for (;;) {
    siginfo_t info{};
    if (::waitid(P_ALL, 0, &info, WEXITED | WNOHANG | WNOWAIT) != 0) return;
    if (info.si_pid == 0 || info.si_pid == init) return;
    if (::waitid(P_PID, static_cast<id_t>(info.si_pid), &info, WEXITED | WNOHANG) != 0) return;
  }
}

void forward(const Fd& pidfd, int signal) {
  try {
    sys::pidfd_send_signal(pidfd, signal);
  } catch (const Error& error) {
    // Who sent it cannot be told; ending the container for it would be worse.
    log_warning(std::string("signal was not forwarded: ") + error.what());
  }
}

}  // namespace

Supervisor::Supervisor(Orphans orphans) {
  if (::prctl(PR_GET_CHILD_SUBREAPER, &saved_subreaper_) != 0) throw Error(errno, "prctl", "");
  if (orphans == Orphans::Adopt && ::prctl(PR_SET_CHILD_SUBREAPER, 1) != 0) {
    throw Error(errno, "prctl", "PR_SET_CHILD_SUBREAPER");
  }
}

Supervisor::~Supervisor() {
  ::prctl(PR_SET_CHILD_SUBREAPER, saved_subreaper_);
}

void Supervisor::take_signals(pid_t init, const Fd& pidfd, TerminalProxy* terminal) const {
  for (int signal : signals_.take()) {
    if (signal == SIGCHLD) {
      reap_others(init);
    } else if (signal == SIGWINCH && terminal != nullptr) {
      terminal->copy_size();
    } else {
      forward(pidfd, signal);
    }
  }
}

int Supervisor::run(pid_t init, const Fd& pidfd, TerminalProxy* terminal, NotifyProxy* notify) {
  constexpr size_t kOwnEntries = 3;
  std::array<pollfd, kOwnEntries + TerminalProxy::kEntries> entries;
  entries.fill({-1, 0, 0});
  auto terminal_entries = std::span(entries).subspan<kOwnEntries>();
  for (;;) {
    entries[0] = {signals_.fd(), POLLIN, 0};
    entries[1] = {pidfd.get(), POLLIN, 0};
    entries[2] = {notify != nullptr ? notify->socket().get() : -1, POLLIN, 0};
    if (terminal != nullptr) terminal->prepare(terminal_entries);
    if (::poll(entries.data(), entries.size(), -1) < 0) {
      if (errno == EINTR) continue;
      throw Error(errno, "poll", "");
    }
    if (terminal != nullptr) terminal->transfer(terminal_entries);
    if (entries[0].revents != 0) take_signals(init, pidfd, terminal);
    if (entries[2].revents != 0) notify->receive(::getpid());
    if (entries[1].revents != 0) break;
  }
  auto info = sys::waitid(pidfd, WEXITED);
  reap_others(0);
  // What came until here was the container's; from here on a request to end is ours.
  take_signals(init, pidfd, terminal);
  if (terminal != nullptr) {
    terminal->finish(open_end_signals());
    // The one that ended it must not end us on unblocking: our caller has a container to delete.
    take_signals(init, pidfd, nullptr);
  }
  if (!info) throw Error("init ended without a status");
  return info->si_code == CLD_EXITED ? info->si_status : kSignalStatus + info->si_status;
}

}  // namespace tare
