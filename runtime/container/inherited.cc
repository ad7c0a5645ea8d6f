// Must run before anything else is opened.
#include "runtime/container/inherited.h"

#include <fcntl.h>
#include <sys/stat.h>

#include <cerrno>
#include <cstdlib>
#include <string_view>

#include "runtime/base/error.h"
#include "runtime/base/strings.h"

namespace tare {
namespace {

constexpr int kFirst = 3;
constexpr int kMaxPreserved = 1 << 16;

int announced_fds() {
  const char* number = std::getenv("LISTEN_FDS");
  if (number == nullptr) return 0;
  const char* pid = std::getenv("LISTEN_PID");
  bool ours = pid == nullptr || *pid == '\0' || parse_number<pid_t>(pid) == ::getpid();
  int count = parse_number<int>(number).value_or(0);
  return ours && count > 0 && count < kMaxPreserved ? count : 0;
}

}  // namespace

InheritedFds::InheritedFds(int preserve_fds) noexcept : listen_fds_(announced_fds()) {
  if (preserve_fds > kMaxPreserved) {
    trouble_ = Error("--preserve-fds must not exceed " + std::to_string(kMaxPreserved));
    return;
  }
  count_ = preserve_fds + listen_fds_;
  for (int fd = kFirst; fd < kFirst + count_ && !trouble_; ++fd) {
    if (::fcntl(fd, F_GETFD) >= 0) {
      preserved_.push_back(fd);
    } else {
      plug(fd);
    }
  }
  if (trouble_) plugs_.clear();  // there is to be room for the log
}

void InheritedFds::plug(int fd) {
  int opened = ::open("/dev/null", O_PATH | O_CLOEXEC);
  if (opened >= 0) plugs_.emplace_back(opened);
  // The lowest free number is this one; another one means that the limit of files is in the way.
  if (opened != fd) {
    trouble_ = Error(opened < 0 ? errno : EMFILE, "preserve descriptor", std::to_string(fd));
  }
}

void InheritedFds::require() const {
  if (trouble_) throw Error(*trouble_);
}

uint32_t caller_umask() {
  mode_t mask = ::umask(0);
  ::umask(mask);
  return mask;
}

}  // namespace tare
