// The creating parent's end of the conversation with tare-init.
#pragma once

#include <optional>

#include "runtime/act/plan.h"
#include "runtime/act/report.h"
#include "runtime/base/fd.h"

namespace tare {

// A message and the descriptor that came with it, if any.
struct Received {
  act::Report report;
  Fd fd;
};

class Channel {
 public:
  Channel();

  // The child's end, to be inherited; closed on our side by close_theirs() so that its death is
  // the end of the conversation.
  int theirs() const { return theirs_.get(); }
  void close_theirs() { theirs_.reset(); }
  int ours() const { return ours_.get(); }  // readable when there is a message

  // The next message; nothing when the other side is gone. Throws for anything that is no message.
  std::optional<Received> receive();
  // Lets init go on from `point`, with a descriptor if there is one.
  void go_on(act::SyncPoint point, const Fd& fd = {});
  // Lets the child go on whose id maps are written now.
  void child_prepared();

 private:
  void send(int32_t value, const Fd& fd = {});

  Fd ours_;
  Fd theirs_;
};

}  // namespace tare
