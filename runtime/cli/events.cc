// tare events.
#include "runtime/base/error.h"
#include "runtime/cli/verbs.h"

namespace tare::cli {

int events_command(const CommandLine&) {
  throw Error("events is not there yet");
}

}  // namespace tare::cli
