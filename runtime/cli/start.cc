// tare start: lets the user's process of a created container run.
#include "runtime/container/start.h"

#include "runtime/cli/globals.h"
#include "runtime/cli/verbs.h"

namespace tare::cli {

int start_command(const CommandLine& line) {
  ContainerDirectory directory = find_container(line, Lock::Yes);
  start(directory);
  return 0;
}

}  // namespace tare::cli
