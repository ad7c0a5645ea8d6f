// The process, mount and socket half of sys.h.
#include <linux/close_range.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <sys/mount.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <sys/un.h>
#include <sys/wait.h>

#include <cerrno>
#include <cstring>

#include "runtime/base/error.h"
#include "runtime/base/paths.h"
#include "runtime/base/strings.h"
#include "runtime/base/sys.h"

namespace tare::sys {
namespace {

constexpr int kBacklog = 16;
constexpr size_t kMaxFds = 16;  // with one message

// Of a unix stream socket it bounds connect(2), too.
void set_send_timeout(const Fd& socket, int timeout_ms) {
  timeval limit{timeout_ms / 1000, (timeout_ms % 1000) * 1000};
  if (::setsockopt(socket.get(), SOL_SOCKET, SO_SNDTIMEO, &limit, sizeof limit) != 0) {
    throw Error(errno, "setsockopt", "SO_SNDTIMEO");
  }
}

// Fills `address` with a path that always fits: a long one goes through its directory's descriptor.
Fd unix_address(const std::string& path, sockaddr_un& address) {
  address = {};
  address.sun_family = AF_UNIX;
  if (path.size() < sizeof address.sun_path) {
    std::memcpy(address.sun_path, path.c_str(), path.size() + 1);
    return {};
  }
  Fd directory = openat(AT_FDCWD, parent_path(path), O_PATH | O_DIRECTORY);
  std::string through =
      "/proc/self/fd/" + std::to_string(directory.get()) + "/" + std::string(base_name(path));
  if (through.size() >= sizeof address.sun_path) throw Error(ENAMETOOLONG, "connect", quote(path));
  std::memcpy(address.sun_path, through.c_str(), through.size() + 1);
  return directory;
}

}  // namespace

Fd open_tree(int dirfd, const std::string& path, unsigned flags) {
  long fd = ::syscall(SYS_open_tree, dirfd, path.c_str(), flags | O_CLOEXEC);
  if (fd < 0) throw Error(errno, "open_tree", path);
  return Fd(static_cast<int>(fd));
}

void mount_setattr(const Fd& tree, bool recursive, uint64_t set, uint64_t clear,
                   uint64_t propagation, int userns_fd) {
  struct mount_attr attributes {};
  attributes.attr_set = set;
  attributes.attr_clr = clear;
  attributes.propagation = propagation;
  attributes.userns_fd = userns_fd < 0 ? 0 : static_cast<uint64_t>(userns_fd);
  unsigned flags = AT_EMPTY_PATH | (recursive ? AT_RECURSIVE : 0U);
  if (::syscall(SYS_mount_setattr, tree.get(), "", flags, &attributes, sizeof attributes) != 0) {
    throw Error(errno, "mount_setattr", "");
  }
}

pid_t clone3(uint64_t flags, Fd* pidfd, int cgroup_fd) {
  struct clone_args arguments {};
  int received = -1;
  arguments.flags = flags;
  arguments.exit_signal = SIGCHLD;
  if (pidfd != nullptr) {
    arguments.flags |= CLONE_PIDFD;
    arguments.pidfd = reinterpret_cast<uint64_t>(&received);
  }
  if (cgroup_fd >= 0) {
    arguments.flags |= CLONE_INTO_CGROUP;
    arguments.cgroup = static_cast<uint64_t>(cgroup_fd);
  }
  long pid = ::syscall(SYS_clone3, &arguments, sizeof arguments);
  if (pid < 0) throw Error(errno, "clone3", "");
  if (pid > 0 && pidfd != nullptr) *pidfd = Fd(received);
  return static_cast<pid_t>(pid);
}

Fd pidfd_open(pid_t pid) {
  auto fd = try_pidfd_open(pid);
  if (!fd) throw Error(ESRCH, "pidfd_open", std::to_string(pid));
  return std::move(*fd);
}

std::optional<Fd> try_pidfd_open(pid_t pid) {
  long fd = ::syscall(SYS_pidfd_open, pid, 0);
  if (fd >= 0) return Fd(static_cast<int>(fd));
  // Linux before 6.15 says EINVAL when the process goes while it is looked up.
  if (errno == ESRCH || errno == EINVAL || errno == ENOENT) return std::nullopt;
  throw Error(errno, "pidfd_open", std::to_string(pid));
}

bool pidfd_send_signal(const Fd& pidfd, int signal) {
  if (::syscall(SYS_pidfd_send_signal, pidfd.get(), signal, nullptr, 0) == 0) return true;
  if (errno == ESRCH) return false;
  throw Error(errno, "pidfd_send_signal", std::to_string(signal));
}

std::optional<siginfo_t> waitid(const Fd& pidfd, int options) {
  siginfo_t info{};
  for (;;) {
    if (::waitid(P_PIDFD, static_cast<id_t>(pidfd.get()), &info, options) == 0) break;
    if (errno != EINTR) throw Error(errno, "waitid", "");
  }
  if (info.si_pid == 0) return std::nullopt;
  return info;
}

void reset_signals() noexcept {
  struct sigaction standard {};
  standard.sa_handler = SIG_DFL;
  // Refused for SIGKILL, SIGSTOP and libc's own two: they have no disposition to reset.
  for (int signal = 1; signal < NSIG; ++signal) ::sigaction(signal, &standard, nullptr);
  sigset_t none;
  ::sigemptyset(&none);
  ::sigprocmask(SIG_SETMASK, &none, nullptr);
}

void close_range_cloexec(unsigned first) {
  if (::syscall(SYS_close_range, first, ~0U, CLOSE_RANGE_CLOEXEC) != 0) {
    throw Error(errno, "close_range", "");
  }
}

void setns(const Fd& ns, int type, std::string_view object) {
  if (::setns(ns.get(), type) != 0) throw Error(errno, "setns", object);
}

void socketpair_seqpacket(Fd& ours, Fd& theirs) {
  int fds[2];
  if (::socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, fds) != 0) {
    throw Error(errno, "socketpair", "");
  }
  ours = Fd(fds[0]);
  theirs = Fd(fds[1]);
}

Fd connect_unix(const std::string& path, int timeout_ms) {
  Fd socket(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
  if (!socket) throw Error(errno, "socket", "");
  if (timeout_ms >= 0) set_send_timeout(socket, timeout_ms);
  sockaddr_un address;
  Fd directory = unix_address(path, address);
  if (::connect(socket.get(), reinterpret_cast<sockaddr*>(&address), sizeof address) != 0) {
    if (errno == EAGAIN) throw Error("connect " + path + ": its listener accepts nobody");
    throw Error(errno, "connect", path);
  }
  return socket;
}

Fd listen_unix_at(const Fd& directory, const std::string& name) {
  Fd socket(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
  if (!socket) throw Error(errno, "socket", "");
  sockaddr_un address;
  std::string path = "/proc/self/fd/" + std::to_string(directory.get()) + "/" + name;
  Fd none = unix_address(path, address);
  if (::bind(socket.get(), reinterpret_cast<sockaddr*>(&address), sizeof address) != 0) {
    throw Error(errno, "bind", name);
  }
  if (::listen(socket.get(), kBacklog) != 0) throw Error(errno, "listen", name);
  return socket;
}

void send_with_fds(const Fd& socket, std::span<const std::byte> bytes, std::span<const int> fds) {
  iovec part{const_cast<std::byte*>(bytes.data()), bytes.size()};
  alignas(cmsghdr) char control[CMSG_SPACE(sizeof(int) * kMaxFds)] = {};
  msghdr message{};
  message.msg_iov = &part;
  message.msg_iovlen = 1;
  if (fds.size() > kMaxFds) throw Error(E2BIG, "sendmsg", "");
  if (!fds.empty()) {
    message.msg_control = control;
    message.msg_controllen = CMSG_SPACE(sizeof(int) * fds.size());
    cmsghdr* header = CMSG_FIRSTHDR(&message);
    header->cmsg_level = SOL_SOCKET;
    header->cmsg_type = SCM_RIGHTS;
    header->cmsg_len = CMSG_LEN(sizeof(int) * fds.size());
    std::memcpy(CMSG_DATA(header), fds.data(), sizeof(int) * fds.size());
  }
  do {
    ssize_t sent = ::sendmsg(socket.get(), &message, MSG_NOSIGNAL);
    if (sent < 0 && errno == EINTR) continue;
    if (sent < 0) throw Error(errno, "sendmsg", "");
    bytes = bytes.subspan(static_cast<size_t>(sent));
    part = {const_cast<std::byte*>(bytes.data()), bytes.size()};
    message.msg_control = nullptr;
    message.msg_controllen = 0;
  } while (!bytes.empty());
}

Message receive_with_fds(const Fd& socket, std::span<std::byte> bytes, std::string_view object) {
  iovec part{bytes.data(), bytes.size()};
  alignas(cmsghdr) char control[CMSG_SPACE(sizeof(int) * kMaxFds)] = {};
  msghdr message{};
  message.msg_iov = &part;
  message.msg_iovlen = 1;
  message.msg_control = control;
  message.msg_controllen = sizeof control;
  ssize_t size = 0;
  do {
    size = ::recvmsg(socket.get(), &message, MSG_CMSG_CLOEXEC);
  } while (size < 0 && errno == EINTR);
  // It has died with something of ours unread.
  if (size < 0 && errno == ECONNRESET) return {};
  if (size < 0) throw Error(errno, "recvmsg", object);
  Message received;
  received.size = static_cast<size_t>(size);
  received.truncated = (message.msg_flags & (MSG_TRUNC | MSG_CTRUNC)) != 0;
  const cmsghdr* header = CMSG_FIRSTHDR(&message);
  if (header == nullptr || header->cmsg_type != SCM_RIGHTS) return received;
  int fds[kMaxFds];
  size_t count = (header->cmsg_len - CMSG_LEN(0)) / sizeof(int);
  std::memcpy(fds, CMSG_DATA(header), count * sizeof(int));
  for (size_t i = 0; i < count; ++i) received.fds.emplace_back(fds[i]);
  return received;
}

bool poll_readable(const Fd& fd, int timeout_ms) {
  pollfd entry{fd.get(), POLLIN, 0};
  for (;;) {
    int n = ::poll(&entry, 1, timeout_ms);
    if (n >= 0) return n > 0;
    if (errno != EINTR) throw Error(errno, "poll", "");
  }
}

}  // namespace tare::sys
