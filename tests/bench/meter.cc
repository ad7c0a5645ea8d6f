// Runs commands one after another and prints what they cost, on file descriptor FD:
//     wall-µs user-µs system-µs rss-KiB exit-code…
// of all of them together, with everything they left behind and reparented to us.
//
//     meter FD COMMAND… [ , COMMAND… ]   a comma starts the next command
//                       [ ; COMMAND… ]   a semicolon waits for orphans first, off the clock
//
// A program of its own because the peak memory of a child begins with that of the process that
// executed it (exec_mmap in the kernel): a script would measure itself.
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

namespace {

struct Cost {
  long wall = 0, user = 0, system = 0, rss = 0;
};

long now() {
  timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return time.tv_sec * 1000000 + time.tv_nsec / 1000;
}

void add(Cost& cost, const rusage& usage) {
  cost.user += usage.ru_utime.tv_sec * 1000000 + usage.ru_utime.tv_usec;
  cost.system += usage.ru_stime.tv_sec * 1000000 + usage.ru_stime.tv_usec;
  if (usage.ru_maxrss > cost.rss) cost.rss = usage.ru_maxrss;
}

void reap_orphans(Cost& cost) {
  rusage usage;
  while (wait4(-1, nullptr, 0, &usage) > 0) add(cost, usage);
}

int run(char** arguments, int output, Cost& cost) {
  posix_spawnattr_t attributes;
  posix_spawnattr_init(&attributes);
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addclose(&actions, output);
  long start = now();
  pid_t child;
  if (posix_spawnp(&child, arguments[0], &actions, &attributes, arguments, environ) != 0) {
    return 127;
  }
  int status;
  rusage usage;
  if (wait4(child, &status, 0, &usage) != child) return 127;
  cost.wall += now() - start;
  add(cost, usage);
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

}  // namespace

int main(int argc, char** argv) {
  prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0);
  Cost cost;
  int codes[16], commands = 0;
  if (argc < 3) return 2;
  int output = atoi(argv[1]);
  char** from = argv + 2;
  for (char** at = from; at <= argv + argc && commands < 16; ++at) {
    bool comma = *at != nullptr && strcmp(*at, ",") == 0;
    bool semicolon = *at != nullptr && strcmp(*at, ";") == 0;
    if (*at != nullptr && !comma && !semicolon) continue;
    *at = nullptr;
    codes[commands++] = run(from, output, cost);
    if (semicolon) reap_orphans(cost);
    from = at + 1;
    if (at == argv + argc) break;
  }
  dprintf(output, "%ld %ld %ld %ld", cost.wall, cost.user, cost.system, cost.rss);
  for (int i = 0; i < commands; ++i) dprintf(output, " %d", codes[i]);
  dprintf(output, "\n");
}
