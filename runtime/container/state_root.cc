// An ordinary user's state never goes to a place that others can write: without a runtime directory
// of its own there is no default.
#include "runtime/container/state_root.h"

#include <fcntl.h>
#include <unistd.h>

#include <cstdlib>
#include <string_view>

#include "runtime/base/error.h"
#include "runtime/base/strings.h"
#include "runtime/base/sys.h"
#include "runtime/base/user_namespace.h"

namespace tare {
namespace {

std::string_view environment(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? std::string_view() : value;
}

bool is_own_directory(const std::string& path) {
  auto status = sys::try_fstatat(AT_FDCWD, path);
  return status && S_ISDIR(status->st_mode) && status->st_uid == ::geteuid();
}

}  // namespace

std::string default_state_root() {
  std::string_view runtime_dir = environment("XDG_RUNTIME_DIR");
  bool nested =
      !runtime_dir.empty() && environment("USER") != "root" && !in_initial_user_namespace();
  bool ordinary = ::geteuid() != 0 || nested;
  if (!ordinary) return "/run/tare";
  if (runtime_dir.empty()) {
    std::string usual = "/run/user/" + std::to_string(::geteuid());
    if (is_own_directory(usual)) return usual + "/tare";
    throw Error("no place for the state of containers: XDG_RUNTIME_DIR is not set")
        .with_hint("set it, or give --root");
  }
  if (!runtime_dir.starts_with('/')) throw Error("XDG_RUNTIME_DIR is not an absolute path");
  return std::string(runtime_dir) + "/tare";
}

}  // namespace tare
