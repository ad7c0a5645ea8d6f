// Read once: we never change our own user namespace. A kernel without them has no map.
#include "runtime/base/user_namespace.h"

#include <unistd.h>

#include <string>
#include <vector>

#include "runtime/base/strings.h"
#include "runtime/base/sys.h"

namespace tare {
namespace {

bool has_identity_map() {
  auto map = sys::try_read_file_at(AT_FDCWD, "/proc/self/uid_map");
  return !map || words(*map) == std::vector<std::string>{"0", "0", "4294967295"};
}

}  // namespace

bool in_initial_user_namespace() {
  static const bool initial = has_identity_map();
  return initial;
}

bool is_rootless() {
  return ::geteuid() != 0 || !in_initial_user_namespace();
}

}  // namespace tare
