// A seccomp agent: makes directories for containers whose filter notifies it of mkdir, and lets
// every other call it is notified of go on. `listenerMetadata` is what it appends to their names.
//
//   seccomp_agent SOCKET     serves until it is killed; each container's state is a line of output
//
// What it shows is the protocol (config-linux.md, "Seccomp") and how a call is carried out for
// another process (seccomp_unotify(2)): whatever belongs to a process is opened first and trusted
// only if the call still waits afterwards, since a process that ends gives its number away; paths
// are resolved inside its root; and it is done with its user and group. Its supplementary groups
// and capabilities are not looked at. A call that is let go on can change its arguments after the
// agent has seen them: that is no way to refuse anything.
#include <fcntl.h>
#include <linux/openat2.h>
#include <linux/seccomp.h>
#include <poll.h>
#include <sys/fsuid.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/un.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "runtime/base/fd.h"

namespace {

using tare::Fd;

#ifdef SYS_mkdir
constexpr int kMkdir = SYS_mkdir;
#else
constexpr int kMkdir = -1;  // newer architectures have mkdirat alone
#endif
constexpr size_t kMaxState = 1 << 20;

// A runtime's connection until its end, then the listener that came over it.
struct Container {
  Fd connection;
  std::string state;
  Fd listener;
  std::string suffix;

  int fd() const { return connection ? connection.get() : listener.get(); }
};

// A notification and the process that waits for the answer.
struct Call {
  const Container& container;
  const seccomp_notif& request;

  bool still_waits() const {
    return ::ioctl(container.listener.get(), SECCOMP_IOCTL_NOTIF_ID_VALID, &request.id) == 0;
  }
  // A file of the process below /proc.
  Fd open(const std::string& name, int flags) const {
    std::string path = "/proc/" + std::to_string(request.pid) + "/" + name;
    return Fd(::open(path.c_str(), flags | O_CLOEXEC));
  }
};

struct Identity {
  unsigned uid = 0, gid = 0, umask = 0;
};

bool read_identity(const Call& call, Identity& identity) {
  char text[4096] = {};
  Fd status = call.open("status", O_RDONLY);
  if (::read(status.get(), text, sizeof text - 1) <= 0) return false;
  const char* umask = std::strstr(text, "\nUmask:");
  const char* uid = std::strstr(text, "\nUid:");
  const char* gid = std::strstr(text, "\nGid:");
  // The fourth is the one for files.
  return umask != nullptr && uid != nullptr && gid != nullptr &&
         std::sscanf(umask, "\nUmask: %o", &identity.umask) == 1 &&
         std::sscanf(uid, "\nUid: %*u %*u %*u %u", &identity.uid) == 1 &&
         std::sscanf(gid, "\nGid: %*u %*u %*u %u", &identity.gid) == 1;
}

// At most a path's length from the memory of the process; what is beyond its end may be missing.
std::string read_path(const Call& call, uint64_t address) {
  std::string path(PATH_MAX, '\0');
  Fd memory = call.open("mem", O_RDONLY);
  ssize_t size = ::pread(memory.get(), path.data(), path.size(), static_cast<off_t>(address));
  path.resize(size > 0 ? static_cast<size_t>(size) : 0);
  size_t end = path.find('\0');
  return end == std::string::npos ? "" : path.substr(0, end);
}

// The directory that `path` starts from.
Fd open_start(const Call& call, const std::string& path, int directory) {
  constexpr int kFlags = O_PATH | O_DIRECTORY;
  if (path.starts_with('/')) return call.open("root", kFlags);
  if (directory == AT_FDCWD) return call.open("cwd", kFlags);
  return call.open("fd/" + std::to_string(directory), kFlags);
}

Fd open_parent(const Fd& start, const std::string& path) {
  std::string parent = path.substr(0, path.rfind('/') + 1);
  open_how how{};
  how.flags = O_PATH | O_DIRECTORY | O_CLOEXEC;
  // From a working directory ".." must not lead out of a root we do not see.
  how.resolve = RESOLVE_NO_MAGICLINKS | (path.starts_with('/') ? RESOLVE_IN_ROOT : RESOLVE_BENEATH);
  const char* name = parent.empty() ? "." : parent.c_str();
  return Fd(static_cast<int>(::syscall(SYS_openat2, start.get(), name, &how, sizeof how)));
}

// 0 or an errno.
int make_directory(const Call& call) {
  const auto& args = call.request.data.args;
  bool at = call.request.data.nr == SYS_mkdirat;
  std::string path = read_path(call, args[at ? 1 : 0]);
  while (path.size() > 1 && path.ends_with('/')) path.pop_back();
  Fd start = open_start(call, path, at ? static_cast<int>(args[0]) : AT_FDCWD);
  Identity identity;
  if (!read_identity(call, identity) || !call.still_waits()) return ESRCH;
  if (path.empty()) return ENOENT;

  Fd parent = open_parent(start, path);
  if (!parent) return errno;
  std::string name = path.substr(path.rfind('/') + 1) + call.container.suffix;
  auto mode = static_cast<mode_t>(args[at ? 2 : 1]) & ~identity.umask & 07777;
  ::setfsgid(identity.gid);
  ::setfsuid(identity.uid);
  int error = ::mkdirat(parent.get(), name.c_str(), mode) == 0 ? 0 : errno;
  ::setfsuid(0);
  ::setfsgid(0);
  return error;
}

// The kernel's structures may be longer than those we were compiled with.
struct Sizes {
  seccomp_notif_sizes sizes{};
  Sizes() {
    ::syscall(SYS_seccomp, SECCOMP_GET_NOTIF_SIZES, 0, &sizes);
    sizes.seccomp_notif = std::max<uint16_t>(sizes.seccomp_notif, sizeof(seccomp_notif));
    sizes.seccomp_notif_resp =
        std::max<uint16_t>(sizes.seccomp_notif_resp, sizeof(seccomp_notif_resp));
  }
};

// False when the filter has no process any more.
bool answer(const Container& container) {
  const seccomp_notif_sizes sizes = Sizes().sizes;
  std::vector<char> request_bytes(sizes.seccomp_notif), answer_bytes(sizes.seccomp_notif_resp);
  auto* request = reinterpret_cast<seccomp_notif*>(request_bytes.data());
  auto* response = reinterpret_cast<seccomp_notif_resp*>(answer_bytes.data());
  if (::ioctl(container.listener.get(), SECCOMP_IOCTL_NOTIF_RECV, request) != 0) {
    return errno == ENOENT || errno == EINTR;  // the process was killed meanwhile
  }
  response->id = request->id;
  if (request->data.nr == kMkdir || request->data.nr == SYS_mkdirat) {
    response->error = -make_directory({container, *request});
  } else {
    response->flags = SECCOMP_USER_NOTIF_FLAG_CONTINUE;
  }
  ::ioctl(container.listener.get(), SECCOMP_IOCTL_NOTIF_SEND, response);
  return true;
}

// More of the state, and with its first part the listener. False at the end of the connection.
bool receive(Container& container) {
  char text[4096];
  alignas(cmsghdr) char control[CMSG_SPACE(sizeof(int))];
  iovec part{text, sizeof text};
  msghdr message{};
  message.msg_iov = &part;
  message.msg_iovlen = 1;
  message.msg_control = control;
  message.msg_controllen = sizeof control;
  ssize_t size = ::recvmsg(container.connection.get(), &message, MSG_CMSG_CLOEXEC);
  if (size <= 0 || container.state.size() > kMaxState) return false;
  container.state.append(text, static_cast<size_t>(size));
  const cmsghdr* header = CMSG_FIRSTHDR(&message);
  if (header != nullptr && header->cmsg_type == SCM_RIGHTS) {
    int listener = -1;
    std::memcpy(&listener, CMSG_DATA(header), sizeof listener);
    container.listener.reset(listener);
  }
  return true;
}

// False when what came is no container process state.
bool begin(Container& container) {
  container.connection.reset();
  auto state = nlohmann::json::parse(container.state, nullptr, false);
  if (!state.is_object() || !container.listener) return false;
  if (state["fds"] != nlohmann::json{"seccompFd"}) return false;
  auto& given = state["metadata"];
  std::string metadata = given.is_string() ? given.get<std::string>() : "";
  if (metadata.find('/') != std::string::npos) return false;  // it becomes part of a name
  if (!metadata.empty()) container.suffix = "-" + metadata;
  std::printf("%s\n", container.state.c_str());
  std::fflush(stdout);
  return true;
}

// False when there is nothing more to be done for it.
bool serve(Container& container, short events) {
  if (container.connection) return receive(container) || begin(container);
  return (events & POLLIN) != 0 && answer(container);
}

Fd listen_at(const char* path) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  if (std::strlen(path) >= sizeof address.sun_path) return {};
  std::memcpy(address.sun_path, path, std::strlen(path) + 1);
  Fd socket(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
  ::unlink(path);
  auto* name = reinterpret_cast<sockaddr*>(&address);
  bool bound = ::bind(socket.get(), name, sizeof address) == 0;
  return bound && ::listen(socket.get(), SOMAXCONN) == 0 ? std::move(socket) : Fd();
}

// Listens to the socket, the runtimes and the filters until the end.
[[noreturn]] void run(const Fd& socket) {
  std::vector<Container> containers;
  std::vector<pollfd> entries;
  for (;;) {
    entries.assign(1, {socket.get(), POLLIN, 0});
    entries.reserve(containers.size() + 1);
    for (const Container& container : containers) entries.push_back({container.fd(), POLLIN, 0});
    if (::poll(entries.data(), entries.size(), -1) < 0) continue;
    for (size_t i = containers.size(); i-- > 0;) {
      short events = entries[i + 1].revents;
      if (events == 0 || serve(containers[i], events)) continue;
      containers.erase(containers.begin() + static_cast<std::ptrdiff_t>(i));
    }
    if (entries[0].revents == 0) continue;
    Container container;
    container.connection = Fd(::accept4(socket.get(), nullptr, nullptr, SOCK_CLOEXEC));
    if (container.connection) containers.push_back(std::move(container));
  }
}

}  // namespace

int main(int argc, char** argv) {
  try {
    Fd socket = argc == 2 ? listen_at(argv[1]) : Fd();
    ::umask(0);
    if (socket) run(socket);
    std::fprintf(stderr, "usage: seccomp_agent SOCKET (where it can listen)\n");
  } catch (const std::exception& error) {
    std::fprintf(stderr, "seccomp_agent: %s\n", error.what());
  }
  return EXIT_FAILURE;
}
