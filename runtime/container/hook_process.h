// The process of one hook, and our ends of its pipes.
#pragma once

#include <signal.h>
#include <sys/types.h>

#include <optional>
#include <string>

#include "oci/config.h"
#include "runtime/base/fd.h"

namespace tare {

// A child in a process group of its own; killed with its group and reaped unless reap() was called.
class HookProcess {
 public:
  // Never throws for what is wrong with the hook itself: see launch_failure().
  static HookProcess spawn(const oci::Hook& hook, const std::string& cwd);
  HookProcess(HookProcess&& other) noexcept;
  HookProcess& operator=(HookProcess&&) = delete;
  ~HookProcess();

  Fd pidfd;
  Fd input;  // non-blocking, as the others
  Fd output;
  Fd error;

  // SIGKILL to all that stayed in its group.
  void kill_group() const;
  // Waits for its end.
  siginfo_t reap();
  // After its end: why the program could not be executed, "exec PATH: permission denied".
  std::optional<std::string> launch_failure() const;

 private:
  HookProcess() = default;

  pid_t pid_ = 0;    // 0 once reaped
  Fd input_reader_;  // kept, so that a hook that does not read is no SIGPIPE for us
  Fd launch_error_;  // an errno, or end-of-file after a successful execve
  std::string path_;
};

}  // namespace tare
