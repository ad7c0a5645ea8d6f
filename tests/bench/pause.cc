// The payload of containers that are looked at: waits until it is killed.
#include "tests/bench/raw.h"

extern "C" [[noreturn]] void start(long*) {
  for (;;) bench::sys(__NR_ppoll, 0, 0, 0, 0, 0);
}
