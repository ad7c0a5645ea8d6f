// One JSON object a line, with the names that bwrap(1) gives them.
#include "runtime/sandbox/status_lines.h"

#include <fcntl.h>
#include <unistd.h>

#include "oci/json.h"
#include "runtime/base/sys.h"

namespace tare::sandbox {
namespace {

using oci::json::Object;
using oci::json::Value;

std::string line(Object object) {
  return oci::json::write(Value(std::move(object))) + "\n";
}

}  // namespace

std::string child_line(pid_t command) {
  Object object{{"child-pid", Value(command)}};
  for (const char* name : {"cgroup", "ipc", "mnt", "net", "pid", "user", "uts"}) {
    std::string path = "/proc/" + std::to_string(command) + "/ns/" + name;
    auto status = sys::try_fstatat(AT_FDCWD, path);
    if (status) object.push_back({std::string(name) + "-namespace", Value(status->st_ino)});
  }
  return line(std::move(object));
}

std::string exit_line(int status) {
  return line({{"exit-code", Value(status)}});
}

void tell(int fd, const std::string& line) {
  [[maybe_unused]] ssize_t written = ::write(fd, line.data(), line.size());
}

}  // namespace tare::sandbox
