// The kernel locks mounts while it copies them into a mount namespace of another user namespace,
// and never else: a clone of ours that is moved there comes without. So the trees are attached in a
// copy of our mount namespace, this is copied into one of a new user namespace, and there they are
// cloned again. Options of the configuration that were set before are locked with the host's.
//
//   tare            stager: CLONE_NEWNS            locker: CLONE_NEWUSER | CLONE_NEWNS
//   trees ────────→ on a tmpfs over "/" ── copy ──→ open_tree, in place of ours
//
// Cloning each from its path in such a namespace is less work, but that is refused for a tree
// without what is mounted below it, and for what has no path: a descriptor, another process's root.
//
// Both processes borrow our memory and our descriptors and keep us waiting (vfork(2)); that the
// kernel takes the namespaces apart again, we do not wait for.
#include "namespaces/tree_locks.h"

#include <fcntl.h>
#include <linux/mount.h>
#include <linux/sched.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>

#include <cerrno>
#include <memory>

#include "runtime/act/syscall.h"
#include "runtime/base/error.h"
#include "runtime/base/sys.h"

namespace tare::namespaces {
namespace {

using act::call;
using act::ScopedFd;

constexpr unsigned long kPrivate = 1UL << 18;  // MS_PRIVATE; libc's header collides

struct Place {
  int tree;
  bool directory;
  std::string name;
};

// What the two processes are told and say. In shared memory: under sanitizers they have copies of
// the rest.
struct Job {
  const std::vector<Place>* places;
  uint64_t stage_device = 0;
  int stager = -1, locker = -1;  // pidfds
  long stager_pid = 0, locker_pid = 0;
  // Where it failed, the tree where it is one's fault.
  int error = ECHILD;
  const char* call = "lock";
  size_t at = 0;
};

bool done(Job& job, const char* name, long result) {
  if (!act::is_error(result)) return true;
  job.error = static_cast<int>(-result);
  job.call = name;
  return false;
}

uint64_t device_of(int fd) {
  struct statx status {};
  if (call(SYS_statx, fd, "", AT_EMPTY_PATH | AT_STATX_DONT_SYNC, 0U, &status) != 0) return 0;
  return uint64_t{status.stx_dev_major} << 32 | status.stx_dev_minor;
}

bool stand(Job& job, const Place& place) {
  const char* name = place.name.c_str();
  constexpr unsigned kMode = 0700;
  long made = place.directory ? call(SYS_mkdirat, AT_FDCWD, name, kMode)
                              : call(SYS_mknodat, AT_FDCWD, name, S_IFREG | kMode, 0);
  return done(job, "mkdir", made) &&
         done(job, "move_mount",
              call(SYS_move_mount, place.tree, "", AT_FDCWD, name, MOVE_MOUNT_F_EMPTY_PATH));
}

// In the copy of our namespace: what it mounts must not show in ours. The root has to be the
// topmost mount, or the process counts as one in a chroot, which may not make user namespaces.
bool stage(Job& job) {
  struct mount_attr alone {};
  alone.propagation = kPrivate;
  if (!done(job, "mount_setattr",
            call(SYS_mount_setattr, AT_FDCWD, "/", 0, &alone, sizeof alone))) {
    return false;
  }
  ScopedFd filesystem(call(SYS_fsopen, "tmpfs", FSOPEN_CLOEXEC));
  if (!done(job, "fsopen", filesystem.get()) ||
      !done(job, "fsconfig",
            call(SYS_fsconfig, filesystem.get(), FSCONFIG_CMD_CREATE, nullptr, nullptr, 0))) {
    return false;
  }
  ScopedFd root(call(SYS_fsmount, filesystem.get(), FSMOUNT_CLOEXEC, 0));
  if (!done(job, "fsmount", root.get()) ||
      !done(job, "move_mount",
            call(SYS_move_mount, root.get(), "", AT_FDCWD, "/", MOVE_MOUNT_F_EMPTY_PATH)) ||
      !done(job, "fchdir", call(SYS_fchdir, root.get())) ||
      !done(job, "chroot", call(SYS_chroot, "."))) {
    return false;
  }
  job.stage_device = device_of(root.get());
  for (job.at = 0; job.at < job.places->size(); ++job.at) {
    if (!stand(job, (*job.places)[job.at])) return false;
  }
  return true;
}

// In the copy for the user namespace, in the same directory as the stager.
void lock(Job& job) {
  for (job.at = 0; job.at < job.places->size(); ++job.at) {
    const Place& place = (*job.places)[job.at];
    constexpr unsigned kFlags = OPEN_TREE_CLONE | OPEN_TREE_CLOEXEC | AT_RECURSIVE;
    ScopedFd tree(call(SYS_open_tree, AT_FDCWD, place.name.c_str(), kFlags));
    if (!done(job, "open_tree", tree.get())) return;
    // The kernel leaves mount namespace files (nsfs) out of such copies.
    bool missing = device_of(tree.get()) == job.stage_device;
    if (!done(job, "copy", missing ? -EINVAL : 0)) return;
    if (!done(job, "dup3", call(SYS_dup3, tree.get(), place.tree, O_CLOEXEC))) return;
  }
  job.error = 0;
}

// Ends without our descriptors: while the kernel takes this process apart its user namespace is
// within reach of all that have our uid, in whatever container with the host's pids.
[[noreturn]] void end_bare() {
  call(SYS_close_range, 0U, ~0U, CLOSE_RANGE_UNSHARE);
  act::end_process(0);
}

[[gnu::noinline]] void clone_locker(Job& job) {
  struct clone_args arguments {};
  // A child of ours, not of the stager, which ends first; it has the stager's exit signal.
  arguments.flags = CLONE_NEWUSER | CLONE_NEWNS | CLONE_FILES | CLONE_PARENT | CLONE_PIDFD |
                    kBorrowMemory | CLONE_VFORK;
  arguments.pidfd = reinterpret_cast<uint64_t>(&job.locker);
  long pid = call(SYS_clone3, &arguments, sizeof arguments);
  if (pid == 0) {
    lock(job);
    end_bare();
  }
  if (done(job, "clone3", pid)) job.locker_pid = pid;
}

[[gnu::noinline]] void clone_stager(Job& job) {
  struct clone_args arguments {};
  arguments.flags = CLONE_NEWNS | CLONE_FILES | CLONE_PIDFD | kBorrowMemory | CLONE_VFORK;
  arguments.exit_signal = SIGCHLD;
  arguments.pidfd = reinterpret_cast<uint64_t>(&job.stager);
  long pid = call(SYS_clone3, &arguments, sizeof arguments);
  if (pid == 0) {
    if (stage(job)) clone_locker(job);
    end_bare();
  }
  if (done(job, "clone3", pid)) job.stager_pid = pid;
}

struct Unmap {
  void operator()(Job* job) const { ::munmap(job, sizeof *job); }
};

std::unique_ptr<Job, Unmap> shared_job(const std::vector<Place>& places) {
  constexpr int kKind = MAP_SHARED | MAP_ANONYMOUS;
  void* memory = ::mmap(nullptr, sizeof(Job), PROT_READ | PROT_WRITE, kKind, -1, 0);
  if (memory == MAP_FAILED) throw Error(errno, "mmap", "");
  return std::unique_ptr<Job, Unmap>(new (memory) Job{.places = &places});
}

// Before anybody else can see it: the container's mount is never without.
void restrict(const Fd& tree, const Restrictions& restrictions) {
  if (restrictions.recursive != 0) sys::mount_setattr(tree, true, restrictions.recursive, 0);
  if (restrictions.top != 0) sys::mount_setattr(tree, false, restrictions.top, 0);
}

}  // namespace

std::vector<Child> lock_trees(const std::vector<HostTree>& trees, const Steps& steps) {
  if (trees.empty()) return {};
  std::vector<Place> places;
  for (const HostTree& tree : trees) {
    Scope scope(tree.what);
    const Fd& fd = steps.fds()[static_cast<size_t>(tree.slot)];
    restrict(fd, tree.restrictions);
    bool directory = S_ISDIR(sys::fstat(fd).st_mode);
    places.push_back({fd.get(), directory, std::to_string(places.size())});
  }
  auto job = shared_job(places);
  // Whoever has our uid has all capabilities over user namespaces that we make, and could attach to
  // a process there that has our memory: the locker now, and soon the container's before it
  // executes tare-init.
  if (::prctl(PR_SET_DUMPABLE, 0) != 0) throw Error(errno, "prctl", "PR_SET_DUMPABLE");
  clone_stager(*job);
  std::vector<Child> ending;
  if (job->stager_pid > 0)
    ending.emplace_back(static_cast<pid_t>(job->stager_pid), Fd(job->stager));
  if (job->locker_pid > 0)
    ending.emplace_back(static_cast<pid_t>(job->locker_pid), Fd(job->locker));
  if (job->error == 0) return ending;
  Scope scope(job->at < trees.size() ? trees[job->at].what : "mounts of the host");
  throw Error(job->error, job->call, "").with_hint("the flags of its mounts could not be locked");
}

}  // namespace tare::namespaces
