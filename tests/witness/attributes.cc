// What the kernel says of the process that runs this: scheduling, I/O priority, memory policy,
// affinity, clocks, personality, the terminal's size. One "name value" a line, numbers decimal,
// masks hexadecimal.
//
//   attributes          of itself
//   attributes child    of a child of its own instead
#include <asm/ioctls.h>
#include <linux/time_types.h>

#include "runtime/act/syscall.h"
#include "tests/bench/start.h"
#include "tests/witness/text.h"

using tare::act::call;
using witness::Text;

namespace {

constexpr int kWhoProcess = 1;  // IOPRIO_WHO_PROCESS
constexpr int kMonotonic = 1, kBoottime = 7;
constexpr int kSigchld = 17;

struct SchedulerAttributes {
  unsigned size, policy;
  unsigned long flags;
  int nice;
  unsigned priority;
  unsigned long runtime, deadline, period;
  unsigned clamp_min, clamp_max;
};

struct Mask {
  unsigned long words[128];  // of 8192 bits
};

void line(Text& text, const char* name, long value) {
  text.add(name).add(value < 0 ? " -" : " ").number(value < 0 ? -value : value).add("\n");
}

void scheduling(Text& text) {
  SchedulerAttributes is{};
  line(text, "sched_getattr", call(__NR_sched_getattr, 0, &is, sizeof is, 0));
  line(text, "policy", is.policy);
  line(text, "flags", static_cast<long>(is.flags));
  line(text, "nice", is.nice);
  line(text, "priority", is.priority);
  line(text, "runtime", static_cast<long>(is.runtime));
  line(text, "deadline", static_cast<long>(is.deadline));
  line(text, "period", static_cast<long>(is.period));
  line(text, "ioprio", call(__NR_ioprio_get, kWhoProcess, 0));
}

void places(Text& text) {
  static Mask nodes, processors;
  int mode = -1;
  line(text, "get_mempolicy", call(__NR_get_mempolicy, &mode, &nodes, 1025, 0, 0));
  line(text, "mode", mode);
  text.add("nodes ").hex(nodes.words[0]).add("\n");
  call(__NR_sched_getaffinity, 0, sizeof processors, &processors);
  text.add("affinity ").hex(processors.words[0]).add("\n");
}

void clock(Text& text, const char* name, int number) {
  __kernel_timespec now{};
  call(__NR_clock_gettime, number, &now);
  line(text, name, now.tv_sec);
}

void window(Text& text) {
  unsigned short size[4] = {};
  if (call(__NR_ioctl, 0, TIOCGWINSZ, size) < 0) return;
  text.add("window ").number(size[0]).add(" ").number(size[1]).add("\n");
}

void report() {
  Text text;
  scheduling(text);
  places(text);
  clock(text, "monotonic", kMonotonic);
  clock(text, "boottime", kBoottime);
  window(text);
  line(text, "personality", call(__NR_personality, 0xffffffff));
  call(__NR_write, 1, text.data(), text.size());
}

}  // namespace

extern "C" [[noreturn]] void start(long* stack) {
  long child = stack[0] == 2 ? call(__NR_clone, kSigchld, 0, 0, 0, 0) : 0;
  if (child > 0) {
    call(__NR_wait4, child, 0, 0, 0);
  } else if (child == 0) {
    report();
  } else {
    Text text;
    line(text, "clone", child);
    call(__NR_write, 1, text.data(), text.size());
  }
  for (;;) call(__NR_exit_group, 0);
}
