// The standard streams of a command: where they lead, and what of them passes through us.
#pragma once

#include <array>
#include <memory>

#include "runtime/base/fd.h"
#include "runtime/container/terminal.h"
#include "runtime/sandbox/outcome.h"
#include "runtime/sandbox/policy.h"
#include "runtime/sandbox/poll_set.h"
#include "runtime/sandbox/relay.h"

namespace tare::sandbox {

class Wiring {
 public:
  explicit Wiring(const Policy& policy);

  // The command's ends, -1: ours; let go of when it has them.
  std::array<int, 3> ends() const { return {in_.get(), out_.get(), err_.get()}; }
  void let_go();
  // The master of the command's terminal, which is ours from now on.
  void begin_terminal(Fd master) { terminal_ = std::make_unique<TerminalProxy>(std::move(master)); }
  bool has_terminal() const { return terminal_ != nullptr; }
  void copy_terminal_size() const { terminal_->copy_size(); }

  void add(PollSet& poll);
  // False: the command has written more than it may.
  bool transfer(const PollSet& poll);
  // Nothing of the sandbox runs any more: brings out what is left, as far as that goes without
  // waiting; open() tells whether more turns are needed. False as above.
  bool finish();
  bool open() const;

  void measure(Result& result);

 private:
  // What passes through us of one output, and the file it goes on to, if that is one of ours.
  struct Passage {
    Fd file;
    Relay relay;
  };
  std::unique_ptr<Passage> passage(Fd& stream, int ours, const Streams& streams) const;

  Fd in_, out_, err_;
  Allowance allowance_;
  std::array<std::unique_ptr<Passage>, 2> passages_;  // of standard output and error
  std::unique_ptr<TerminalProxy> terminal_;
  size_t terminal_place_ = 0;
};

}  // namespace tare::sandbox
