// Both streams go to memory files that are read when the program has ended, so that it can neither
// wait for us nor we for it. They, and /dev/null, are all that it inherits: every descriptor of
// ours is close-on-exec.
#include "runtime/container/host_program.h"

#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>

#include "runtime/base/error.h"
#include "runtime/base/fd.h"
#include "runtime/base/strings.h"
#include "runtime/base/sys.h"

namespace tare {
namespace {

constexpr size_t kMostOutput = 64U << 20U;
constexpr size_t kMostComplaint = 4096;  // of its standard error, in ours

class SpawnActions {
 public:
  SpawnActions() { ::posix_spawn_file_actions_init(&actions_); }
  ~SpawnActions() { ::posix_spawn_file_actions_destroy(&actions_); }
  SpawnActions(const SpawnActions&) = delete;
  SpawnActions& operator=(const SpawnActions&) = delete;
  void put(const Fd& fd, int number) {
    ::posix_spawn_file_actions_adddup2(&actions_, fd.get(), number);
  }
  const posix_spawn_file_actions_t* get() const { return &actions_; }

 private:
  posix_spawn_file_actions_t actions_;
};

// Every signal as new: engines start us with some ignored.
class SpawnAttributes {
 public:
  SpawnAttributes() {
    sigset_t all, none;
    ::sigfillset(&all);
    ::sigemptyset(&none);
    ::posix_spawnattr_init(&attributes_);
    ::posix_spawnattr_setsigdefault(&attributes_, &all);
    ::posix_spawnattr_setsigmask(&attributes_, &none);
    ::posix_spawnattr_setflags(&attributes_, POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK);
  }
  ~SpawnAttributes() { ::posix_spawnattr_destroy(&attributes_); }
  SpawnAttributes(const SpawnAttributes&) = delete;
  SpawnAttributes& operator=(const SpawnAttributes&) = delete;
  const posix_spawnattr_t* get() const { return &attributes_; }

 private:
  posix_spawnattr_t attributes_;
};

std::string contents(const Fd& file, std::string_view object) {
  if (::lseek(file.get(), 0, SEEK_SET) != 0) throw Error(errno, "lseek", object);
  return sys::read_all(file, kMostOutput, object);
}

int wait_for(pid_t pid, const std::string& name) {
  int status = 0;
  while (::waitpid(pid, &status, 0) < 0) {
    if (errno != EINTR) throw Error(errno, "waitpid", name);
  }
  return status;
}

std::string ending(int status) {
  if (WIFSIGNALED(status)) return "killed by signal " + std::to_string(WTERMSIG(status));
  return "exit status " + std::to_string(WEXITSTATUS(status));
}

}  // namespace

std::vector<char*> pointers(const std::vector<std::string>& texts) {
  std::vector<char*> result;
  result.reserve(texts.size() + 1);
  for (const std::string& text : texts) result.push_back(const_cast<char*>(text.c_str()));
  result.push_back(nullptr);
  return result;
}

std::optional<std::string> find_program(const std::string& name) {
  const char* path = ::getenv("PATH");
  for (std::string_view folder : split(path == nullptr ? kDefaultPath : path, ':')) {
    if (!folder.starts_with('/')) continue;
    std::string file = std::string(folder) + "/" + name;
    struct stat status {};  // not there, or not for us: in a directory of somebody else's
    if (::stat(file.c_str(), &status) != 0) continue;
    if (S_ISREG(status.st_mode) && (status.st_mode & 0111U) != 0) return file;
  }
  return std::nullopt;
}

std::string output_of(const std::vector<std::string>& command) {
  const std::string& name = command.front();
  auto path = find_program(name);
  if (!path) throw Error("exec: " + quote(name) + ": executable file not found in $PATH");
  Fd output = sys::memfd_create(name.c_str(), 0);
  Fd complaint = sys::memfd_create(name.c_str(), 0);
  Fd input = sys::openat(AT_FDCWD, "/dev/null", O_RDONLY);
  SpawnActions actions;
  actions.put(input, STDIN_FILENO);
  actions.put(output, STDOUT_FILENO);
  actions.put(complaint, STDERR_FILENO);

  pid_t pid = 0;
  int error = ::posix_spawn(&pid, path->c_str(), actions.get(), SpawnAttributes().get(),
                            pointers(command).data(), environ);
  if (error != 0) throw Error(error, "exec", *path);
  if (int status = wait_for(pid, name); status != 0) {
    std::string text = contents(complaint, name).substr(0, kMostComplaint);
    throw Error(name + ": " + ending(status) + (text.empty() ? "" : ": " + quote(trim(text))));
  }
  return contents(output, name);
}

}  // namespace tare
