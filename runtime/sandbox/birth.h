// A sandbox on its way: from a configuration to the moment when its command runs.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "namespaces/spawn.h"
#include "runtime/container/conversation.h"
#include "runtime/container/plan.h"
#include "runtime/sandbox/config.h"
#include "runtime/sandbox/filters.h"
#include "runtime/sandbox/leaf.h"
#include "runtime/sandbox/lone_network.h"
#include "runtime/sandbox/pasta.h"
#include "runtime/sandbox/policy.h"

namespace tare::sandbox {

// What the sandboxes of one process have in common.
struct Workshop {
  LeafPlace place;
  Fd init_image;  // opened by the first
  Filters filters;
  std::optional<Blueprint> common;         // of all whose policies differ in the command alone
  std::optional<LoneNetworks> networks;    // nothing: everybody makes one
  std::optional<oci::Rlimit> descriptors;  // of commands, where ours is another one
};

// The processes of a sandbox.
struct Family {
  namespaces::Child reaper;            // our child, the init of the pid namespace
  namespaces::Child command;           // its child, and leader of a process group
  Fd status;                           // where the reaper writes how the command ended
  Pasta pasta;                         // where the policy asks for it
  std::optional<LoneNetwork> network;  // to be given back
};

class Birth {
 public:
  // Where the child is born, its standard streams, and whether the command waits for go_on.
  struct Cradle {
    const Leaf& leaf;
    std::array<int, 3> streams;
    bool gated;
  };

  // Makes the plan and the child, which works on by itself and is asked for nothing until it
  // speaks. Like everything here, throws what goes wrong.
  Birth(const Policy& policy, Blueprint blueprint, Workshop& workshop, Cradle cradle);

  int channel() const { return channel_.ours(); }  // readable when the child has spoken
  enum class Stage { Preparing, Ready, Executing, Running };
  Stage hear();
  // When Ready:
  pid_t command() const { return child_.pid(); }
  Fd take_terminal() { return conversation_.take_terminal({}); }  // invalid: there is none
  void go_on() { conversation_.go_on(); }
  // When Running:
  Family take();

 private:
  namespaces::Child bear(const Policy& policy, Workshop& workshop, Cradle cradle);

  Blueprint blueprint_;
  bool shares_network_;
  std::optional<LoneNetwork> network_;
  Plan plan_;
  Channel channel_;
  Fd status_;
  Pasta pasta_;
  std::vector<namespaces::Child> ending_;  // of lock_trees
  namespaces::Child child_;
  ContainerRecord record_;
  Conversation conversation_;
};

}  // namespace tare::sandbox
