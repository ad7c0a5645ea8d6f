// tare pause: freezes all processes of a container.
#include "runtime/container/pause.h"

#include "runtime/cli/globals.h"
#include "runtime/cli/verbs.h"

namespace tare::cli {

int pause_command(const CommandLine& line) {
  ContainerDirectory directory = find_container(line, Lock::No);
  pause(directory);
  return 0;
}

}  // namespace tare::cli
