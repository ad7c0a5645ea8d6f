// tare update.
#include "runtime/base/error.h"
#include "runtime/cli/verbs.h"

namespace tare::cli {

int update_command(const CommandLine&) {
  throw Error("update is not there yet");
}

}  // namespace tare::cli
