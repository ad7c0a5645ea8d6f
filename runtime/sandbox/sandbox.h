// One command, confined and limited, from beginning to end.
#pragma once

#include <memory>
#include <optional>

#include "runtime/sandbox/birth.h"
#include "runtime/sandbox/changes.h"
#include "runtime/sandbox/leaf.h"
#include "runtime/sandbox/outcome.h"
#include "runtime/sandbox/policy.h"
#include "runtime/sandbox/poll_set.h"
#include "runtime/sandbox/watch.h"
#include "runtime/sandbox/wiring.h"

namespace tare::sandbox {

// Lives in a poll loop, with others like it: `add`, then PollSet::wait, then `turn`, until it is
// over. Does not throw for what goes wrong: the result says it, set-up and all. Destroying it ends
// everything in it.
class Sandbox {
 public:
  enum class Start { AtOnce, WhenTold };
  enum class View { OfItsOwn, Common };  // Common: drawn once for the workshop
  struct Manner {
    Start start = Start::AtOnce;
    View view = View::OfItsOwn;
  };
  Sandbox(Policy policy, Workshop& workshop, Manner manner);
  Sandbox(const Sandbox&) = delete;
  Sandbox& operator=(const Sandbox&) = delete;

  void add(PollSet& poll);
  void turn(const PollSet& poll);
  bool over() const { return phase_ == Phase::Over; }
  bool ended() const { return phase_ >= Phase::Ending; }  // the command has
  // All is made, and the command waits to be started.
  bool ready() const { return phase_ == Phase::Ready; }
  void start();
  // When it is over and leaves nothing behind but files that were asked for.
  const Policy& policy() const { return policy_; }
  Result take_result() { return std::move(result_); }

  // A signal to us that is the command's. Not forwarded, one that asks to end ends everything.
  void forward(int signal);
  // Everything is to end, for nobody wants it any more.
  void cancel();

 private:
  enum class Phase { Preparing, Ready, Running, Ending, Draining, Over };

  void begin();
  Blueprint blueprint();
  bool waits_for_us() const;
  void prepare();
  void go_on();
  void run();
  void supervise(const PollSet& poll);
  void obey(Verdict verdict);
  void end();
  void reap();
  void conclude();
  void signal_group(int signal) const;
  void fail(const std::exception& error);
  bool heard(const PollSet& poll) const { return poll.ready(place_); }

  Policy policy_;
  Workshop& workshop_;
  Manner manner_;
  Phase phase_ = Phase::Preparing;
  const char* stage_ = "settings";  // of what goes wrong, where nothing closer is known
  Clock::time_point begun_, ready_, started_, ended_;
  Clock::duration waited_{};
  std::optional<Wiring> wiring_;
  Leaf leaf_;
  Changes changes_;
  std::unique_ptr<Birth> birth_;
  Family family_;
  std::optional<Watch> watch_;
  bool too_much_ = false;
  int status_ = 0;  // as wait4(2) gives it
  Microseconds used_{};
  size_t place_ = 0;
  Result result_;
};

// One sandbox in the foreground: signals to us are its own, and it ends with our caller unless the
// policy says otherwise.
Result run(const Policy& policy);

}  // namespace tare::sandbox
