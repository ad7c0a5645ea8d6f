// tare kill: a signal to the init process, or to every process, of a container or of several.
#include "runtime/container/kill.h"

#include "runtime/cli/globals.h"
#include "runtime/cli/verbs.h"
#include "runtime/container/matching.h"

namespace tare::cli {

int kill_command(const CommandLine& line) {
  int signal = parse_signal(line.arguments.size() > 1 ? line.arguments[1] : "TERM");
  KillScope scope = line.options.flag(Tag::All) ? KillScope::All : KillScope::Init;
  if (!line.options.flag(Tag::Regex)) {
    kill(find_container(line, Lock::No), signal, scope);
    return 0;
  }
  auto store = Store::open(state_root(line.options));
  if (!store) return 0;
  for_each_matching(*store, line.arguments[0], [&](const std::string& id) {
    // Deleted meanwhile, it needs no signal.
    if (auto directory = store->try_find(id)) kill(*directory, signal, scope);
  });
  return 0;
}

}  // namespace tare::cli
