// tare delete: removes a container and everything it holds. With --force an unknown id is success:
// containerd calls it once more for every container that is deleted already.
#include "runtime/container/delete.h"

#include "runtime/base/error.h"
#include "runtime/cli/globals.h"
#include "runtime/cli/verbs.h"

namespace tare::cli {

int delete_command(const CommandLine& line) {
  const std::string& id = line.arguments[0];
  check_container_id(id);
  Force force = line.options.flag(Tag::Force) ? Force::Yes : Force::No;
  auto store = Store::open(state_root(line.options));
  if (store) {
    remove_container(*store, id, force);
  } else if (force == Force::No) {
    throw Error("container does not exist");
  }
  return 0;
}

}  // namespace tare::cli
