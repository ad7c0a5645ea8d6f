// tare kill: a signal to the init process, or to every process of the container.
#include "runtime/container/kill.h"

#include "runtime/cli/globals.h"
#include "runtime/cli/verbs.h"

namespace tare::cli {

int kill_command(const CommandLine& line) {
  int signal = parse_signal(line.arguments.size() > 1 ? line.arguments[1] : "TERM");
  ContainerDirectory directory = find_container(line, Lock::No);
  kill(directory, signal, line.options.flag(Tag::All) ? KillScope::All : KillScope::Init);
  return 0;
}

}  // namespace tare::cli
