// Created or running: nothing that tare could write down changes in the same instant as execve. But
// one kernel object does: init's socket for `start` is close-on-exec. So a container is `created`
// exactly as long as its socket has an owner, whenever `start` may have been killed, and `start`
// writes no record.
//
// The question must not look like a start. A connect(2) of another socket type than the listener's
// is refused with EPROTOTYPE where there is an owner, with ECONNREFUSED where only the name is left
// (unix_find_bsd() looks up the owner, then compares types), and never reaches the listener.
#include "runtime/container/status.h"

#include <fcntl.h>
#include <sys/socket.h>
#include <sys/un.h>

#include <cerrno>
#include <cstdio>

#include "runtime/base/error.h"
#include "runtime/base/sys.h"

namespace tare {
namespace {

bool waits_for_start(const ContainerDirectory& directory) {
  // `start` removes the name when it is done: the usual answer costs no socket.
  if (!sys::try_fstatat(directory.fd().get(), kStartSocket, AT_SYMLINK_NOFOLLOW)) return false;
  Fd probe(::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0));
  if (!probe) throw Error(errno, "socket", kStartSocket);
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  std::snprintf(address.sun_path, sizeof address.sun_path, "/proc/self/fd/%d/%s",
                directory.fd().get(), kStartSocket);
  if (::connect(probe.get(), reinterpret_cast<sockaddr*>(&address), sizeof address) == 0) {
    throw Error(std::string(kStartSocket) + ": not a stream socket");
  }
  if (errno == EPROTOTYPE) return true;
  if (errno == ECONNREFUSED || errno == ENOENT) return false;
  throw Error(errno, "connect", kStartSocket);
}

}  // namespace

oci::Status container_status(const ContainerDirectory& directory, const ContainerRecord& record) {
  if (record.phase == Phase::Creating) {
    return open_process(record.creator) ? oci::Status::Creating : oci::Status::Stopped;
  }
  if (!open_process(record.init)) return oci::Status::Stopped;
  if (!record.cgroup.path.empty() && cgroups::is_frozen(record.cgroup.path)) {
    return oci::Status::Paused;
  }
  return waits_for_start(directory) ? oci::Status::Created : oci::Status::Running;
}

oci::State state_of(const ContainerDirectory& directory, const ContainerRecord& record) {
  return state_with(record, container_status(directory, record));
}

oci::State state_with(const ContainerRecord& record, oci::Status status) {
  oci::State state;
  state.id = record.id;
  state.status = status;
  state.pid = status == oci::Status::Stopped ? 0 : record.init.pid;
  state.bundle = record.bundle;
  state.rootfs = record.rootfs;
  state.created = record.created;
  state.annotations = record.annotations;
  return state;
}

}  // namespace tare
