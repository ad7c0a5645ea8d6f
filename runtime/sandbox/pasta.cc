// When it is ready, pasta goes on in the background, and the end of the process that was started
// says so. The kernel drops a parent-death signal when a process takes on the rights of another
// user namespace, as pasta does; so a child of ours, a copy of us that runs nothing else, adopts
// it, waits for the end of a pipe whose other end we have, and kills it then.
//
// Nothing of the host's loopback interface is reachable: no ports are forwarded to either side, and
// the address of the gateway is no alias of the host.
#include "runtime/sandbox/pasta.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <string>
#include <utility>
#include <vector>

#include "runtime/base/error.h"
#include "runtime/base/strings.h"
#include "runtime/base/sys.h"
#include "runtime/container/host_program.h"

namespace tare::sandbox {
namespace {

constexpr int kPatience = 10'000;  // milliseconds until it has to be ready
constexpr size_t kMostComplaint = 4096;

std::vector<std::string> command_line(const std::string& program, pid_t target) {
  std::vector<std::string> line = {program,       "--quiet",       "--config-net",
                                   "--no-map-gw", "--dns-forward", kResolver};
  for (const char* forwarding : {"-t", "-u", "-T", "-U"})
    line.insert(line.end(), {forwarding, "none"});
  // Otherwise it becomes nobody, whom the namespaces do not belong to.
  if (::geteuid() == 0) line.insert(line.end(), {"--runas", "0:0"});
  line.push_back(std::to_string(target));
  return line;
}

[[noreturn]] void become_pasta(const std::vector<std::string>& line, const Fd& complaint) {
  sys::reset_signals();
  Fd null = sys::openat(AT_FDCWD, "/dev/null", O_RDONLY);
  ::dup2(null.get(), STDIN_FILENO);
  ::dup2(complaint.get(), STDOUT_FILENO);
  ::dup2(complaint.get(), STDERR_FILENO);
  ::execv(line[0].c_str(), pointers(line).data());
  ::_exit(127);
}

// Everything but what it needs is let go: a pipe of ours held here would seem to be still in use.
void let_go_of_all_but(std::array<int, 3> kept) {
  auto is_kept = [&](int fd) { return fd == kept[0] || fd == kept[1] || fd == kept[2]; };
  Fd open = sys::openat(AT_FDCWD, "/proc/self/fd", O_RDONLY | O_DIRECTORY);
  for (const std::string& name : sys::list_directory(open)) {
    auto fd = parse_number<int>(name);
    if (fd && *fd > STDERR_FILENO && !is_kept(*fd) && *fd != open.get()) ::close(*fd);
  }
}

// What pasta has left to us; 0: nothing.
pid_t adopted() {
  std::string self = std::to_string(::getpid());
  std::string path = "/proc/self/task/" + self + "/children";  // proc(5)
  return parse_number<pid_t>(trim(sys::read_file_at(AT_FDCWD, path))).value_or(0);
}

// Until it has ended, or we are to end it.
void watch(pid_t pasta, const Fd& lifeline) {
  Fd pidfd = sys::pidfd_open(pasta);
  std::array<pollfd, 2> entries = {pollfd{lifeline.get(), POLLIN, 0}, {pidfd.get(), POLLIN, 0}};
  while (::poll(entries.data(), entries.size(), -1) < 0 && errno == EINTR) {
  }
  ::kill(pasta, SIGKILL);
  ::waitpid(pasta, nullptr, 0);
}

struct Start {
  std::string program;
  pid_t target;
  sys::Pipe lifeline = sys::pipe(), ready = sys::pipe();
  Fd complaint = sys::memfd_create("pasta", 0);  // what it writes
};

[[noreturn]] void be_the_watcher(const Start& start) {
  try {
    const Fd &lifeline = start.lifeline.reader, &ready = start.ready.writer;
    let_go_of_all_but({lifeline.get(), ready.get(), start.complaint.get()});
    ::setsid();  // out of reach of what is sent to our process group
    ::prctl(PR_SET_CHILD_SUBREAPER, 1);
    ::signal(SIGPIPE, SIG_IGN);
    pid_t starting = ::fork();
    if (starting == 0) become_pasta(command_line(start.program, start.target), start.complaint);
    int status = -1;
    ::waitpid(starting, &status, 0);
    pid_t pasta = status == 0 ? adopted() : 0;
    if (pasta > 0) {
      // Nobody may hear it: when tare has been killed meanwhile, the watch is short.
      [[maybe_unused]] ssize_t size = ::write(ready.get(), "+", 1);
      watch(pasta, lifeline);
    }
  } catch (const Error&) {
  }
  ::_exit(0);
}

std::string contents(const Fd& complaint) {
  ::lseek(complaint.get(), 0, SEEK_SET);
  return escape(trim(sys::read_all(complaint, 1U << 20U, "pasta").substr(0, kMostComplaint)));
}

}  // namespace

Pasta::Pasta(pid_t target) : Pasta() {
  std::string its = "/proc/" + std::to_string(target) + "/ns/net";
  if (sys::is_same_file(its, "/proc/self/ns/net")) throw Error("pasta: the network is the host's");
  auto program = find_program("pasta");
  if (!program) {
    throw Error("--network pasta: there is no program pasta")
        .with_hint("apt install passt, or dnf install passt");
  }
  Start start{*program, target};
  watcher_ = ::fork();
  if (watcher_ < 0) throw Error(errno, "fork", "for pasta");
  if (watcher_ == 0) be_the_watcher(start);
  lifeline_ = std::move(start.lifeline.writer);
  start.ready.writer.reset();
  char byte = 0;
  if (!sys::poll_readable(start.ready.reader, kPatience)) throw Error("pasta: not ready in time");
  if (::read(start.ready.reader.get(), &byte, 1) == 1) return;
  throw Error("pasta: " + contents(start.complaint));
}

Pasta::~Pasta() {
  lifeline_.reset();
  if (watcher_ > 0) ::waitpid(watcher_, nullptr, 0);
}

Pasta::Pasta(Pasta&& other) noexcept
    : lifeline_(std::move(other.lifeline_)), watcher_(std::exchange(other.watcher_, -1)) {}

Pasta& Pasta::operator=(Pasta&& other) noexcept {
  std::swap(lifeline_, other.lifeline_);
  std::swap(watcher_, other.watcher_);
  return *this;
}

}  // namespace tare::sandbox
