// The payload: a process that does nothing, at the least cost an execve can have.
#include "tests/bench/raw.h"

extern "C" [[noreturn]] void start(long*) {
  for (;;) bench::sys(__NR_exit_group, 0);
}
