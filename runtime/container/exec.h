// Another process in a container that is created or running.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "runtime/base/fd.h"
#include "runtime/container/bundle.h"
#include "runtime/container/exec_process.h"
#include "runtime/container/store.h"
#include "runtime/container/terminal.h"

namespace tare {

class InheritedFds;

struct ExecRequest {
  ProcessRequest process;
  std::string pid_file;                      // absolute; empty: none
  std::string console_socket, pidfd_socket;  // empty: none
  std::optional<std::string> cgroup;         // below the container's
  bool ignore_paused = false;
  const InheritedFds* inherited = nullptr;  // descriptors for the process; nullptr: none
  Detach detach = Detach::Yes;              // No: the terminal is ours to copy for
};

struct Executed {
  pid_t pid = 0;
  Fd pidfd;                                 // of the process, our child
  std::unique_ptr<TerminalProxy> terminal;  // in the foreground, if the process has one
};

// Returns when the program has been executed. When that or anything before it fails an Error is
// thrown and nothing is left: no process, no pid file. Takes no lock, for it may take as long as
// the container is paused. The container's end ends the process.
Executed exec(const ContainerDirectory& directory, const ExecRequest& request);

}  // namespace tare
