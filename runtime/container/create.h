// Making a container whose program waits for `start`.
#pragma once

#include <optional>
#include <string>

#include "cgroups/cgroup.h"
#include "cgroups/resctrl.h"
#include "namespaces/spawn.h"
#include "runtime/base/fd.h"
#include "runtime/container/plan.h"
#include "runtime/container/record.h"
#include "runtime/container/store.h"

namespace tare {

class InheritedFds;

struct CreateRequest {
  std::string root;  // state root, absolute
  std::string id;
  std::string bundle = ".";
  std::string config_file = "config.json";   // relative to the bundle
  std::string pid_file;                      // absolute; empty: none
  std::string console_socket, pidfd_socket;  // empty: none
  std::string notify_socket;                 // of the caller's service manager; empty: none
  bool no_pivot = false;
  bool no_new_keyring = false;
  const InheritedFds* inherited = nullptr;  // descriptors for the container; nullptr: none
  cgroups::Manager manager = cgroups::Manager::Cgroupfs;
  enum class Rootless { Auto, True, False } rootless = Rootless::Auto;
  bool detach = true;                 // false: the caller proxies the terminal
  bool net_devices_in_place = false;  // nothing to be moved into the network namespace
};

struct Created {
  ContainerRecord record;
  std::optional<ContainerDirectory> directory;  // locked
  Fd pidfd;                                     // of init, our child
  Fd terminal;  // the pty's master in the foreground case, else invalid
};

// Either everything that config.json asks for is in place and the record says `created`, or an
// Error is thrown and nothing is left (but poststop hooks have run if others had).
Created create(const CreateRequest& request);

// A container that create or restore makes: what there is of it. Unless kept it undoes itself, last
// first.
struct Unfinished {
  ContainerRecord record;
  Reservation slot;
  std::optional<cgroups::Cgroup> cgroup = {};
  std::optional<cgroups::ResctrlGroup> resctrl = {};
  namespaces::Child init = {};

  // Writes the record: created, with the groups as they are.
  void write_created();
  // All but the folder.
  void undo();
  // From here on the container is there, whatever becomes of this process.
  Created keep(Fd terminal);
};

// What create would execute, the record it would write first, and what both were made of.
struct Intention {
  Plan plan;
  ContainerRecord record;
  oci::Config config;
};

// Everything that create reads and decides, and nothing that it does: no state, cgroup, socket or
// namespace is made, and no compiled filter is kept. Throws what create would throw until then.
Intention intend(const CreateRequest& request);

}  // namespace tare
