// tare resume: thaws a paused container.
#include "runtime/cli/globals.h"
#include "runtime/cli/verbs.h"
#include "runtime/container/pause.h"

namespace tare::cli {

int resume_command(const CommandLine& line) {
  ContainerDirectory directory = find_container(line, Lock::No);
  resume(directory);
  return 0;
}

}  // namespace tare::cli
