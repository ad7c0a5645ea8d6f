// createContainer and startContainer hooks: children of tare-init, in the container's namespaces,
// their state document on standard input. A hook has a process group of its own, which a timeout
// ends whole; what it printed is kept, bounded, for the error alone.
//
// clone(2) instead of clone3: where a filter is loaded already, engines' profiles let the program
// believe that the latter does not exist, because they cannot look at its flags.
#include <linux/close_range.h>
#include <linux/mman.h>
#include <linux/sched.h>

#include "runtime/act/kernel.h"
#include "runtime/act/strings_in_memory.h"
#include "runtime/act/syscall.h"
#include "runtime/process/ops.h"

namespace tare::act {
namespace {

constexpr short kPollIn = 1;

struct PollEntry {
  int fd;
  short events;
  short revents;
};
struct Time {
  int64_t seconds, nanoseconds;
};

int64_t now_ms() {
  constexpr int kMonotonic = 1;
  Time now{};
  call(__NR_clock_gettime, kMonotonic, &now);
  return now.seconds * 1000 + now.nanoseconds / 1000000;
}

struct Running {
  long pid = 0;
  int pidfd = -1;
  int output = -1;
  int* exec_error = nullptr;  // shared with the child
};

// The first part of what a hook printed.
struct Output {
  char text[kReportText] = {};
  uint32_t size = 0;
};

[[noreturn]] void become_hook(Context& context, const Op& op, const Running& hook, int output) {
  call(__NR_setpgid, 0, 0);
  call(__NR_umask, op.a);  // ours is 0, for the nodes we make
  if (op.fd >= 0) {
    call(__NR_lseek, context.slot(op.fd), 0, 0);
    call(__NR_dup3, context.slot(op.fd), 0, 0);
  }
  call(__NR_dup3, output, 1, 0);
  call(__NR_dup3, output, 2, 0);
  call(__NR_close_range, 3, ~0U, CLOSE_RANGE_CLOEXEC);
  char** argv = pointers(context, op.data, nullptr);
  bool home_too = (op.flags & flag::kHomeToo) != 0 && context.home[0] != 0;
  char** env = pointers(context, op.data2, home_too ? context.home : nullptr);
  if ((op.flags & flag::kAtRoot) != 0) {
    must(context, call(__NR_fchdir, context.root), "fchdir", "the root of the container");
  }
  if (op.text2.length != 0) load_filter(context, op.text2, op.c);
  *hook.exec_error = static_cast<int>(-call(__NR_execve, context.text(op.text), argv, env));
  end_process(127);
}

Running start(Context& context, const Op& op) {
  Running hook;
  int pipe[2];
  must(context, call(__NR_pipe2, pipe, O_CLOEXEC), "pipe");
  hook.exec_error = reinterpret_cast<int*>(must(
      context,
      call(__NR_mmap, 0, sizeof(int), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0),
      "mmap"));
  hook.pid = must(context, call(__NR_clone, CLONE_PIDFD | kSigchld, 0, &hook.pidfd, 0, 0), "clone");
  if (hook.pid == 0) become_hook(context, op, hook, pipe[1]);
  call(__NR_setpgid, hook.pid, hook.pid);  // whoever comes first
  call(__NR_close, pipe[1]);
  hook.output = pipe[0];
  return hook;
}

// Keeps the first part of what the hook prints and throws the rest away, so that it never blocks.
void collect(const Running& hook, Output& output) {
  char block[512];
  long size = call(__NR_read, hook.output, block, sizeof block);
  for (long i = 0; i < size && output.size < kReportText; ++i) {
    output.text[output.size++] = block[i];
  }
}

// What is still in the pipe of a hook that has ended. A child it left behind may go on printing.
void collect_rest(const Running& hook, Output& output) {
  PollEntry entry{hook.output, kPollIn, 0};
  Time at_once{};
  while (output.size < kReportText && call(__NR_ppoll, &entry, 1, &at_once, 0, 0) == 1 &&
         (entry.revents & kPollIn) != 0) {
    collect(hook, output);
  }
}

// True when the hook ended by itself; false after the timeout.
bool wait_for(Context& context, const Running& hook, int64_t deadline, Output& output) {
  for (;;) {
    PollEntry entries[2] = {{hook.pidfd, kPollIn, 0}, {hook.output, kPollIn, 0}};
    int64_t left = deadline - now_ms();
    if (deadline != 0 && left <= 0) return false;
    Time timeout{left / 1000, (left % 1000) * 1000000};
    long ready = call(__NR_ppoll, entries, 2, deadline != 0 ? &timeout : nullptr, 0, 0);
    if (ready < 0 && ready != -EINTR) fail(context, "ppoll", -ready);
    if (ready <= 0) continue;
    if (entries[1].revents != 0 && entries[0].revents == 0) {
      if ((entries[1].revents & kPollIn) == 0) {
        // The hook closed its output: only its end is left to wait for.
        call(__NR_ppoll, entries, 1, deadline != 0 ? &timeout : nullptr, 0, 0);
        if (entries[0].revents == 0) continue;
      } else {
        collect(hook, output);
      }
    }
    if (entries[0].revents == 0) continue;
    collect_rest(hook, output);
    return true;
  }
}

}  // namespace

void hook(Context& context, const Op& op) {
  static Output output;
  Running running = start(context, op);
  int64_t deadline = op.number != 0 ? now_ms() + int64_t{op.number} * 1000 : 0;
  bool ended = wait_for(context, running, deadline, output);
  if (!ended) {
    call(__NR_kill, -running.pid, kSigkill);
    // It may have left its group, and is waited for.
    call(__NR_pidfd_send_signal, running.pidfd, kSigkill, 0, 0);
  }
  int status = 0;
  must(context, call(__NR_wait4, running.pid, &status, 0, 0), "wait4");
  call(__NR_close, running.pidfd);
  call(__NR_close, running.output);
  context.detail = output.text;
  context.detail_length = output.size;
  if (!ended) fail(context, "hook timeout", ETIMEDOUT);
  if (*running.exec_error != 0) {
    fail(context, "execve", *running.exec_error, context.text(op.text));
  }
  if (status == 0) return;
  context.value = (status & 0x7f) != 0 ? -(status & 0x7f) : (status >> 8) & 0xff;
  fail(context, "hook", 0);
}

}  // namespace tare::act
