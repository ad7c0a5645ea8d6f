// Which kernel parameters a container may set: those that a namespace has a copy of (an allow-list:
// everything else is the host's, CVE-2022-0811 and its kind). Both spellings are brought to one
// form first, so no name can pass the list in one and mean another file in the other.
#include "oci/sysctl.h"

#include <algorithm>

#include "runtime/base/strings.h"

namespace tare::oci {
namespace {

constexpr std::string_view kIpcParameters[] = {
    "kernel/msgmax", "kernel/msgmnb", "kernel/msgmni", "kernel/sem",
    "kernel/shmall", "kernel/shmmax", "kernel/shmmni", "kernel/shm_rmid_forced"};

bool is_component(std::string_view text) {
  constexpr std::string_view kAllowed =
      "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_-.";
  return !text.empty() && text != "." && text != ".." &&
         text.find_first_not_of(kAllowed) == std::string_view::npos;
}

}  // namespace

std::optional<std::string> sysctl_path(std::string_view name) {
  std::string path(name);
  size_t first = path.find_first_of("./");
  if (first != std::string::npos && path[first] == '.') {
    for (char& c : path) {
      if (c == '.') {
        c = '/';
      } else if (c == '/') {
        c = '.';
      }
    }
  }
  std::vector<std::string_view> components = split(path, '/');
  if (!std::all_of(components.begin(), components.end(), is_component)) return std::nullopt;
  return path;
}

std::string_view sysctl_namespace(std::string_view path) {
  if (std::find(std::begin(kIpcParameters), std::end(kIpcParameters), path) !=
          std::end(kIpcParameters) ||
      path.starts_with("fs/mqueue/")) {
    return "ipc";
  }
  if (path.starts_with("net/")) return "network";
  if (path == "kernel/domainname") return "uts";
  if (path.starts_with("user/")) return "user";
  return "";
}

}  // namespace tare::oci
