// tare resume.
#include "runtime/base/error.h"
#include "runtime/cli/verbs.h"

namespace tare::cli {

int resume_command(const CommandLine&) {
  throw Error("resume is not there yet");
}

}  // namespace tare::cli
