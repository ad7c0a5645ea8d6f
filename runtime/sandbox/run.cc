// A poll loop for one sandbox: itself, signals to us, our caller.
#include <unistd.h>

#include <csignal>

#include "runtime/base/error.h"
#include "runtime/container/held_signals.h"
#include "runtime/sandbox/caller.h"
#include "runtime/sandbox/sandbox.h"

namespace tare::sandbox {
namespace {

// Those of the sandbox are in a session of their own, which a terminal's key does not reach and
// where SIGTSTP stops nobody (setpgid(2), orphaned process groups): all are stopped, then we, and
// who continues us sends SIGCONT, which goes the way of every signal.
void stop_with(Sandbox& sandbox) {
  sandbox.forward(SIGSTOP);
  ::kill(::getpid(), SIGSTOP);
}

void take_signals(const HeldSignals& signals, Sandbox& sandbox) {
  for (int signal : signals.take()) {
    if (signal == SIGTSTP) {
      stop_with(sandbox);
    } else if (signal != SIGCHLD && signal != SIGTTIN && signal != SIGTTOU) {
      sandbox.forward(signal);
    }
  }
}

Result failed(const Error& error) {
  Result result;
  result.failure = {error.what(), "caller", error.call(), error.error(), error.hint()};
  return result;
}

Result watch_over(const Policy& policy) {
  HeldSignals signals;
  Fd caller = policy.die_with_parent ? open_caller() : Fd();
  Workshop workshop;
  Sandbox sandbox(policy, workshop, {});
  PollSet poll;
  while (!sandbox.over()) {
    poll.clear();
    size_t signalled = poll.add(signals.fd(), POLLIN);
    size_t orphaned = poll.add(caller.get(), POLLIN);
    sandbox.add(poll);
    poll.wait();
    sandbox.turn(poll);
    if (poll.ready(signalled)) take_signals(signals, sandbox);
    if (!poll.ready(orphaned)) continue;
    sandbox.cancel();
    caller.reset();
  }
  return sandbox.take_result();
}

}  // namespace

Result run(const Policy& policy) {
  try {
    return watch_over(policy);
  } catch (const Error& error) {
    return failed(error);
  }
}

}  // namespace tare::sandbox
