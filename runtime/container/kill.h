// Signals to a container.
#pragma once

#include <string_view>

#include "runtime/container/store.h"

namespace tare {

enum class KillScope {
  Init,  // its init; SIGKILL reaches every process where init's death alone would not
  All,   // every process, also when init is gone; that none is left is no error
};

// Changes nothing that is recorded, so it needs no lock: it must reach a container whose `start`
// hangs. Throws "container not running" unless the container is created, running or paused.
void kill(const ContainerDirectory& directory, int signal, KillScope scope);

// "9", "KILL", "sigkill", "RTMIN+3", "SIGRTMAX-1"; 0 tests for existence. Real-time signals count
// as in libc, from 34. Throws `unknown signal "X"`.
int parse_signal(std::string_view text);

}  // namespace tare
