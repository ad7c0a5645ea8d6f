// The child between clone and execve: everything it needs is prepared before, so that it only makes
// system calls. Its standard streams are moved above 2 first: ours may have been closed, and then
// the pipes themselves have such numbers.
#include "runtime/container/hook_process.h"

#include <fcntl.h>
#include <linux/close_range.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <vector>

#include "runtime/base/error.h"
#include "runtime/base/sys.h"
#include "runtime/container/host_program.h"

namespace tare {
namespace {

constexpr int kExitLaunchFailed = 127;

void set_nonblocking(const Fd& fd) {
  if (::fcntl(fd.get(), F_SETFL, O_NONBLOCK) != 0) throw Error(errno, "fcntl", "O_NONBLOCK");
}

// All that the child uses.
struct Launch {
  const char* path;
  char* const* arguments;
  char* const* environment;
  const char* cwd;
  std::array<int, 3> streams;
  int error;
};

bool set_streams(Launch& launch) {
  for (int& stream : launch.streams) {
    stream = ::fcntl(stream, F_DUPFD_CLOEXEC, 3);
    if (stream < 0) return false;
  }
  launch.error = ::fcntl(launch.error, F_DUPFD_CLOEXEC, 3);
  for (int target = 0; target < 3; ++target) {
    if (::dup2(launch.streams[static_cast<size_t>(target)], target) < 0) return false;
  }
  return launch.error >= 0;
}

// A bundle that is gone must not keep a poststop hook from cleaning up.
bool enter(const char* cwd) {
  return ::chdir(cwd) == 0 || (errno == ENOENT && ::chdir("/") == 0);
}

// Nothing of ours and of the engine's reaches the hook. Not by sys::, which throws: an exception
// would go on in the parent's code.
bool hide_descriptors() {
  return ::syscall(SYS_close_range, 3U, ~0U, CLOSE_RANGE_CLOEXEC) == 0;
}

[[noreturn]] void run_child(Launch launch) {
  sys::reset_signals();
  if (::setpgid(0, 0) == 0 && set_streams(launch) && enter(launch.cwd) && hide_descriptors()) {
    ::execve(launch.path, launch.arguments, launch.environment);
  }
  int error = errno;
  [[maybe_unused]] ssize_t n = ::write(launch.error, &error, sizeof error);
  ::_exit(kExitLaunchFailed);
}

}  // namespace

HookProcess HookProcess::spawn(const oci::Hook& hook, const std::string& cwd) {
  HookProcess process;
  process.path_ = hook.path;
  const oci::Strings path_alone{hook.path};
  std::vector<char*> arguments = pointers(hook.args.empty() ? path_alone : hook.args);
  std::vector<char*> own_environment;
  if (hook.env) own_environment = pointers(*hook.env);
  sys::Pipe input = sys::pipe();
  sys::Pipe output = sys::pipe();
  sys::Pipe error = sys::pipe();
  sys::Pipe launch_error = sys::pipe();
  Launch launch{hook.path.c_str(),
                arguments.data(),
                hook.env ? own_environment.data() : ::environ,
                cwd.c_str(),
                {input.reader.get(), output.writer.get(), error.writer.get()},
                launch_error.writer.get()};
  process.pid_ = sys::clone3(0, &process.pidfd, -1);
  if (process.pid_ == 0) run_child(launch);
  process.input = std::move(input.writer);
  process.output = std::move(output.reader);
  process.error = std::move(error.reader);
  process.input_reader_ = std::move(input.reader);
  process.launch_error_ = std::move(launch_error.reader);
  for (const Fd* fd : {&process.input, &process.output, &process.error, &process.launch_error_}) {
    set_nonblocking(*fd);
  }
  return process;
}

HookProcess::HookProcess(HookProcess&& other) noexcept
    : pidfd(std::move(other.pidfd)),
      input(std::move(other.input)),
      output(std::move(other.output)),
      error(std::move(other.error)),
      pid_(std::exchange(other.pid_, 0)),
      input_reader_(std::move(other.input_reader_)),
      launch_error_(std::move(other.launch_error_)),
      path_(std::move(other.path_)) {}

HookProcess::~HookProcess() {
  if (pid_ == 0) return;
  kill_group();
  int status = 0;
  ::waitpid(pid_, &status, 0);
}

void HookProcess::kill_group() const {
  // Not reaped yet, so neither number can be another's. The process itself again: it may not have
  // made its group yet.
  ::kill(-pid_, SIGKILL);
  ::kill(pid_, SIGKILL);
}

siginfo_t HookProcess::reap() {
  auto info = sys::waitid(pidfd, WEXITED);
  pid_ = 0;
  return info.value_or(siginfo_t{});
}

std::optional<std::string> HookProcess::launch_failure() const {
  int launch_errno = 0;
  if (::read(launch_error_.get(), &launch_errno, sizeof launch_errno) != sizeof launch_errno) {
    return std::nullopt;
  }
  return "exec " + path_ + ": " + errno_text(launch_errno);
}

}  // namespace tare
