// The criu program: found, executed as `criu swrk` and talked to.
#pragma once

#include <sys/types.h>

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "cgroups/entrance.h"
#include "namespaces/spawn.h"
#include "runtime/base/fd.h"
#include "runtime/checkpoint/criu_message.h"

namespace tare {

// The first number of a descriptor in CriuPlace::fds, in criu: after its standard streams and the
// socket it talks to us over.
inline constexpr int kFirstCriuFd = 4;

// Where criu runs, and with what.
struct CriuPlace {
  std::string program;                 // absolute
  cgroups::Entrance entrance;          // into its cgroup; none: that of ours
  const Fd* mount_ns = nullptr;        // to enter; nullptr: ours
  std::optional<std::string> keyring;  // name of a new session keyring; nothing: ours
  bool keyring_searchable = false;     // by other users: those of a user namespace
  std::vector<int> fds;                // descriptors of ours, kFirstCriuFd and following in criu
};

// Something criu tells before it goes on: what is about to happen, or has.
struct CriuNotification {
  std::string script;
  pid_t pid = 0;
  Fd fd;  // "orphan-pts-master" brings one
};
using CriuListener = std::function<void(CriuNotification)>;

// One criu process, which serves one request.
class Criu {
 public:
  explicit Criu(const CriuPlace& place);

  pid_t pid() const { return child_.pid(); }

  // Sends the request, calls `listener` for each notification, and returns the reply once criu has
  // ended. What the listener throws makes criu undo what it did and is then thrown on. Throws
  // "criu failed: type DUMP errno 22" when it says so, and what happened when it dies.
  CriuReply ask(CriuType type, const std::string& request, const CriuListener& listener = {});

 private:
  std::optional<CriuReply> receive(Fd& fd);
  CriuReply converse(CriuType type, const CriuListener& listener);
  [[noreturn]] void died();

  Fd socket_;
  namespaces::Child child_;
};

// The absolute path of the criu program along $PATH (unset: the usual one); entries that are not
// absolute are passed over, the current directory may be a bundle. Throws when there is none.
std::string find_criu();

// 31701 is 3.17.1. Throws when it is older than `least`.
int criu_version(const std::string& program, int least);

// Throws naming what this criu or this kernel lacks of `wanted`.
void require_criu_features(const std::string& program, const CriuFeatures& wanted);

}  // namespace tare
