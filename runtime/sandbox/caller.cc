// Had the caller ended before its descriptor was open, its number could be another one's: then our
// parent is another one by now.
#include "runtime/sandbox/caller.h"

#include <unistd.h>

#include "runtime/base/error.h"
#include "runtime/base/sys.h"

namespace tare::sandbox {

Fd open_caller() {
  pid_t caller = ::getppid();
  if (caller == 0) return {};
  auto pidfd = sys::try_pidfd_open(caller);
  if (!pidfd || ::getppid() != caller) throw Error("our caller has ended");
  return std::move(*pidfd);
}

}  // namespace tare::sandbox
