// tare start: lets the user's process of a created container run.
#include "runtime/container/start.h"

#include "runtime/cli/globals.h"
#include "runtime/cli/verbs.h"

namespace tare::cli {

int start_command(const CommandLine& line) {
  ContainerDirectory directory = existing_store(line.options).find_locked(line.arguments[0]);
  start(directory);
  return 0;
}

}  // namespace tare::cli
