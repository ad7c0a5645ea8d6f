// What a sandbox changed in its temporary overlays, kept in a directory (--diff).
#pragma once

#include <string>
#include <vector>

#include "runtime/base/fd.h"
#include "runtime/sandbox/policy.h"

namespace tare::sandbox {

// DIR/changed has what was made or changed, by its path in the sandbox; DIR/deleted the paths that
// are gone or were replaced as a whole, each ended by a newline (in a name: "\n", and "\\" for a
// backslash).
class Changes {
 public:
  Changes() = default;

  // Makes the directories that the overlays of `places` use below `policy.diff`, which has to be
  // empty or not there. Nothing to do without it. Throws naming what cannot be made.
  static Changes prepare(const Policy& policy);

  // Once nothing runs any more: turns what overlayfs has left into what the class says.
  void finish();

 private:
  Fd directory_;
  size_t overlays_ = 0;
};

}  // namespace tare::sandbox
