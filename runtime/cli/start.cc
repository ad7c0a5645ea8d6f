// tare start: lets the user's process of a created container run; with a service manager, until it
// is ready.
#include "runtime/container/start.h"

#include "runtime/base/pid.h"
#include "runtime/cli/globals.h"
#include "runtime/cli/verbs.h"
#include "runtime/container/notify.h"

namespace tare::cli {

int start_command(const CommandLine& line) {
  ContainerDirectory directory = find_container(line, Lock::Yes);
  auto notify = NotifyProxy::open(directory, notify_socket());
  start(directory);
  if (!notify) return 0;
  ProcessIdentity init = directory.read().init;
  directory.unlock();  // it may take its time
  if (auto pidfd = open_process(init)) notify->wait(*pidfd, init.pid);
  return 0;
}

}  // namespace tare::cli
