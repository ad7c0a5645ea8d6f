// A way out for a network namespace of its own: pasta(1), which answers for the network there with
// ordinary sockets here.
#pragma once

#include <sys/types.h>

#include "runtime/base/fd.h"

namespace tare::sandbox {

// Where the sandbox asks for names: nobody's address (RFC 3927). Pasta passes it on to the host's
// own resolver, which may be one on the loopback interface, out of the sandbox's reach.
inline constexpr const char* kResolver = "169.254.1.1";

// Ends with this object, and with this process however that ends.
class Pasta {
 public:
  Pasta() = default;  // none
  // For the namespaces of the process `target`. Returns when addresses and routes are there.
  // Throws when there is no such program, or what it complains of.
  explicit Pasta(pid_t target);
  ~Pasta();
  Pasta(Pasta&& other) noexcept;
  Pasta& operator=(Pasta&& other) noexcept;

 private:
  Fd lifeline_;         // its end is seen by the watcher
  pid_t watcher_ = -1;  // our child, pasta's parent
};

}  // namespace tare::sandbox
