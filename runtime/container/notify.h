// sd_notify(3) across the container's border: its service manager hears when it is ready.
#pragma once

#include <sys/types.h>

#include <optional>
#include <string>

#include "oci/config.h"
#include "runtime/base/fd.h"
#include "runtime/container/store.h"

namespace tare {

// At create: a folder for the socket in the container's, and what shows it to the container as
// /run/notify and in its environment.
void offer_notify_socket(const ContainerDirectory& directory, const std::string& state_root,
                         oci::Config& config);

// The container's service manager as the container sees it, and the other way round. Only that it
// is ready is passed on.
class NotifyProxy {
 public:
  // To be opened before the program runs. `manager` is the caller's NOTIFY_SOCKET. Nothing when
  // there is none, or was none at create. Throws when the manager cannot be reached.
  static std::optional<NotifyProxy> open(const ContainerDirectory& directory,
                                         const std::string& manager);

  // Waits until the container is ready or `init` has ended, then tells the manager, with `pid` as
  // the service's main process, and waits until it has heard (at most 30 s; a warning if not).
  void wait(const Fd& init, pid_t pid);

  // For a loop of one's own: readable when receive() has something to do; invalid when all is done.
  const Fd& socket() const { return socket_; }
  void receive(pid_t pid);

 private:
  NotifyProxy(Fd socket, Fd manager) : socket_(std::move(socket)), manager_(std::move(manager)) {}
  bool became_ready();
  void tell(pid_t pid);
  void await_manager();

  Fd socket_;   // the container's datagrams
  Fd manager_;  // connected
};

}  // namespace tare
