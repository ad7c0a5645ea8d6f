// tare ps.
#include "runtime/base/error.h"
#include "runtime/cli/verbs.h"

namespace tare::cli {

int ps_command(const CommandLine&) {
  throw Error("ps is not there yet");
}

}  // namespace tare::cli
