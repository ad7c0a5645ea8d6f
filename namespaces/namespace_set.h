// Which namespaces a container gets: new, joined by path, or the runtime's own.
#pragma once

#include <sys/types.h>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "oci/config.h"
#include "runtime/base/fd.h"

namespace tare::namespaces {

enum class Kind { Mount, Pid, Network, Ipc, Uts, User, Cgroup, Time };

int clone_flag(Kind kind);         // CLONE_NEW*
const char* kind_name(Kind kind);  // as in config.json

// The decision for one configuration, with the namespaces to join already open and proven to be of
// their kind (ns-4) — NS_GET_NSTYPE, ioctl_ns(2).
class NamespaceSet {
 public:
  // Throws naming the path when it is no namespace of the wanted kind.
  static NamespaceSet open(const std::vector<oci::Namespace>& wanted);
  // Those of an existing process, CLONE_NEW* in `flags`, to be joined by its pidfd: no descriptors.
  static NamespaceSet of_process(int flags);

  bool is_new(Kind kind) const { return (new_flags_ & clone_flag(kind)) != 0; }
  bool is_joined(Kind kind) const { return joined(kind) != nullptr; }
  bool has(Kind kind) const { return is_new(kind) || is_joined(kind); }
  int new_flags() const { return new_flags_; }

  struct Joined {
    Kind kind{};
    std::string path;
    Fd fd;
  };
  const Joined* joined(Kind kind) const;
  std::vector<Joined>& all_joined() { return joined_; }

 private:
  int new_flags_ = 0;
  std::vector<Joined> joined_;
};

// The user namespace that owns `ns` is `user` (ioctl_ns(2)). False when it is none we may know of.
bool is_owned_by(const Fd& ns, const Fd& user);

// The namespaces, as CLONE_NEW*, in which process `pid` is and we are not. Of a process that is
// gone nothing is known: 0.
int foreign_namespaces(pid_t pid);

// setgroups(2) is denied in our user namespace, and so in all below it (user_namespaces(7)).
bool denies_groups();
// The same of the user namespace of a process.
bool denies_groups(pid_t pid);

}  // namespace tare::namespaces
