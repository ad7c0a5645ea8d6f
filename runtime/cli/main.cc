// The only place that says an error: on standard error and, with --log, in the engine's log file.
// Everything below throws; everything below main() may be called many times in one process.
#include <fcntl.h>
#include <signal.h>
#include <unistd.h>

#include "runtime/base/error.h"
#include "runtime/base/log.h"
#include "runtime/base/sys.h"
#include "runtime/cli/commands.h"
#include "runtime/cli/globals.h"
#include "runtime/cli/help.h"
#include "runtime/cli/output.h"
#include "runtime/container/inherited.h"

namespace tare::cli {
namespace {

constexpr int kFailure = 1;  // of everything but a command with a status of its own

// The caller may have closed 0, 1 or 2: no descriptor of ours may take such a number, or a
// container would inherit it as its standard stream.
void open_missing_standard_streams() {
  for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; ++fd) {
    if (::fcntl(fd, F_GETFD) >= 0) continue;
    Fd null = sys::openat(AT_FDCWD, "/dev/null", O_RDWR);  // takes the lowest free number: fd
    sys::set_inheritable(null.get());
    null.release();
  }
}

void refuse_set_user_id() {
  if (::getuid() != ::geteuid() || ::getgid() != ::getegid()) {
    throw Error("refusing to run with set-user-ID or set-group-ID rights");
  }
}

int failure_status(const CommandLine& line) {
  return line.command == nullptr ? kFailure : line.command->failure;
}

int misused(const CommandLine& line, const std::string& mistake, const std::string& detail) {
  print("Incorrect Usage" + detail + "\n\n" + help_text(line.program, line.command));
  log_error(mistake);
  return failure_status(line);
}

// Called as runc, we say a failed mount in the words that callers of runc look for.
int run_command(const CommandLine& line) {
  constexpr std::string_view kMount = ": mount #";
  try {
    return line.command->run(line);
  } catch (const Error& error) {
    std::string what = error.what();
    size_t mount = line.program == "runc" ? what.find(kMount) : std::string::npos;
    if (mount == std::string::npos) throw;
    throw Error(std::string("runc ") + line.command->name +
                " failed: unable to start container process: error during container init: "
                "error mounting #" +
                what.substr(mount + kMount.size()));
  }
}

// `failure` becomes the exit status of an Error as soon as the command is known.
int run(int argc, char** argv, int& failure) {
  open_missing_standard_streams();
  // Descriptors leaked by the caller (containerd's socket, buildah's pipes) stay ours alone.
  sys::close_range_cloexec(STDERR_FILENO + 1);
  refuse_set_user_id();
  if (argc < 1) throw Error("called without arguments, not even a program name");

  // Engines may have it ignored, and then no child's end can be waited for.
  ::signal(SIGCHLD, SIG_DFL);

  CommandLine line = read_command_line(argc, argv);
  failure = failure_status(line);
  // Before anything of ours is opened: nothing of ours may lie among the container's descriptors.
  InheritedFds inherited(line.options.count(Tag::PreserveFds));
  line.inherited = &inherited;
  set_up_log(line.options);
  if (!line.mistake.empty()) return misused(line, line.mistake, ": " + line.mistake);
  if (line.options.flag(Tag::Version)) {
    print(version_text(line.program));
    return 0;
  }
  bool nothing_named = line.command == nullptr && !line.unknown_command;
  if (line.options.flag(Tag::Help) || nothing_named) {
    print(help_text(line.program, line.command));
    return 0;
  }
  if (line.unknown_command) return no_such_command(*line.unknown_command);
  if (auto mistake = wrong_argument_count(line); !mistake.empty()) {
    return misused(line, mistake, ".");
  }
  return run_command(line);
}

}  // namespace
}  // namespace tare::cli

int main(int argc, char** argv) {
  int failure = tare::cli::kFailure;
  try {
    return tare::cli::run(argc, argv, failure);
  } catch (const std::exception& error) {
    tare::log_error(error.what());
    return failure;
  }
}
