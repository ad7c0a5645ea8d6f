// signalfd(2).
#include "runtime/container/held_signals.h"

#include <sys/signalfd.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <iterator>

#include "runtime/base/error.h"

namespace tare {
namespace {

constexpr int kEnding[] = {SIGHUP, SIGINT, SIGQUIT, SIGTERM};

Fd open_signals(const sigset_t& set) {
  Fd fd(::signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK));
  if (!fd) throw Error(errno, "signalfd", "");
  return fd;
}

}  // namespace

HeldSignals::HeldSignals() {
  sigset_t all;
  ::sigfillset(&all);
  fd_ = open_signals(all);
  if (::sigprocmask(SIG_SETMASK, &all, &saved_) != 0) throw Error(errno, "sigprocmask", "");
}

HeldSignals::~HeldSignals() {
  ::sigprocmask(SIG_SETMASK, &saved_, nullptr);
}

std::vector<int> HeldSignals::take() const {
  std::vector<int> taken;
  signalfd_siginfo signal{};
  while (::read(fd_.get(), &signal, sizeof signal) == sizeof signal) {
    int number = static_cast<int>(signal.ssi_signo);
    bool own = number == SIGPIPE && signal.ssi_pid == static_cast<uint32_t>(::getpid());
    if (!own) taken.push_back(number);
  }
  return taken;
}

bool asks_to_end(int signal) {
  return std::find(std::begin(kEnding), std::end(kEnding), signal) != std::end(kEnding);
}

Fd open_end_signals() {
  sigset_t set;
  ::sigemptyset(&set);
  for (int signal : kEnding) ::sigaddset(&set, signal);
  return open_signals(set);
}

}  // namespace tare
