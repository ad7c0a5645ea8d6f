// A hostile neighbour: the first process of a pid namespace that other containers join. Until a
// file /stop is in its root it goes over every other process, again and again, and tries what
// CAP_SYS_PTRACE permits: /proc/PID/{exe,root,cwd,mem,fd/*}, PTRACE_SEIZE, pidfd_getfd
// (CVE-2016-9962, CVE-2019-5736, CVE-2024-21626).
//
//   witness CANARY CAPABILITIES     a host's file, as absolute path, that no container has; and a
//   mask (hex)
//
// Prints "finding: PROCESS WHAT" for whatever leads to the host: a directory from which the canary
// can be opened, a file that is no pipe, socket or device, a program that is not the sealed
// tare-init, a process under its control that holds more capabilities than the mask. At the end
// what it has seen, as numbers.
#include <fcntl.h>
#include <linux/ptrace.h>
#include <sys/stat.h>

#include "runtime/act/syscall.h"
#include "tests/bench/start.h"
#include "tests/witness/text.h"

using tare::act::call;
using witness::Text;

namespace {

constexpr int kWholeTree = 0x40000000;  // __WALL
constexpr int kNoHang = 1;
constexpr int kMostFds = 64;
constexpr int kMostFindings = 400;

struct Seen {
  long rounds, processes, tare_init, fds, memories, seized, controlled, copied_fds, findings;
};

struct Witness {
  const char* canary;
  unsigned long capabilities;
  Seen seen;
};

void finding(Witness& witness, const char* process, const char* what, const char* detail) {
  if (++witness.seen.findings > kMostFindings) return;
  Text line;
  line.add("finding: ").add(process).add(" ").add(what).add(" ").add(detail).add("\n");
  call(__NR_write, 1, line.data(), line.size());
}

// From the directory itself, and from as far up as it goes.
bool reaches_canary(int directory, const char* canary) {
  Text up;
  for (int i = 0; i < 12; ++i) up.add("../");
  up.add(canary + 1);
  const char* paths[] = {canary + 1, up.data()};
  for (const char* path : paths) {
    long fd = call(__NR_openat, directory, path, O_RDONLY | O_CLOEXEC);
    if (fd >= 0) {
      call(__NR_close, fd);
      return true;
    }
  }
  return false;
}

// By its name it is found again in the root that the process has.
bool is_in_root(const struct stat& status, const char* name, const char* process) {
  Text path;
  path.add("/proc/").add(process).add("/root").add(name);
  struct stat there {};
  return call(__NR_newfstatat, AT_FDCWD, path.data(), &there, 0) == 0 &&
         there.st_dev == status.st_dev && there.st_ino == status.st_ino;
}

// What may be seen in a process on its way: streams and devices, what has no name, sealed memory,
// directories and files of its container, and the streams the caller gave it.
void judge_descriptor(Witness& witness, int fd, int number, const char* process) {
  Text what;
  what.add("fd ").number(number);
  Text link;
  Text own;
  own.add("/proc/self/fd/").number(fd);
  link.link_of(own.data());
  struct stat status {};
  if (call(__NR_fstat, fd, &status) < 0) return;
  if (reaches_canary(fd, witness.canary)) {
    finding(witness, process, what.add(" leads to the host:").data(), link.data());
    return;
  }
  unsigned kind = status.st_mode & S_IFMT;
  if (number <= 2 || kind == S_IFSOCK || kind == S_IFIFO || kind == S_IFCHR || kind == S_IFDIR)
    return;
  if (link.begins("anon_inode:") || link.begins("/memfd:tare-init")) return;
  if (is_in_root(status, link.data(), process)) return;
  finding(witness, process, what.data(), link.data());
}

// False for what has ended and waits for its parent: nothing of it can be reached any more.
bool look_at_exe(Witness& witness, const char* process) {
  Text path;
  path.add("/proc/").add(process).add("/exe");
  Text link;
  if (!link.link_of(path.data())) return false;
  if (!link.begins("/memfd:tare-init")) {
    finding(witness, process, "exe", link.data());
    return true;
  }
  ++witness.seen.tare_init;
  long fd = call(__NR_openat, AT_FDCWD, path.data(), O_WRONLY | O_CLOEXEC);
  if (fd < 0) return true;
  if (call(__NR_pwrite64, fd, "x", 1, 0) > 0) finding(witness, process, "exe", "is writable");
  call(__NR_close, fd);
  return true;
}

void look_at_directory(Witness& witness, const char* process, const char* name) {
  Text path;
  path.add("/proc/").add(process).add("/").add(name);
  long fd = call(__NR_openat, AT_FDCWD, path.data(), O_PATH | O_DIRECTORY | O_CLOEXEC);
  if (fd < 0) return;
  if (reaches_canary(static_cast<int>(fd), witness.canary)) {
    Text link;
    link.link_of(path.data());
    Text what;
    what.add(name).add(" leads to the host:");
    finding(witness, process, what.data(), link.data());
  }
  call(__NR_close, fd);
}

void look_at_descriptors(Witness& witness, const char* process) {
  for (int i = 0; i < kMostFds; ++i) {
    Text path;
    path.add("/proc/").add(process).add("/fd/").number(i);
    long fd = call(__NR_openat, AT_FDCWD, path.data(), O_PATH | O_CLOEXEC);
    if (fd < 0) continue;
    ++witness.seen.fds;
    judge_descriptor(witness, static_cast<int>(fd), i, process);
    call(__NR_close, fd);
  }
}

void copy_descriptors(Witness& witness, const char* process, long pid) {
  long pidfd = call(__NR_pidfd_open, pid, 0);
  if (pidfd < 0) return;
  for (int i = 0; i < kMostFds; ++i) {
    long fd = call(__NR_pidfd_getfd, pidfd, i, 0);
    if (fd < 0) continue;
    ++witness.seen.copied_fds;
    judge_descriptor(witness, static_cast<int>(fd), i, process);
    call(__NR_close, fd);
  }
  call(__NR_close, pidfd);
}

void look_at_memory(Witness& witness, const char* process) {
  Text path;
  path.add("/proc/").add(process).add("/mem");
  long fd = call(__NR_openat, AT_FDCWD, path.data(), O_RDONLY | O_CLOEXEC);
  if (fd < 0) return;
  ++witness.seen.memories;
  call(__NR_close, fd);
}

// Who controls a process has its capabilities.
void seize(Witness& witness, const char* process, long pid) {
  if (call(__NR_ptrace, PTRACE_SEIZE, pid, 0, 0) < 0) return;
  ++witness.seen.seized;
  call(__NR_ptrace, PTRACE_INTERRUPT, pid, 0, 0);
  int status = 0;
  call(__NR_wait4, pid, &status, kWholeTree, 0);
  Text path;
  path.add("/proc/").add(process).add("/status");
  unsigned long held = 0;
  if (witness::hex_after(path.data(), "CapPrm:\t", held) && (held & ~witness.capabilities) != 0 &&
      ++witness.seen.controlled == 1) {
    Text mask;
    mask.hex(held);
    finding(witness, process, "seized with capabilities", mask.data());
  }
  call(__NR_ptrace, PTRACE_DETACH, pid, 0, 0);
}

void look_at(Witness& witness, const char* process) {
  long pid = witness::number(process);
  if (pid <= 1) return;
  if (!look_at_exe(witness, process)) return;
  ++witness.seen.processes;
  look_at_directory(witness, process, "root");
  look_at_directory(witness, process, "cwd");
  look_at_descriptors(witness, process);
  copy_descriptors(witness, process, pid);
  look_at_memory(witness, process);
  seize(witness, process, pid);
}

void round(Witness& witness) {
  ++witness.seen.rounds;
  long proc = call(__NR_openat, AT_FDCWD, "/proc", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  static char entries[32768];
  long size;
  while ((size = call(__NR_getdents64, proc, entries, sizeof entries)) > 0) {
    for (long at = 0; at < size;) {
      // struct linux_dirent64: 8 bytes inode, 8 bytes offset, 2 bytes length, 1 byte type, the name
      auto length = *reinterpret_cast<unsigned short*>(entries + at + 16);
      look_at(witness, entries + at + 19);
      at += length;
    }
  }
  call(__NR_close, proc);
  while (call(__NR_wait4, -1, 0, kNoHang | kWholeTree, 0) > 0) {
  }
}

void report(const Seen& seen) {
  Text text;
  text.add("rounds ").number(seen.rounds).add("\nprocesses ").number(seen.processes);
  text.add("\ntare-init ").number(seen.tare_init).add("\nfds ").number(seen.fds);
  text.add("\nmemories ").number(seen.memories).add("\nseized ").number(seen.seized);
  text.add("\ncontrolled ").number(seen.controlled);
  text.add("\npidfd_getfd ").number(seen.copied_fds);
  text.add("\nfindings ").number(seen.findings).add("\n");
  call(__NR_write, 1, text.data(), text.size());
}

}  // namespace

extern "C" [[noreturn]] void start(long* stack) {
  char** arguments = reinterpret_cast<char**>(stack + 1);
  Witness witness{};
  if (stack[0] == 3) {
    witness.canary = arguments[1];
    witness.capabilities = witness::hex(arguments[2]);
    call(__NR_write, 1, "watching\n", 9);
    while (call(__NR_faccessat, AT_FDCWD, "/stop", 0) < 0) round(witness);
    report(witness.seen);
  }
  for (;;) call(__NR_exit_group, stack[0] == 3 ? 0 : 2);
}
