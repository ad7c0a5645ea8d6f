// tare checkpoint.
#include "runtime/base/error.h"
#include "runtime/cli/verbs.h"

namespace tare::cli {

int checkpoint_command(const CommandLine&) {
  throw Error("checkpoint is not there yet");
}

}  // namespace tare::cli
