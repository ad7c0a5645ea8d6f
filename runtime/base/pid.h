// Which process a number meant: pid + start time + boot id.
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "runtime/base/fd.h"

namespace tare {

// What a state file remembers of a process. A pid alone is reused; with its start time and the boot
// it belongs to it is not.
struct ProcessIdentity {
  pid_t pid = 0;
  uint64_t start_time = 0;  // clock ticks since boot: field 22 of /proc/PID/stat (proc(5))
  std::string boot_id;      // /proc/sys/kernel/random/boot_id
};

// The identity of a live process; throws when there is none.
ProcessIdentity identify(pid_t pid);

// A pidfd of exactly that process; nothing when it is gone, a zombie, or the number is another's by
// now. The descriptor is opened before the identity is compared, so it cannot be overtaken.
std::optional<Fd> open_process(const ProcessIdentity& identity);

// The number in our pid namespace of the process that `pidfd` stands for; nothing when it has been
// reaped.
std::optional<pid_t> pid_of(const Fd& pidfd);

// Process or thread `id` is there and has not exited; a zombie, which nobody may ever wait for,
// has.
bool is_alive(pid_t id);

// Signals each process that `list` has both before and after it was opened: by then a number may be
// another's, but one that is still listed was a member's. What is born meanwhile is not reached.
void signal_listed(const std::function<std::vector<pid_t>()>& list, int signal);

}  // namespace tare
