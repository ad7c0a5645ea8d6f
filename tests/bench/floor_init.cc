// The floor's half inside the container, without a C library: what init has to do for the container
// of `tare spec`, in order, each failure an exit code of its own.
#include <fcntl.h>
#include <linux/capability.h>
#include <linux/close_range.h>
#include <linux/filter.h>
#include <linux/if.h>
#include <linux/keyctl.h>
#include <linux/mount.h>
#include <linux/openat2.h>
#include <linux/prctl.h>
#include <linux/seccomp.h>
#include <linux/sockios.h>
#include <stddef.h>
#include <stdint.h>

#include <initializer_list>

#include "runtime/act/syscall.h"
#include "tests/bench/floor.h"
#include "tests/bench/start.h"

#ifndef AT_RECURSIVE
#define AT_RECURSIVE 0x8000
#endif

namespace {

using tare::act::call;

int step = 0;

int check(long result) {
  ++step;
  if (result < 0) call(__NR_exit_group, step % 100 + 100);
  return static_cast<int>(result);
}

int number(const char* text) {
  int value = 0;
  while (*text >= '0' && *text <= '9') value = value * 10 + (*text++ - '0');
  return value;
}

// A path in the rootfs, resolved as hostile as it is. Negative when it is not there.
int in_root(const char* path) {
  open_how how{O_PATH | O_CLOEXEC, 0, RESOLVE_IN_ROOT | RESOLVE_NO_MAGICLINKS};
  return static_cast<int>(call(__NR_openat2, kRootFd, path, &how, sizeof how));
}

void attach(int mount, int target) {
  check(call(__NR_move_mount, mount, "", target, "",
             MOVE_MOUNT_F_EMPTY_PATH | MOVE_MOUNT_T_EMPTY_PATH));
}

struct Option {
  const char *key, *value;
};

struct FileSystem {
  const char* type;
  const char* target;
  unsigned attributes;
  Option options[5];
};

constexpr unsigned kNoSuid = MOUNT_ATTR_NOSUID;
constexpr unsigned kStrict = MOUNT_ATTR_NOSUID | MOUNT_ATTR_NODEV | MOUNT_ATTR_NOEXEC;
constexpr FileSystem kFileSystems[] = {
    {"proc", "/proc", 0, {}},
    {"tmpfs", "/dev", kNoSuid | MOUNT_ATTR_STRICTATIME, {{"mode", "755"}, {"size", "65536k"}}},
    {"devpts",
     "/dev/pts",
     kNoSuid | MOUNT_ATTR_NOEXEC,
     {{"newinstance", nullptr}, {"ptmxmode", "0666"}, {"mode", "0620"}, {"gid", "5"}}},
    {"tmpfs", "/dev/shm", kStrict, {{"mode", "1777"}, {"size", "65536k"}}},
    {"mqueue", "/dev/mqueue", kStrict, {}},
    {"sysfs", "/sys", kStrict | MOUNT_ATTR_RDONLY, {}},
    {"cgroup2", "/sys/fs/cgroup", kStrict | MOUNT_ATTR_RDONLY, {}},
};

int make(const FileSystem& system) {
  int context = check(call(__NR_fsopen, system.type, FSOPEN_CLOEXEC));
  for (const Option& option : system.options) {
    if (option.key == nullptr) break;
    int command = option.value == nullptr ? FSCONFIG_SET_FLAG : FSCONFIG_SET_STRING;
    check(call(__NR_fsconfig, context, command, option.key, option.value, 0));
  }
  check(call(__NR_fsconfig, context, FSCONFIG_CMD_CREATE, 0, 0, 0));
  int mount = check(call(__NR_fsmount, context, FSMOUNT_CLOEXEC, system.attributes));
  call(__NR_close, context);
  return mount;
}

void mount_file_systems(int& dev) {
  for (const FileSystem& system : kFileSystems) {
    int mount = make(system);
    int target = check(in_root(system.target));
    attach(mount, target);
    call(__NR_close, target);
    if (target >= 0 && system.target[1] == 'd' && system.target[4] == 0) {
      dev = mount;
      for (const char* name : {"pts", "shm", "mqueue"}) check(call(__NR_mkdirat, dev, name, 0755));
    } else {
      call(__NR_close, mount);
    }
  }
}

void make_devices(int dev, bool bind) {
  constexpr int kMajors[] = {1, 1, 1, 1, 1, 5}, kMinors[] = {3, 5, 7, 8, 9, 0};
  call(__NR_umask, 0);
  for (int i = 0; i < kDeviceNodes; ++i) {
    if (!bind) {
      check(call(__NR_mknodat, dev, kDeviceNames[i], 0020666, kMajors[i] << 8 | kMinors[i]));
      continue;
    }
    check(call(__NR_mknodat, dev, kDeviceNames[i], 0100666, 0));
    int target = check(call(__NR_openat, dev, kDeviceNames[i], O_PATH | O_CLOEXEC | O_NOFOLLOW, 0));
    attach(kFirstDeviceFd + i, target);
    call(__NR_close, target);
  }
  constexpr const char* kLinks[][2] = {{"pts/ptmx", "ptmx"},          {"/proc/self/fd", "fd"},
                                       {"/proc/self/fd/0", "stdin"},  {"/proc/self/fd/1", "stdout"},
                                       {"/proc/self/fd/2", "stderr"}, {"/proc/kcore", "core"}};
  for (auto& link : kLinks) check(call(__NR_symlinkat, link[0], dev, link[1]));
  call(__NR_umask, 022);
}

void attach_binds(int count) {
  for (int i = 0; i < count; ++i) {
    char path[] = "/bind/00";
    path[6] = static_cast<char>('0' + i / 10);
    path[7] = static_cast<char>('0' + i % 10);
    int target = check(in_root(path));
    attach(kFirstBindFd + i, target);
    call(__NR_close, target);
  }
}

int clone_of(int fd, const char* path, unsigned flags) {
  return check(call(__NR_open_tree, fd, path, OPEN_TREE_CLONE | OPEN_TREE_CLOEXEC | flags));
}

// Files get the null device, directories one empty file system that all of them share.
void mask_paths(int dev) {
  int empty = make({"tmpfs", "", MOUNT_ATTR_RDONLY, {}});
  for (const char* path : {"/proc/acpi", "/proc/asound", "/proc/kcore", "/proc/keys",
                           "/proc/latency_stats", "/proc/timer_list", "/proc/timer_stats",
                           "/proc/sched_debug", "/sys/firmware", "/proc/scsi"}) {
    int target = in_root(path);
    if (target < 0) continue;
    struct {
      unsigned mask, blocksize;
      uint64_t attributes;
      uint32_t nlink, uid, gid;
      uint16_t mode;
      char rest[256];
    } status;
    check(call(__NR_statx, target, "", AT_EMPTY_PATH, 1 /* STATX_TYPE */, &status));
    bool directory = (status.mode & 0170000) == 0040000;
    int mask = directory ? clone_of(empty, "", AT_EMPTY_PATH) : clone_of(dev, "null", 0);
    attach(mask, target);
    call(__NR_close, mask);
    call(__NR_close, target);
  }
}

void make_paths_readonly() {
  for (const char* path :
       {"/proc/bus", "/proc/fs", "/proc/irq", "/proc/sys", "/proc/sysrq-trigger"}) {
    int target = in_root(path);
    if (target < 0) continue;
    int copy = clone_of(target, "", AT_EMPTY_PATH | AT_RECURSIVE);
    mount_attr readonly{MOUNT_ATTR_RDONLY, 0, 0, 0};
    check(call(__NR_mount_setattr, copy, "", AT_EMPTY_PATH | AT_RECURSIVE, &readonly,
               sizeof readonly));
    attach(copy, target);
    call(__NR_close, copy);
    call(__NR_close, target);
  }
}

void loopback_up() {
  int socket = check(call(__NR_socket, 2, 2 | 02000000, 0));
  ifreq request{};
  request.ifr_name[0] = 'l';
  request.ifr_name[1] = 'o';
  request.ifr_flags = IFF_UP;
  check(call(__NR_ioctl, socket, SIOCSIFFLAGS, &request));
  call(__NR_close, socket);
}

void enter_root() {
  mount_attr readonly{MOUNT_ATTR_RDONLY, 0, 0, 0};
  check(call(__NR_mount_setattr, kRootFd, "", AT_EMPTY_PATH, &readonly, sizeof readonly));
  check(call(__NR_fchdir, kRootFd));
  check(call(__NR_pivot_root, ".", "."));
  check(call(__NR_umount2, ".", 2 /* MNT_DETACH */));
  check(call(__NR_chdir, "/"));
}

void limit_credentials() {
  constexpr uint32_t kKept = 1 << CAP_KILL | 1 << CAP_NET_BIND_SERVICE | 1 << CAP_AUDIT_WRITE;
  struct {
    uint64_t soft, hard;
  } files{1024, 1024};
  check(call(__NR_prlimit64, 0, 7 /* RLIMIT_NOFILE */, &files, 0));
  call(__NR_keyctl, KEYCTL_JOIN_SESSION_KEYRING, "floor");
  check(call(__NR_prctl, PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0));
  for (uint32_t capability = 0; capability <= CAP_LAST_CAP; ++capability) {
    if (capability < 32 && (kKept >> capability & 1) != 0) continue;
    check(call(__NR_prctl, PR_CAPBSET_DROP, capability, 0, 0, 0));
  }
  check(call(__NR_prctl, PR_SET_KEEPCAPS, 1, 0, 0, 0));
  check(call(__NR_setgroups, 0, 0));
  check(call(__NR_setresgid, 0, 0, 0));
  check(call(__NR_setresuid, 0, 0, 0));
  __user_cap_header_struct header{_LINUX_CAPABILITY_VERSION_3, 0};
  __user_cap_data_struct data[2] = {{kKept, kKept, 0}, {0, 0, 0}};
  check(call(__NR_capset, &header, data));
  check(call(__NR_prctl, PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL, 0, 0, 0));
}

void load_filter() {
  static sock_filter instructions[4096];
  long size = check(call(__NR_pread64, kSeccompFd, instructions, sizeof instructions, 0));
  sock_fprog program{static_cast<unsigned short>(size / static_cast<long>(sizeof(sock_filter))),
                     instructions};
  check(call(__NR_seccomp, SECCOMP_SET_MODE_FILTER, SECCOMP_FILTER_FLAG_SPEC_ALLOW, &program));
}

}  // namespace

// Arguments: rootfs, number of binds, "seccomp" or "-", "userns" or "-".
extern "C" [[noreturn]] void start(long* stack) {
  char** arguments = reinterpret_cast<char**>(stack + 1);
  bool seccomp = arguments[3][0] == 's', userns = arguments[4][0] == 'u';
  check(call(__NR_close_range, 200, ~0U, CLOSE_RANGE_CLOEXEC));
  check(call(__NR_setsid));
  check(call(__NR_mount, 0, "/", 0, MS_REC | MS_PRIVATE, 0));
  check(call(__NR_move_mount, kRootFd, "", AT_FDCWD, arguments[1], MOVE_MOUNT_F_EMPTY_PATH));
  int dev = -1;
  mount_file_systems(dev);
  make_devices(dev, userns);
  attach_binds(number(arguments[2]));
  check(call(__NR_sethostname, "floor", 5));
  loopback_up();
  mask_paths(dev);
  make_paths_readonly();
  enter_root();
  limit_credentials();
  if (seccomp) load_filter();
  check(call(__NR_close_range, 3, ~0U, CLOSE_RANGE_CLOEXEC));
  const char* payload[] = {"/true", nullptr};
  char** environment = reinterpret_cast<char**>(stack + stack[0] + 2);
  check(call(__NR_execve, payload[0], payload, environment));
  for (;;) call(__NR_exit_group, 99);
}
