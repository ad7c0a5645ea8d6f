// tare exec.
#include "runtime/base/error.h"
#include "runtime/cli/verbs.h"

namespace tare::cli {

int exec_command(const CommandLine&) {
  throw Error("exec is not there yet");
}

}  // namespace tare::cli
