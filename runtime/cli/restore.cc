// tare restore.
#include "runtime/base/error.h"
#include "runtime/cli/verbs.h"

namespace tare::cli {

int restore_command(const CommandLine&) {
  throw Error("restore is not there yet");
}

}  // namespace tare::cli
