// One message: the payload, and exactly one descriptor in exactly one SCM_RIGHTS (receivers demand
// CMSG_SPACE(4)). The socket is AF_UNIX, stream, by path; abstract names are none.
#include "runtime/container/console.h"

#include <array>
#include <span>

#include "runtime/base/error.h"
#include "runtime/base/sys.h"

namespace tare {
namespace {

constexpr int kPatienceMs = 3000;  // for a full backlog
constexpr size_t kMaxName = 4095;  // receivers read into 4096 bytes

void send_descriptor(const CallerSocket& socket, std::string_view payload, const Fd& fd) {
  Scope scope(socket.name);
  std::array<int, 1> fds{fd.get()};
  sys::send_with_fds(socket.fd, std::as_bytes(std::span(payload)), fds);
}

}  // namespace

void send_console(const CallerSocket& socket, const Fd& master, std::string_view name) {
  // The name comes from inside the container.
  if (name.empty()) name = "console";
  send_descriptor(socket, name.substr(0, kMaxName), master);
}

void send_pidfd(const CallerSocket& socket, std::string_view payload, const Fd& pidfd) {
  send_descriptor(socket, payload, pidfd);
}

CallerSocket connect_caller_socket(std::string_view option, const std::string& path) {
  Scope scope{std::string(option)};
  return {std::string(option) + " " + path, sys::connect_unix(path, kPatienceMs)};
}

}  // namespace tare
