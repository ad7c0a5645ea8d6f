// tare run: create and start; in the foreground also wait for the process, with its terminal and
// signals, and delete the container. Whatever fails after create deletes it as well.
#include <optional>

#include "runtime/base/error.h"
#include "runtime/base/log.h"
#include "runtime/cli/create_request.h"
#include "runtime/cli/globals.h"
#include "runtime/cli/verbs.h"
#include "runtime/container/delete.h"
#include "runtime/container/notify.h"
#include "runtime/container/start.h"
#include "runtime/container/supervise.h"

namespace tare::cli {
namespace {

// Deletes the container when it goes out of scope, unless told to keep it.
class DeleteGuard {
 public:
  explicit DeleteGuard(Created& created) : created_(created) {}
  DeleteGuard(const DeleteGuard&) = delete;
  DeleteGuard& operator=(const DeleteGuard&) = delete;
  ~DeleteGuard() {
    if (!armed_) return;
    try {
      delete_now();
    } catch (const Error& error) {
      // The failure that brought us here is what the user has to hear; this one leaves a container
      // that `delete --force` can still remove.
      log_warning(error.what());
    }
  }
  void keep() { armed_ = false; }
  void delete_now() {
    armed_ = false;
    remove_container(*created_.directory, created_.record);
  }

 private:
  Created& created_;
  bool armed_ = true;
};

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
