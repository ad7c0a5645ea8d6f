// tare run: create and start; in the foreground also wait for the process, with its terminal and
// signals, and delete the container. Whatever fails after create deletes it as well.
#include <optional>

#include "runtime/cli/create_request.h"
#include "runtime/cli/foreground.h"
#include "runtime/cli/globals.h"
#include "runtime/cli/verbs.h"
#include "runtime/container/start.h"
#include "runtime/container/supervise.h"

namespace tare::cli {
namespace {

// The lock is held for this alone: the container may run for years.
void start_container(const CommandLine& line) {
  ContainerDirectory directory = find_container(line, Lock::Yes);
  start(directory);
}

}  // namespace

int run_command(const CommandLine& line) {
  const Options& options = line.options;
  CreateRequest request = create_request(line);
  request.detach = options.flag(Tag::Detach);
  if (explained(line, request)) return 0;

  // From here on signals wait for the container: a caller may send them as soon as it has the pid.
  std::optional<Supervisor> supervisor;
  if (!request.detach) {
    supervisor.emplace(options.flag(Tag::NoSubreaper) ? Orphans::Leave : Orphans::Adopt);
  }
  Created created = create(request);
  DeleteGuard container(request);
  std::optional<TerminalProxy> terminal;
  if (created.terminal) terminal.emplace(std::move(created.terminal));
  start_container(line);
  int status = 0;
  if (supervisor) {
    status =
        supervisor->run(created.record.init.pid, created.pidfd, terminal ? &*terminal : nullptr);
    terminal.reset();  // back to how it was, for deleting may have something to say
  }
  if (request.detach || options.flag(Tag::Keep)) {
    container.keep();
  } else {
    container.delete_now();
  }
  return status;
}

}  // namespace tare::cli
