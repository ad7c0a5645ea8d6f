// The payload of containers that are looked at: waits until it is killed.
#include "runtime/act/syscall.h"
#include "tests/bench/start.h"

extern "C" [[noreturn]] void start(long*) {
  for (;;) tare::act::call(__NR_ppoll, 0, 0, 0, 0, 0);
}
