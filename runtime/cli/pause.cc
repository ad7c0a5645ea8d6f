// tare pause.
#include "runtime/base/error.h"
#include "runtime/cli/verbs.h"

namespace tare::cli {

int pause_command(const CommandLine&) {
  throw Error("pause is not there yet");
}

}  // namespace tare::cli
