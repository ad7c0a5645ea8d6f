// tare delete: removes a container, or several, and everything they hold. With --force an unknown
// id is success: containerd calls it once more for every container that is deleted already.
#include "runtime/container/delete.h"

#include "runtime/base/error.h"
#include "runtime/cli/globals.h"
#include "runtime/cli/verbs.h"
#include "runtime/container/matching.h"

namespace tare::cli {
namespace {

void delete_one(const std::optional<Store>& store, const std::string& id, Force force) {
  check_container_id(id);
  if (store) {
    remove_container(*store, id, force);
  } else if (force == Force::No) {
    throw Error("container does not exist");
  }
}

void delete_matching(const std::optional<Store>& store, const std::string& pattern, Force force) {
  if (!store) return;
  for_each_matching(*store, pattern, [&](const std::string& id) {
    // Deleted meanwhile, it is what was asked for.
    if (store->try_find(id)) remove_container(*store, id, force);
  });
}

}  // namespace

int delete_command(const CommandLine& line) {
  Force force = line.options.flag(Tag::Force) ? Force::Yes : Force::No;
  auto remove = line.options.flag(Tag::Regex) ? delete_matching : delete_one;
  remove(Store::open(state_root(line.options)), line.arguments[0], force);
  return 0;
}

}  // namespace tare::cli
