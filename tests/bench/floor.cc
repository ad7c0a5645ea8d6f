// The least a runtime can do for `run true`: the parent's half. A bare C program with the system
// calls that a container of `tare spec` needs and nothing around them: no options parser, no JSON,
// no state, no checks beyond "did it work". floor_init.cc is the half inside the container.
//
//     floor INIT ROOTFS CGROUP [--seccomp FILE] [--userns HOST-ID] [--binds N SOURCE]
#include "tests/bench/floor.h"

#include <fcntl.h>
#include <linux/bpf.h>
#include <linux/sched.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

namespace {

struct Options {
  const char *init, *rootfs, *cgroup;
  const char* seccomp = nullptr;
  const char* host_id = nullptr;
  const char* bind_source = nullptr;
  int binds = 0;
};

int check(long result, const char* what) {
  if (result >= 0) return static_cast<int>(result);
  perror(what);
  exit(1);
}

// Copies the descriptor to the number that floor_init expects; inherited by it.
void place(int fd, int number) {
  check(dup2(fd, number), "dup2");
}

int memory_of(const char* path) {
  static char bytes[1 << 18];
  int file = check(open(path, O_RDONLY | O_CLOEXEC), path);
  ssize_t size = check(read(file, bytes, sizeof bytes), "read");
  close(file);
  int memory = check(memfd_create("floor", MFD_CLOEXEC | MFD_ALLOW_SEALING), "memfd_create");
  check(write(memory, bytes, static_cast<size_t>(size)), "write");
  check(fcntl(memory, F_ADD_SEALS, F_SEAL_SEAL | F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE),
        "seal");
  return memory;
}

struct Device {
  int major, minor;  // minor -1: any
};

// Character devices of the specification's default list: 7 + tty's + console.
constexpr Device kDevices[] = {{1, 3}, {1, 5}, {1, 7}, {1, 8},   {1, 9},
                               {5, 0}, {5, 1}, {5, 2}, {136, -1}};

// Everybody may make any node, and use the devices above: what runtimes allow by default.
void attach_device_program(int cgroup) {
  bpf_insn program[8 + 4 * (sizeof kDevices / sizeof kDevices[0])];
  int n = 0;
  auto put = [&](int code, int dst, int src, int offset, int value) {
    program[n] = {};
    program[n].code = static_cast<uint8_t>(code);
    program[n].dst_reg = static_cast<uint8_t>(dst) & 15;
    program[n].src_reg = static_cast<uint8_t>(src) & 15;
    program[n].off = static_cast<int16_t>(offset);
    program[n++].imm = value;
  };
  put(BPF_LDX | BPF_MEM | BPF_W, 2, 1, 0, 0);  // access << 16 | type
  put(BPF_LDX | BPF_MEM | BPF_W, 3, 1, 4, 0);  // major
  put(BPF_LDX | BPF_MEM | BPF_W, 4, 1, 8, 0);  // minor
  put(BPF_ALU64 | BPF_MOV | BPF_K, 0, 0, 0, 1);
  put(BPF_JMP | BPF_JNE | BPF_K, 2, 0, 1, BPF_DEVCG_ACC_MKNOD << 16 | BPF_DEVCG_DEV_CHAR);
  put(BPF_JMP | BPF_EXIT, 0, 0, 0, 0);
  for (const Device& device : kDevices) {
    bool any = device.minor < 0;
    put(BPF_JMP | BPF_JNE | BPF_K, 3, 0, any ? 1 : 2, device.major);
    if (!any) put(BPF_JMP | BPF_JNE | BPF_K, 4, 0, 1, device.minor);
    put(BPF_JMP | BPF_EXIT, 0, 0, 0, 0);
  }
  put(BPF_ALU64 | BPF_MOV | BPF_K, 0, 0, 0, 0);
  put(BPF_JMP | BPF_EXIT, 0, 0, 0, 0);

  bpf_attr load{};
  load.prog_type = BPF_PROG_TYPE_CGROUP_DEVICE;
  load.insns = reinterpret_cast<uint64_t>(program);
  load.insn_cnt = static_cast<uint32_t>(n);
  load.license = reinterpret_cast<uint64_t>("GPL");
  int fd = check(syscall(SYS_bpf, BPF_PROG_LOAD, &load, sizeof load), "bpf load");
  bpf_attr attach{};
  attach.target_fd = static_cast<uint32_t>(cgroup);
  attach.attach_bpf_fd = static_cast<uint32_t>(fd);
  attach.attach_type = BPF_CGROUP_DEVICE;
  attach.attach_flags = BPF_F_ALLOW_MULTI;
  check(syscall(SYS_bpf, BPF_PROG_ATTACH, &attach, sizeof attach), "bpf attach");
  close(fd);
}

void write_map(pid_t child, const char* name, const char* host_id) {
  char path[64], text[64];
  snprintf(path, sizeof path, "/proc/%d/%s", child, name);
  int length = snprintf(text, sizeof text, "0 %s 65536\n", host_id);
  int fd = check(open(path, O_WRONLY | O_CLOEXEC), path);
  check(write(fd, text, static_cast<size_t>(length)), path);
  close(fd);
}

int tree(const char* path) {
  return check(
      syscall(SYS_open_tree, AT_FDCWD, path, OPEN_TREE_CLONE | OPEN_TREE_CLOEXEC | AT_RECURSIVE),
      path);
}

// Trees that the container's init attaches; those of the host's devices only when it cannot make
// nodes itself.
void place_trees(const Options& options) {
  place(tree(options.rootfs), kRootFd);
  if (options.seccomp != nullptr) place(memory_of(options.seccomp), kSeccompFd);
  for (int i = 0; i < options.binds; ++i) place(tree(options.bind_source), kFirstBindFd + i);
  if (options.host_id == nullptr) return;
  for (int i = 0; i < kDeviceNodes; ++i) {
    char path[32];
    snprintf(path, sizeof path, "/dev/%s", kDeviceNames[i]);
    place(tree(path), kFirstDeviceFd + i);
  }
}

[[noreturn]] void become_init(const Options& options, int init, int go) {
  if (options.host_id != nullptr) {
    char byte;
    check(read(go, &byte, 1), "read");
    check(syscall(SYS_setresgid, 0, 0, 0), "setresgid");
    check(syscall(SYS_setresuid, 0, 0, 0), "setresuid");
  }
  char binds[16];
  snprintf(binds, sizeof binds, "%d", options.binds);
  const char* arguments[] = {"init",
                             options.rootfs,
                             binds,
                             options.seccomp != nullptr ? "seccomp" : "-",
                             options.host_id != nullptr ? "userns" : "-",
                             nullptr};
  const char* environment[] = {"PATH=/", nullptr};
  syscall(SYS_execveat, init, "", arguments, environment, AT_EMPTY_PATH);
  perror("execveat");
  _exit(1);
}

int run(const Options& options) {
  check(mkdir(options.cgroup, 0755), "mkdir cgroup");
  int cgroup = check(open(options.cgroup, O_RDONLY | O_DIRECTORY | O_CLOEXEC), "open cgroup");
  attach_device_program(cgroup);
  int init = memory_of(options.init);
  place_trees(options);
  int go[2];
  check(pipe2(go, O_CLOEXEC), "pipe2");

  clone_args arguments{};
  arguments.flags = CLONE_NEWNS | CLONE_NEWPID | CLONE_NEWNET | CLONE_NEWIPC | CLONE_NEWUTS |
                    CLONE_NEWCGROUP | CLONE_INTO_CGROUP;
  if (options.host_id != nullptr) arguments.flags |= CLONE_NEWUSER;
  arguments.exit_signal = SIGCHLD;
  arguments.cgroup = static_cast<uint64_t>(cgroup);
  pid_t child = check(syscall(SYS_clone3, &arguments, sizeof arguments), "clone3");
  if (child == 0) become_init(options, init, go[0]);
  if (options.host_id != nullptr) {
    write_map(child, "uid_map", options.host_id);
    write_map(child, "gid_map", options.host_id);
    check(write(go[1], "g", 1), "write");
  }
  int status;
  check(waitpid(child, &status, 0), "waitpid");
  check(rmdir(options.cgroup), "rmdir cgroup");
  return WIFEXITED(status) ? WEXITSTATUS(status) : 1;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 4) return 2;
  Options options{argv[1], argv[2], argv[3]};
  for (int i = 4; i + 1 < argc; i += 2) {
    if (strcmp(argv[i], "--seccomp") == 0) options.seccomp = argv[i + 1];
    if (strcmp(argv[i], "--userns") == 0) options.host_id = argv[i + 1];
    if (strcmp(argv[i], "--binds") == 0 && i + 2 < argc) {
      options.binds = atoi(argv[i + 1]);
      options.bind_source = argv[++i + 1];
    }
  }
  return run(options);
}
