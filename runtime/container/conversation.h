// What the parent answers while tare-init executes the plan.
#pragma once

#include <optional>
#include <string>

#include "namespaces/spawn.h"
#include "oci/state.h"
#include "runtime/base/error.h"
#include "runtime/container/channel.h"
#include "runtime/container/console.h"
#include "runtime/container/plan.h"
#include "runtime/container/record.h"
#include "runtime/container/seccomp_agent.h"

namespace tare {

// Who talks and about what. `child` becomes the process that tare-init forks, where it does; so
// does the record's init, unless the process only joins: then `joined` is the state of the
// container.
struct ConversationSubject {
  Plan& plan;
  Channel& channel;
  namespaces::Child& child;
  ContainerRecord& record;
  std::optional<oci::State> joined = std::nullopt;
};

// The program is not there, or cannot be executed: its errno says which.
class ProgramError : public Error {
 public:
  ProgramError(Error error, int reason) : Error(std::move(error)), reason_(reason) {}
  int reason() const { return reason_; }

 private:
  int reason_;
};

class Conversation {
 public:
  explicit Conversation(ConversationSubject subject)
      : plan_(subject.plan),
        channel_(subject.channel),
        child_(subject.child),
        record_(subject.record),
        joined_(std::move(subject.joined)) {}

  // Serves init until it is ready and `agent`, if there is one, has the listener of its filter;
  // throws what it failed at, or how it died.
  void until_ready(SeccompAgent& agent);

  // Lets a process that nobody starts later go on, and returns when it has executed its program;
  // throws what it failed at.
  void until_executed();

  // The same in steps, for who waits for other things as well: each hear takes one message, or the
  // end of the channel. hear_execution, after go_on, is true when the program was executed.
  void hear(SeccompAgent& agent);
  bool ready() const { return ready_; }
  void go_on();
  bool hear_execution();

  // The interfaces that were moved into the container: given back unless the caller keeps them.
  namespaces::MovedNetDevices take_net_devices() { return std::move(net_devices_); }

  // The init of a plan with a status_slot; its end is that of the child, and of all below that.
  namespaces::Child take_reaper() { return std::move(reaper_); }

  // The pty's master: sent to `console` when that is valid (and then invalid here), else ours.
  Fd take_terminal(const CallerSocket& console);

 private:
  void serve(Received received, SeccompAgent& agent);
  bool overtook_its_sender(const act::Report& report) const;
  void at(const Received& received);
  void forked(Received received);
  void run_runtime_hooks();
  void write_time_offsets();
  Fd next_mapping(const Received& received);
  void hand_over(const Fd& listener, SeccompAgent& agent);
  bool listener_is_needed() const;
  std::string program_name() const;
  [[noreturn]] void init_died();
  [[noreturn]] void init_failed(const act::Report& report);

  Plan& plan_;
  Channel& channel_;
  namespaces::Child& child_;
  ContainerRecord& record_;
  std::optional<oci::State> joined_;
  namespaces::MovedNetDevices net_devices_;
  Fd listener_;  // kept until init has forked
  namespaces::Child reaper_;
  Fd terminal_;
  std::string terminal_name_;
  bool forked_ = false;
  std::optional<Received> early_;  // of the process that we have not been told of yet
  size_t mappings_made_ = 0;
  bool ready_ = false;
  bool executing_ = false;
};

}  // namespace tare
