// Limits, ids and namespaces are changed for good in the process that tries them; a child takes
// what it changed with it. The child is a copy of a program with one thread, so it may do anything.
#include "runtime/check/attempt.h"

#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>

#include "runtime/base/error.h"

namespace tare::check {

int attempt_in_child(const std::function<int()>& attempt) {
  pid_t child = ::fork();
  if (child < 0) throw Error(errno, "fork", "to try something");
  if (child == 0) {
    int result = EIO;
    try {
      result = attempt();
    } catch (const Error& error) {
      result = error.error() != 0 ? error.error() : EIO;
    }
    ::_exit(result);
  }
  int status = 0;
  while (::waitpid(child, &status, 0) < 0) {
    if (errno != EINTR) throw Error(errno, "waitpid", "");
  }
  return WIFEXITED(status) ? WEXITSTATUS(status) : ENOSYS;
}

}  // namespace tare::check
