// Whoever can look at a container's first process can open /proc/PID/exe (CVE-2019-5736). A
// read-only mount of the binary would be no protection, a sealed copy is; at some tens of KiB it
// costs less than a tenth of a millisecond.
#include "runtime/container/init_image.h"

#include <fcntl.h>
#include <linux/memfd.h>
#include <sys/mman.h>
#include <sys/syscall.h>

#include <cerrno>
#include <string>
#include <string_view>

#include "runtime/base/error.h"
#include "runtime/base/sys.h"

extern "C" {
extern const char tare_init_begin[];
extern const char tare_init_end[];
}

#ifndef MFD_EXEC
#define MFD_EXEC 0x0010U
#endif

namespace tare {
namespace {

std::string_view image() {
  return {tare_init_begin, static_cast<size_t>(tare_init_end - tare_init_begin)};
}

Fd unlinked_file(const Fd& directory) {
  Fd writable = sys::openat(directory.get(), ".", O_TMPFILE | O_RDWR, 0500);
  sys::write_all(writable, image(), "tare-init");
  // A file that is open for writing cannot be executed.
  return sys::openat(AT_FDCWD, "/proc/self/fd/" + std::to_string(writable.get()), O_RDONLY);
}

}  // namespace

Fd open_init_image(const Fd& directory) {
  constexpr unsigned kFlags = MFD_CLOEXEC | MFD_ALLOW_SEALING;
  constexpr int kSeals = F_SEAL_SEAL | F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE;
  int fd = ::memfd_create("tare-init", kFlags | MFD_EXEC);
  if (fd < 0 && errno == EINVAL) fd = ::memfd_create("tare-init", kFlags);  // before Linux 6.3
  if (fd < 0 && errno == EACCES) return unlinked_file(directory);
  if (fd < 0) throw Error(errno, "memfd_create", "tare-init");
  Fd memory(fd);
  sys::write_all(memory, image(), "tare-init");
  if (::fcntl(fd, F_ADD_SEALS, kSeals) != 0) throw Error(errno, "fcntl", "F_ADD_SEALS");
  return memory;
}

}  // namespace tare
