// The payload: a process that does nothing, at the least cost an execve can have.
#include "runtime/act/syscall.h"
#include "tests/bench/start.h"

extern "C" [[noreturn]] void start(long*) {
  for (;;) tare::act::call(__NR_exit_group, 0);
}
