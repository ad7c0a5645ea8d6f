// The way of a new process into a cgroup that is there.
#pragma once

#include <sys/types.h>

#include <optional>
#include <string>

#include "runtime/base/fd.h"

namespace tare::cgroups {

struct EntranceRequest {
  std::string path;                // the container's, absolute; empty: it uses none
  bool created = false;            // by us, for this container: see below
  std::optional<std::string> sub;  // the one below it that the user asked for
  pid_t init = 0;                  // the container's init
};

// At most one of the first two is valid; none: the process stays where its parent is.
struct Entrance {
  Fd birthplace;  // directory for CLONE_INTO_CGROUP
  Fd processes;   // cgroup.procs for the process to write itself to, open for writing
  Fd otherwise;   // the same of another cgroup, where that answers EBUSY
  std::string path;

  // The same without a birth there: for who has something to do before.
  void move_later();
};

// The container's cgroup, or that of its init where init has moved and the container's is gone or
// can hold no more processes. Throws for a `sub` that leads outside or is not there.
Entrance find_entrance(const EntranceRequest& request);

}  // namespace tare::cgroups
