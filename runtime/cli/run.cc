// tare run: create and start; in the foreground also wait for the process, with its terminal and
// signals, and delete the container. Whatever fails after create deletes it as well.
#include <optional>

#include "runtime/cli/create_request.h"
#include "runtime/cli/foreground.h"
#include "runtime/cli/verbs.h"
#include "runtime/container/notify.h"
#include "runtime/container/start.h"

namespace tare::cli {

int run_command(const CommandLine& line) {
  const Options& options = line.options;
  CreateRequest request = create_request(line);
  request.detach = options.flag(Tag::Detach);
  if (explained(line, request)) return 0;

  auto supervisor = supervise(line);
  Created created = create(request);
  DeleteGuard container(created);
  std::optional<TerminalProxy> terminal;
  if (created.terminal) terminal.emplace(std::move(created.terminal));
  auto notify = NotifyProxy::open(*created.directory, request.notify_socket);
  start_created(*created.directory, created.record);
  created.directory->unlock();  // it may run for years
  int status = 0;
  pid_t init = created.record.init.pid;
  if (!supervisor && notify) notify->wait(created.pidfd, init);
  if (supervisor) {
    status = supervisor->run(init, created.pidfd, terminal ? &*terminal : nullptr,
                             notify ? &*notify : nullptr);
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
