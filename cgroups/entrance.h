// The way of a new process into a cgroup that is there.
#pragma once

#include <sys/types.h>

#include <optional>
#include <string>

#include "cgroups/unit.h"
#include "runtime/base/fd.h"

namespace tare::cgroups {

class Cgroup;

struct EntranceRequest {
  std::string path;                // the container's, absolute; empty: it uses none
  bool created = false;            // by us, for this container: see below
  std::optional<std::string> sub;  // the one below it that the user asked for
  pid_t init = 0;                  // the container's init
  std::optional<Unit> unit = {};   // of systemd, where that manages it
};

// At most one of the first two is valid; none: the process stays where its parent is.
struct Entrance {
  Fd birthplace;  // directory for CLONE_INTO_CGROUP
  Fd processes;   // cgroup.procs for the process to write itself to, open for writing
  Fd otherwise;   // the same of another cgroup, where that answers EBUSY
  std::string path;
  // Set: only systemd may move the process there, and none of the above is valid.
  std::optional<Unit> unit;

  // The same without a birth there: for who has something to do before.
  void move_later();
};

// Has systemd move `pid`, which waits for it.
void enter_by_systemd(const Entrance& entrance, pid_t pid);

// That of the first process.
Entrance entrance_of(const Cgroup& cgroup);

// The container's cgroup, or that of its init where init has moved and the container's is gone or
// can hold no more processes. Throws for a `sub` that leads outside or is not there.
Entrance find_entrance(const EntranceRequest& request);

}  // namespace tare::cgroups
