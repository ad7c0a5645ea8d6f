// The container gets a socket of ours instead of the manager's: what is said on that one counts as
// said by the service, and could stop or replace it. The folder is mounted when the container is
// created, the socket appears in it when it is started; it is gone, for both, once the container is
// ready or `start` has ended.
//
// Everything received is hostile: a datagram is read whole or cut, descriptors with it are dropped
// by the kernel, and nothing of it but the fact that it says READY=1 goes on.
#include "runtime/container/notify.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <vector>

#include "runtime/base/error.h"
#include "runtime/base/log.h"
#include "runtime/base/strings.h"
#include "runtime/base/sys.h"

namespace tare {
namespace {

constexpr const char* kFolder = "notify";
constexpr const char* kSocket = "notify.sock";
constexpr const char* kInside = "/run/notify";
constexpr size_t kMaxDatagram = 4096;
constexpr int kBurst = 64;            // datagrams, before we look at something else
constexpr int kBarrierTime = 30'000;  // milliseconds

Fd datagram_socket() {
  Fd socket(::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0));
  if (!socket) throw Error(errno, "socket", "");
  return socket;
}

Fd bind_socket(const Fd& folder) {
  sys::try_unlinkat(folder.get(), kSocket);
  std::string path = "/proc/self/fd/" + std::to_string(folder.get()) + "/" + kSocket;
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  path.copy(address.sun_path, sizeof address.sun_path - 1);
  Fd socket = datagram_socket();
  // Whatever user the container's process is, it may write. No chmod: that would follow a name.
  mode_t mask = ::umask(0);
  int bound = ::bind(socket.get(), reinterpret_cast<sockaddr*>(&address), sizeof address);
  int error = errno;
  ::umask(mask);
  if (bound != 0) throw Error(error, "bind", kSocket);
  return socket;
}

// A path, or an abstract name after '@' (sd_notify(3)).
Fd connect_manager(const std::string& name) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  bool abstract = name.front() == '@';
  if (!abstract && name.front() != '/') throw Error("unsupported address");
  if (name.size() >= sizeof address.sun_path) throw Error(ENAMETOOLONG, "connect", "");
  name.copy(address.sun_path, name.size());
  if (abstract) address.sun_path[0] = '\0';
  auto size =
      static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + name.size() + (abstract ? 0 : 1));
  Fd socket = datagram_socket();
  timeval limit{kBarrierTime / 1000, 0};
  ::setsockopt(socket.get(), SOL_SOCKET, SO_SNDTIMEO, &limit, sizeof limit);
  if (::connect(socket.get(), reinterpret_cast<sockaddr*>(&address), size) != 0) {
    throw Error(errno, "connect", "");
  }
  return socket;
}

bool says_ready(std::string_view datagram) {
  std::vector<std::string_view> lines = split(datagram, '\n');
  return std::find(lines.begin(), lines.end(), "READY=1") != lines.end();
}

void send(const Fd& socket, std::string_view text, int fd = -1) {
  std::span<const int> fds(&fd, fd < 0 ? 0 : 1);
  sys::send_with_fds(socket, std::as_bytes(std::span(text)), fds);
}

}  // namespace

void offer_notify_socket(const ContainerDirectory& directory, const std::string& state_root,
                         oci::Config& config) {
  sys::mkdirat(directory.fd().get(), kFolder, 0755);
  if (::fchmodat(directory.fd().get(), kFolder, 0755, 0) != 0) throw Error(errno, "chmod", kFolder);
  oci::Mount mount;
  mount.destination = kInside;
  mount.type = "bind";
  mount.source = state_root + "/" + directory.id() + "/" + kFolder;
  mount.options = {"bind", "nosuid", "noexec", "nodev", "ro"};
  config.mounts.push_back(std::move(mount));
  if (config.process) {
    config.process->env.push_back(std::string("NOTIFY_SOCKET=") + kInside + "/" + kSocket);
  }
}

std::optional<NotifyProxy> NotifyProxy::open(const ContainerDirectory& directory,
                                             const std::string& manager) {
  if (manager.empty()) return std::nullopt;
  auto folder = sys::try_openat(directory.fd().get(), kFolder, O_RDONLY | O_DIRECTORY | O_NOFOLLOW);
  if (!folder) return std::nullopt;
  Scope scope("NOTIFY_SOCKET " + quote(manager));
  Fd connection = connect_manager(manager);
  return NotifyProxy(bind_socket(*folder), std::move(connection));
}

// Several at a time: whoever floods the socket must not keep us from seeing the end of init.
bool NotifyProxy::became_ready() {
  char datagram[kMaxDatagram];
  for (int i = 0; i < kBurst; ++i) {
    ssize_t size = ::recv(socket_.get(), datagram, sizeof datagram, MSG_DONTWAIT);
    if (size < 0) return false;
    if (says_ready({datagram, static_cast<size_t>(size)})) return true;
  }
  return false;
}

// In one datagram, so that the manager never sees a service without its process.
void NotifyProxy::tell(pid_t pid) {
  socket_.reset();  // nobody is to wait for a reader
  send(manager_, "READY=1\nMAINPID=" + std::to_string(pid));
}

// BARRIER=1 comes with a pipe that the manager closes when it has handled all before it: a sender
// that has ended by then is nobody to it (sd_notify_barrier(3)).
void NotifyProxy::await_manager() {
  sys::Pipe barrier = sys::pipe();
  send(manager_, "BARRIER=1", barrier.writer.get());
  barrier.writer.reset();
  if (!sys::poll_readable(barrier.reader, kBarrierTime)) {
    log_warning("the service manager has not acknowledged within 30 s that the container is ready");
  }
}

void NotifyProxy::wait(const Fd& init, pid_t pid) {
  for (bool ended = false; !became_ready();) {
    if (ended) return socket_.reset();
    pollfd entries[2] = {{socket_.get(), POLLIN, 0}, {init.get(), POLLIN, 0}};
    if (::poll(entries, 2, -1) < 0 && errno != EINTR) throw Error(errno, "poll", "");
    ended = entries[1].revents != 0;  // what it said just before still counts
  }
  tell(pid);
  await_manager();
}

void NotifyProxy::receive(pid_t pid) {
  if (!became_ready()) return;
  try {
    tell(pid);
  } catch (const Error& error) {
    log_warning(error.what());  // the container is none the worse for it
  }
}

}  // namespace tare
