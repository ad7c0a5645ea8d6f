// tare state: the state document of one container.
#include "oci/state.h"

#include "runtime/cli/globals.h"
#include "runtime/cli/output.h"
#include "runtime/cli/verbs.h"
#include "runtime/container/status.h"

namespace tare::cli {

int state_command(const CommandLine& line) {
  ContainerDirectory directory = find_container(line, Lock::No);
  print(oci::state_json(state_of(directory, directory.read())));
  return 0;
}

}  // namespace tare::cli
