// An overlay on a tmpfs, in a child with a user namespace and a mount namespace of its own, where
// mounts of ours show nowhere else. With its ids mapped, or it could not make directories.
#include <fcntl.h>
#include <sched.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <string>

#include "runtime/base/sys.h"
#include "runtime/check/attempt.h"
#include "runtime/check/host.h"

namespace tare::check {
namespace {

constexpr const char* kPlace = "/tmp";

int mount_one() {
  if (::mount("tmpfs", kPlace, "tmpfs", 0, nullptr) != 0) return errno;
  Fd place = sys::openat(AT_FDCWD, kPlace, O_RDONLY | O_DIRECTORY);
  for (const char* name : {"lower", "upper", "work"}) sys::mkdirat(place.get(), name, 0755);
  if (::fchdir(place.get()) != 0) return errno;
  constexpr const char* kOptions = "lowerdir=lower,upperdir=upper,workdir=work,userxattr";
  return ::mount("overlay", "lower", "overlay", 0, kOptions) == 0 ? 0 : errno;
}

}  // namespace

int try_overlay() {
  return attempt_in_child([] {
    std::string uid = std::to_string(::geteuid()), gid = std::to_string(::getegid());
    if (::unshare(CLONE_NEWUSER | CLONE_NEWNS) != 0) return errno;
    sys::write_file_at(AT_FDCWD, "/proc/self/setgroups", "deny");
    sys::write_file_at(AT_FDCWD, "/proc/self/uid_map", "0 " + uid + " 1");
    sys::write_file_at(AT_FDCWD, "/proc/self/gid_map", "0 " + gid + " 1");
    return mount_one();
  });
}

}  // namespace tare::check
