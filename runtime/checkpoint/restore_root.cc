// The work is done by a child of ours in a mount namespace of its own, which we keep when the child
// is gone: no mount is ever seen on the host, whatever is killed when.
//
// Mount points are made with the bind mounts before them in place, since those may contain the
// mount points of later ones. What lies inside a file system of the container's own (tmpfs, proc)
// is none of ours: criu restores it or the kernel has it.
#include "runtime/checkpoint/restore_root.h"

#include <fcntl.h>
#include <linux/mount.h>
#include <sched.h>
#include <sys/mount.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>
#include <span>
#include <utility>

#include "namespaces/host_tree.h"
#include "namespaces/spawn.h"
#include "runtime/act/resolve.h"
#include "runtime/base/error.h"
#include "runtime/base/paths.h"
#include "runtime/base/strings.h"
#include "runtime/base/sys.h"

namespace tare {
namespace {

constexpr size_t kMaxMessage = 8192;
constexpr std::string_view kDone = "done";

// The resolver of tare-init, so that the same links lead to the same places as at create.
Fd make_mount_point(const Fd& root, const std::string& path, act::Missing missing) {
  long fd = act::resolve(root.get(), path.c_str(), missing);
  if (fd < 0) throw Error(static_cast<int>(-fd), "openat2", path);
  return Fd(static_cast<int>(fd));
}

void attach(const Fd& tree, const Fd& target, const std::string& object) {
  constexpr unsigned kFlags = MOVE_MOUNT_F_EMPTY_PATH | MOVE_MOUNT_T_EMPTY_PATH;
  if (::syscall(SYS_move_mount, tree.get(), "", target.get(), "", kFlags) != 0) {
    throw Error(errno, "move_mount", object);
  }
}

// All of this namespace is a slave already: a clone need not be made one.
Fd clone_tree(const std::string& path, bool recursive) {
  return namespaces::clone_host_tree(path, recursive, true);
}

// The index of the last mount before `index` that `destination` lies in.
std::optional<size_t> covering(const oci::Config& config, size_t index,
                               const std::string& destination) {
  for (size_t i = index; i-- > 0;) {
    if (is_within(destination, clean_absolute(config.mounts[i].destination))) return i;
  }
  return std::nullopt;
}

const HostMount* find_host_mount(const RestoreRoot& root, size_t index) {
  for (const HostMount& mount : root.mounts) {
    if (mount.index == index) return &mount;
  }
  return nullptr;
}

bool is_directory(const std::string& path) {
  auto status = sys::try_fstatat(AT_FDCWD, path);
  if (!status) throw Error(ENOENT, "bind source", path);
  return S_ISDIR(status->st_mode);
}

void make_mount_points(const RestoreRoot& root, const Fd& rootfs) {
  for (size_t i = 0; i < root.config.mounts.size(); ++i) {
    std::string destination = clean_absolute(root.config.mounts[i].destination);
    auto below = covering(root.config, i, destination);
    if (below && find_host_mount(root, *below) == nullptr) continue;
    Scope scope("mount point " + destination);
    const HostMount* host = find_host_mount(root, i);
    bool directory = host == nullptr || is_directory(host->source);
    Fd point = make_mount_point(rootfs, destination,
                                directory ? act::Missing::Directory : act::Missing::File);
    if (host != nullptr) attach(clone_tree(host->source, host->recursive), point, destination);
  }
}

Fd attach_root(const RestoreRoot& root) {
  Fd tree = clone_tree(root.rootfs, true);
  attach(tree, sys::openat(AT_FDCWD, root.place, O_PATH | O_DIRECTORY), root.place);
  return tree;  // attached by now
}

void furnish(const RestoreRoot& root) {
  if (::unshare(CLONE_NEWNS) != 0) throw Error(errno, "unshare", "mount namespace");
  sys::mount_setattr(sys::openat(AT_FDCWD, "/", O_PATH | O_DIRECTORY), true, 0, 0, MS_SLAVE);
  make_mount_points(root, attach_root(root));
  if (::umount2(root.place.c_str(), MNT_DETACH | UMOUNT_NOFOLLOW) != 0) {
    throw Error(errno, "umount", root.place);
  }
  attach_root(root);
  if (root.cgroup_place.empty()) return;
  attach(clone_tree(root.cgroup_mount, false),
         sys::openat(AT_FDCWD, root.cgroup_place, O_PATH | O_DIRECTORY), root.cgroup_place);
}

// A copy of us: what it throws must not leave this function.
[[noreturn]] void run_child(const RestoreRoot& root, const Fd& socket) {
  try {
    std::string message(kDone);
    std::vector<Fd> folders;
    try {
      furnish(root);
      for (const std::string& path : root.folders) {
        folders.push_back(sys::openat(AT_FDCWD, path, O_RDONLY | O_DIRECTORY));
      }
    } catch (const Error& error) {
      // The part of the trail that is our parent's, it will say itself.
      message = std::string(error.what()).substr(Scope::trail().size(), kMaxMessage);
      folders.clear();
    }
    std::vector<int> fds;
    fds.reserve(folders.size());
    for (const Fd& folder : folders) fds.push_back(folder.get());
    sys::send_with_fds(socket, std::as_bytes(std::span(message)), fds);
    sys::poll_readable(socket, -1);  // until our parent has the namespace
  } catch (const Error&) {
    ::_exit(1);  // it has gone
  }
  ::_exit(0);
}

}  // namespace

RestoreNamespace make_restore_namespace(const RestoreRoot& root) {
  Scope scope("rootfs " + root.rootfs);
  Fd ours, theirs, pidfd;
  sys::socketpair_seqpacket(ours, theirs);
  pid_t pid = sys::clone3(0, &pidfd, -1);
  if (pid == 0) {
    ours.reset();
    run_child(root, theirs);
  }
  namespaces::Child child(pid, std::move(pidfd));
  theirs.reset();
  RestoreNamespace made;
  std::string text(kMaxMessage, '\0');
  sys::Message message =
      sys::receive_with_fds(ours, std::as_writable_bytes(std::span(text)), "mount namespace");
  if (message.size == 0) throw Error("the child that prepares it died");
  text.resize(message.size);
  if (text != kDone) throw Error(text);
  made.folders = std::move(message.fds);
  made.fd = sys::openat(AT_FDCWD, "/proc/" + std::to_string(pid) + "/ns/mnt", O_RDONLY);
  return made;
}

}  // namespace tare
