// No byte may be lost and no direction may block the other, nor the signals: each holds one buffer,
// and is either reading into it when empty or writing it out. Descriptors are made non-blocking,
// but never those we were given: the flag would belong to the caller's shell as well.
//
// The host's terminal keeps turning NL into CR NL, so the container's must not (ONLCR, termios(3)).
#include "runtime/container/terminal.h"

#include <fcntl.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <string>

#include "runtime/base/error.h"
#include "runtime/base/sys.h"

namespace tare {
namespace {

Fd duplicate(int fd) {
  int copy = ::fcntl(fd, F_DUPFD_CLOEXEC, 3);
  if (copy < 0) throw Error(errno, "dup", "standard stream " + std::to_string(fd));
  return Fd(copy);
}

// The same pipe or device through an open file of its own, non-blocking. Others cannot be opened
// twice: a file would start at offset 0 again, a socket refuses. A file never blocks anyway.
Fd open_again(int fd, int access) {
  struct stat status {};
  if (::fstat(fd, &status) == 0 && (S_ISCHR(status.st_mode) || S_ISFIFO(status.st_mode))) {
    std::string path = "/proc/self/fd/" + std::to_string(fd);
    Fd again(::open(path.c_str(), access | O_NONBLOCK | O_NOCTTY | O_CLOEXEC));
    if (again) return again;
  }
  return duplicate(fd);
}

void clear_newline_conversion(const Fd& master) {
  termios settings{};
  if (::tcgetattr(master.get(), &settings) != 0) throw Error(errno, "tcgetattr", "console");
  settings.c_oflag &= ~static_cast<tcflag_t>(ONLCR);
  if (::tcsetattr(master.get(), TCSANOW, &settings) != 0)
    throw Error(errno, "tcsetattr", "console");
}

Fd nonblocking_copy(const Fd& master) {
  int flags = ::fcntl(master.get(), F_GETFL);
  if (flags < 0 || ::fcntl(master.get(), F_SETFL, flags | O_NONBLOCK) != 0) {
    throw Error(errno, "fcntl", "console");
  }
  return sys::dup_cloexec(master);
}

bool is_later(int error) {
  return error == EAGAIN || error == EINTR;
}

}  // namespace

HostTerminal::HostTerminal() {
  for (int fd : {STDERR_FILENO, STDOUT_FILENO, STDIN_FILENO}) {
    if (::isatty(fd) != 1) continue;
    fd_ = duplicate(fd);
    return;
  }
  fd_ = sys::openat(AT_FDCWD, "/dev/tty", O_RDWR | O_NOCTTY);
}

HostTerminal::~HostTerminal() {
  if (raw_) ::tcsetattr(fd_.get(), TCSANOW, &saved_);
}

void HostTerminal::make_raw() {
  if (::tcgetattr(fd_.get(), &saved_) != 0) throw Error(errno, "tcgetattr", "terminal");
  termios raw = saved_;
  ::cfmakeraw(&raw);
  raw.c_oflag = saved_.c_oflag;
  if (::tcsetattr(fd_.get(), TCSANOW, &raw) != 0) throw Error(errno, "tcsetattr", "terminal");
  raw_ = true;
}

void HostTerminal::copy_size(const Fd& master) const {
  winsize size{};
  // A terminal without a size, or one that is gone by now, leaves the container's as it is.
  if (::ioctl(fd_.get(), TIOCGWINSZ, &size) != 0 || (size.ws_row == 0 && size.ws_col == 0)) return;
  ::ioctl(master.get(), TIOCSWINSZ, &size);
}

pollfd Flow::source_entry() const {
  return {source_ && !holds_bytes() ? source_.get() : -1, POLLIN, 0};
}

pollfd Flow::sink_entry() const {
  return {holds_bytes() ? sink_.get() : -1, POLLOUT, 0};
}

void Flow::fill() {
  ssize_t n = ::read(source_.get(), buffer_.data(), buffer_.size());
  if (n < 0 && is_later(errno)) return;
  if (n <= 0) {
    // EIO is the end as well: of a pty without a slave, and of a terminal we are in the background
    // of.
    source_.reset();
    return;
  }
  begin_ = 0;
  end_ = sink_ ? static_cast<size_t>(n) : 0;
}

void Flow::flush() {
  ssize_t n = ::write(sink_.get(), buffer_.data() + begin_, end_ - begin_);
  if (n < 0 && is_later(errno)) return;
  if (n < 0) {
    sink_.reset();
    begin_ = end_;
    return;
  }
  begin_ += static_cast<size_t>(n);
}

TerminalProxy::TerminalProxy(Fd master)
    : master_(std::move(master)),
      // Fails only where the pty's file system is gone, and then the end of file is right.
      slave_(::ioctl(master_.get(), TIOCGPTPEER, O_RDWR | O_NOCTTY | O_CLOEXEC)),
      to_container_(open_again(STDIN_FILENO, O_RDONLY), nonblocking_copy(master_)),
      to_host_(nonblocking_copy(master_), open_again(STDOUT_FILENO, O_WRONLY)) {
  clear_newline_conversion(master_);
  copy_size();
  host_.make_raw();
}

void TerminalProxy::prepare(std::span<pollfd, kEntries> entries) const {
  entries[0] = to_container_.source_entry();
  entries[1] = to_container_.sink_entry();
  entries[2] = to_host_.source_entry();
  entries[3] = to_host_.sink_entry();
}

void TerminalProxy::transfer(std::span<const pollfd, kEntries> entries) {
  if (entries[0].revents != 0) to_container_.fill();
  if (entries[1].revents != 0) to_container_.flush();
  if (entries[2].revents != 0) to_host_.fill();
  if (entries[3].revents != 0) to_host_.flush();
}

void TerminalProxy::finish(const Fd& interrupt) {
  // More than a pty holds: a process that was left behind may go on writing for ever.
  constexpr int kFills = 16;
  for (int fills = 0;;) {
    if (!to_host_.holds_bytes()) {
      if (!to_host_.source_open() || fills++ == kFills) return;
      to_host_.fill();
      if (!to_host_.holds_bytes()) return;
    }
    std::array<pollfd, 2> entries{{to_host_.sink_entry(), {interrupt.get(), POLLIN, 0}}};
    if (::poll(entries.data(), entries.size(), -1) < 0 && errno != EINTR) return;
    if (entries[1].revents != 0) return;
    if (entries[0].revents != 0) to_host_.flush();
  }
}

}  // namespace tare
