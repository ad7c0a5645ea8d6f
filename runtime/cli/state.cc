// tare state: the state document of one container.
#include "oci/state.h"

#include "runtime/cli/globals.h"
#include "runtime/cli/output.h"
#include "runtime/cli/verbs.h"
#include "runtime/container/status.h"

namespace tare::cli {

int state_command(const CommandLine& line) {
  ContainerDirectory directory = existing_store(line.options).find(line.arguments[0]);
  oci::State state = state_of(directory.read());
  state.owner.clear();  // only `list` fills it in
  print(oci::state_json(state));
  return 0;
}

}  // namespace tare::cli
