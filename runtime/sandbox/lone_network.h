// Network namespaces with loopback alone, which commands of a batch use one after the other. To
// make and free one takes the kernel a fifth of all that a sandbox takes.
#pragma once

#include <sys/types.h>

#include <optional>
#include <string>
#include <vector>

#include "runtime/base/fd.h"

namespace tare::sandbox {

class LoneNetwork {
 public:
  // That of the process, before its command has begun. Nothing when we may not look into it.
  static std::optional<LoneNetwork> of(pid_t pid);

  // For linux.namespaces, as long as this object is there.
  std::string path() const;
  // It cannot be told that anybody was in it: no socket is left, nothing was sent, nothing was
  // refused to be sent, no name or label is kept for later. When nobody is in it any more.
  bool is_as_new() const;

 private:
  std::optional<std::string> look() const;

  Fd ns_;
  std::vector<Fd> traces_;  // sockstat first
  std::string as_new_;
};

// Those that nobody is in.
class LoneNetworks {
 public:
  std::optional<LoneNetwork> take();
  // When all processes that were in it are gone.
  void give_back(LoneNetwork network);

 private:
  std::vector<LoneNetwork> spare_;
};

}  // namespace tare::sandbox
