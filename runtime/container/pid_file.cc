// The path is the caller's, on the host. Newer conmon takes the mere existence of the file for
// success.
#include "runtime/container/pid_file.h"

#include <fcntl.h>
#include <unistd.h>

#include "runtime/base/error.h"
#include "runtime/base/sys.h"

namespace tare {

PidFile::PidFile(std::string path, pid_t pid) {
  if (path.empty()) return;
  Scope scope("pid file " + path);
  sys::replace_file_at(AT_FDCWD, path, std::to_string(pid), 0666);
  path_ = std::move(path);
}

PidFile::~PidFile() {
  if (!path_.empty()) ::unlinkat(AT_FDCWD, path_.c_str(), 0);
}

}  // namespace tare
