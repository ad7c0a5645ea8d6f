// System calls are recognized by what they say to arguments that no kernel accepts: a kernel that
// knows the call complains about them, one that does not says ENOSYS, and a filter around us says
// what its author chose. Versions prove nothing, distributions backport and filters forbid.
#include <fcntl.h>
#include <linux/close_range.h>
#include <linux/openat2.h>
#include <linux/sched.h>
#include <sched.h>
#include <signal.h>
#include <sys/mount.h>
#include <sys/syscall.h>
#include <sys/utsname.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <climits>

#include "runtime/base/strings.h"
#include "runtime/check/attempt.h"
#include "runtime/check/host.h"
#include "runtime/check/host_file.h"
#include "runtime/process/capabilities.h"

namespace tare::check {
namespace {

constexpr int kNoSuchDescriptor = INT_MAX;
constexpr int kCapSysAdmin = 21;

// 0 when the answer is the complaint that shows the call is there.
int complains(long result, int complaint) {
  if (result >= 0 || errno == complaint) return 0;
  return errno;
}

int try_openat2() {
  open_how how{};
  how.flags = O_PATH | O_CLOEXEC;
  how.resolve = RESOLVE_IN_ROOT;
  return complains(::syscall(SYS_openat2, kNoSuchDescriptor, "x", &how, sizeof how), EBADF);
}

int try_clone3_into_cgroup() {
  clone_args arguments{};
  arguments.flags = CLONE_INTO_CGROUP;
  arguments.exit_signal = SIGCHLD;
  arguments.cgroup = kNoSuchDescriptor;
  long pid = ::syscall(SYS_clone3, &arguments, sizeof arguments);
  if (pid == 0) ::_exit(0);  // cannot be: there is no such cgroup
  return complains(pid, EBADF);
}

int try_pidfd_open() {
  return complains(::syscall(SYS_pidfd_open, ::getpid(), 0), 0);
}

int try_pidfd_send_signal() {
  return complains(::syscall(SYS_pidfd_send_signal, kNoSuchDescriptor, 0, nullptr, 0), EBADF);
}

int try_close_range() {
  return complains(::syscall(SYS_close_range, ~0U, ~0U, CLOSE_RANGE_CLOEXEC), 0);
}

int try_open_tree() {
  return complains(::syscall(SYS_open_tree, kNoSuchDescriptor, "x", OPEN_TREE_CLOEXEC), EBADF);
}

int try_fsopen() {
  return complains(::syscall(SYS_fsopen, nullptr, 0), EFAULT);
}

int try_move_mount() {
  return complains(::syscall(SYS_move_mount, kNoSuchDescriptor, "x", kNoSuchDescriptor, "x", 0),
                   EBADF);
}

int set_attributes(const mount_attr& attributes) {
  return complains(
      ::syscall(SYS_mount_setattr, kNoSuchDescriptor, "x", 0, &attributes, sizeof attributes),
      EBADF);
}

int try_mount_setattr() {
  mount_attr attributes{};
  attributes.attr_set = MOUNT_ATTR_RDONLY;
  return set_attributes(attributes);
}

// The namespace is looked up first: EINVAL comes from kernels that do not know the flag.
int try_idmapped() {
  mount_attr attributes{};
  attributes.attr_set = MOUNT_ATTR_IDMAP;
  attributes.userns_fd = kNoSuchDescriptor;
  return set_attributes(attributes);
}

struct Probe {
  const char* name;
  const char* since;
  bool needed;
  int (*attempt)();
};

constexpr Probe kProbes[] = {
    {"openat2", "5.6", true, try_openat2},
    {"clone3IntoCgroup", "5.7", true, try_clone3_into_cgroup},
    {"pidfdOpen", "5.3", true, try_pidfd_open},
    {"pidfdSendSignal", "5.1", true, try_pidfd_send_signal},
    {"closeRange", "5.11", true, try_close_range},
    {"openTree", "5.2", true, try_open_tree},
    {"fsopen", "5.2", true, try_fsopen},
    {"moveMount", "5.2", true, try_move_mount},
    {"mountSetattr", "5.12", true, try_mount_setattr},
    {"idmappedMounts", "5.12", false, try_idmapped},
};

// Mount calls are refused before they look at anything unless one may mount, which root may, and
// others in a user namespace of theirs; who cannot have one learns nothing from the refusal.
std::optional<int> attempt(const Probe& probe) {
  constexpr int kUntried = 255;  // no errno
  int result = attempt_in_child([&] {
    bool may_mount =
        process::has_capability(kCapSysAdmin) || ::unshare(CLONE_NEWUSER | CLONE_NEWNS) == 0;
    int error = probe.attempt();
    return error == EPERM && !may_mount ? kUntried : error;
  });
  return result == kUntried ? std::nullopt : std::optional(result);
}

// "nodev\ttmpfs" or "\text4" a line; and what a module would bring ("alias fs-xfs xfs").
std::vector<std::string> filesystems(const std::string& release) {
  std::vector<std::string> types;
  std::string known = read_host("/proc/filesystems").value_or("");
  for (std::string_view line : split(known, '\n')) {
    auto words = words_of(line);
    if (!words.empty()) types.push_back(words.back());
  }
  constexpr std::string_view kAlias = "alias fs-";
  std::string aliases = read_host("/lib/modules/" + release + "/modules.alias").value_or("");
  for (std::string_view line : split(aliases, '\n')) {
    if (!line.starts_with(kAlias)) continue;
    line.remove_prefix(kAlias.size());
    types.emplace_back(line.substr(0, line.find(' ')));
  }
  return types;
}

bool root_is_initramfs() {
  std::string type;
  for (const Mounted& mounted : mount_table()) {
    if (mounted.where == "/") type = mounted.type;
  }
  return type == "rootfs";
}

}  // namespace

bool Kernel::has(std::string_view feature) const {
  return std::any_of(features.begin(), features.end(), [&](const Feature& known) {
    return known.name == feature && known.error == 0;
  });
}

bool Kernel::has_filesystem(std::string_view type) const {
  type = type.substr(0, type.find('.'));  // fuse.sshfs
  return std::find(filesystems.begin(), filesystems.end(), type) != filesystems.end();
}

Kernel look_at_kernel() {
  Kernel kernel;
  utsname names{};
  ::uname(&names);
  kernel.release = names.release;
  kernel.architecture = names.machine;
  for (const Probe& probe : kProbes) {
    kernel.features.push_back({probe.name, probe.since, probe.needed, attempt(probe)});
  }
  kernel.filesystems = filesystems(kernel.release);
  kernel.root_is_initramfs = root_is_initramfs();
  kernel.memfd_noexec = static_cast<int>(read_number("/proc/sys/vm/memfd_noexec").value_or(0));
  kernel.nr_open = read_number("/proc/sys/fs/nr_open").value_or(kernel.nr_open);
  return kernel;
}

}  // namespace tare::check
