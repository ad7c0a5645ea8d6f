// The file half of sys.h. EINTR is retried for open and write (regular and kernel files alike).
#include <dirent.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/vfs.h>

#include <cerrno>
#include <memory>

#include "runtime/base/error.h"
#include "runtime/base/sys.h"

namespace tare::sys {
namespace {

bool absent(int error) {
  return error == ENOENT || error == ENOTDIR;
}

// Where the new text of `name` is written before it is renamed.
std::string unfinished(const std::string& name) {
  return std::string(name).insert(name.rfind('/') + 1, ".");
}

template <typename Call>
auto retry(Call call) {
  for (;;) {
    auto result = call();
    if (result >= 0 || errno != EINTR) return result;
  }
}

struct DirectoryCloser {
  void operator()(DIR* directory) const { ::closedir(directory); }
};

}  // namespace

Fd openat(int dirfd, const std::string& path, int flags, mode_t mode) {
  int fd = retry([&] { return ::openat(dirfd, path.c_str(), flags | O_CLOEXEC, mode); });
  if (fd < 0) throw Error(errno, "open", path);
  return Fd(fd);
}

std::optional<Fd> try_openat(int dirfd, const std::string& path, int flags, mode_t mode) {
  int fd = retry([&] { return ::openat(dirfd, path.c_str(), flags | O_CLOEXEC, mode); });
  if (fd >= 0) return Fd(fd);
  if (absent(errno)) return std::nullopt;
  throw Error(errno, "open", path);
}

std::optional<Fd> try_openat2(int dirfd, const std::string& path, uint64_t flags,
                              uint64_t resolve) {
  struct open_how how {};
  how.flags = flags | O_CLOEXEC;
  how.resolve = resolve;
  long fd = retry([&] { return ::syscall(SYS_openat2, dirfd, path.c_str(), &how, sizeof how); });
  if (fd >= 0) return Fd(static_cast<int>(fd));
  if (absent(errno)) return std::nullopt;
  throw Error(errno, "openat2", path);
}

std::string read_all(const Fd& fd, size_t limit, std::string_view object) {
  std::string text;
  size_t used = 0;
  for (;;) {
    if (text.size() < used + 1) text.resize(used == 0 ? 4096 : used * 2);
    ssize_t n = retry([&] { return ::read(fd.get(), text.data() + used, text.size() - used); });
    if (n < 0) throw Error(errno, "read", object);
    if (n == 0) break;
    used += static_cast<size_t>(n);
    if (used > limit) throw Error(EFBIG, "read", object);
  }
  text.resize(used);
  return text;
}

std::string read_file_at(int dirfd, const std::string& path, size_t limit) {
  return read_all(openat(dirfd, path, O_RDONLY), limit, path);
}

std::optional<std::string> try_read_file_at(int dirfd, const std::string& path, size_t limit) {
  auto fd = try_openat(dirfd, path, O_RDONLY);
  if (!fd) return std::nullopt;
  return read_all(*fd, limit, path);
}

void write_once(const Fd& fd, std::string_view text, std::string_view object) {
  ssize_t n = retry([&] { return ::write(fd.get(), text.data(), text.size()); });
  if (n < 0) throw Error(errno, "write", object);
  if (static_cast<size_t>(n) != text.size()) throw Error(EIO, "write", object);
}

void write_file_at(int dirfd, const std::string& path, std::string_view text) {
  write_once(openat(dirfd, path, O_WRONLY | O_NOCTTY), text, path);
}

void write_all(const Fd& fd, std::string_view text, std::string_view object) {
  while (!text.empty()) {
    ssize_t n = retry([&] { return ::write(fd.get(), text.data(), text.size()); });
    if (n < 0) throw Error(errno, "write", object);
    text.remove_prefix(static_cast<size_t>(n));
  }
}

void replace_file_at(int dirfd, const std::string& name, std::string_view text, mode_t mode) {
  std::string temporary = unfinished(name);
  // A leftover of a killed writer would make O_EXCL fail for ever.
  try_unlinkat(dirfd, temporary);
  Fd file = openat(dirfd, temporary, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, mode);
  try {
    write_all(file, text, name);
    if (::renameat(dirfd, temporary.c_str(), dirfd, name.c_str()) != 0) {
      throw Error(errno, "rename", name);
    }
  } catch (const Error&) {
    ::unlinkat(dirfd, temporary.c_str(), 0);
    throw;
  }
}

void remove_unfinished_at(int dirfd, const std::string& name, std::string_view text) noexcept {
  std::string temporary = unfinished(name);
  int flags = O_RDONLY | O_NONBLOCK | O_NOFOLLOW | O_NOCTTY | O_CLOEXEC;
  Fd file(::openat(dirfd, temporary.c_str(), flags));
  if (!file) return;
  char content[64];
  ssize_t length = ::read(file.get(), content, sizeof content);
  if (length < 0) return;
  if (length == 0 || std::string_view(content, static_cast<size_t>(length)) == text) {
    ::unlinkat(dirfd, temporary.c_str(), 0);
  }
}

void mkdirat(int dirfd, const std::string& path, mode_t mode) {
  if (::mkdirat(dirfd, path.c_str(), mode) != 0) throw Error(errno, "mkdir", path);
}

bool try_mkdirat(int dirfd, const std::string& path, mode_t mode) {
  if (::mkdirat(dirfd, path.c_str(), mode) == 0) return true;
  if (errno == EEXIST) return false;
  throw Error(errno, "mkdir", path);
}

bool try_unlinkat(int dirfd, const std::string& path, int flags) {
  if (::unlinkat(dirfd, path.c_str(), flags) == 0) return true;
  if (absent(errno)) return false;
  throw Error(errno, (flags & AT_REMOVEDIR) != 0 ? "rmdir" : "unlink", path);
}

void fchownat(int dirfd, const std::string& path, uid_t uid, gid_t gid, int flags) {
  if (::fchownat(dirfd, path.c_str(), uid, gid, flags) != 0) throw Error(errno, "chown", path);
}

struct stat fstat(const Fd& fd, std::string_view object) {
  struct stat status {};
  if (::fstat(fd.get(), &status) != 0) throw Error(errno, "fstat", object);
  return status;
}

std::optional<struct stat> try_fstatat(int dirfd, const std::string& path, int flags) {
  struct stat status {};
  if (::fstatat(dirfd, path.c_str(), &status, flags) == 0) return status;
  if (absent(errno)) return std::nullopt;
  throw Error(errno, "stat", path);
}

bool is_same_file(const std::string& one, const std::string& other) {
  auto a = try_fstatat(AT_FDCWD, one);
  auto b = try_fstatat(AT_FDCWD, other);
  return a && b && is_same_file(*a, *b);
}

bool is_same_file(const struct stat& one, const struct stat& other) {
  return one.st_dev == other.st_dev && one.st_ino == other.st_ino;
}

uint64_t fstatfs_type(const Fd& fd, std::string_view object) {
  struct statfs status {};
  if (::fstatfs(fd.get(), &status) != 0) throw Error(errno, "fstatfs", object);
  return static_cast<uint64_t>(status.f_type);
}

uint64_t mount_id(const std::string& path) {
  struct statx status {};
  if (::statx(AT_FDCWD, path.c_str(), 0, STATX_MNT_ID, &status) != 0) {
    throw Error(errno, "statx", path);
  }
  return status.stx_mnt_id;
}

std::vector<std::string> list_directory(const Fd& directory) {
  // A descriptor of its own: readdir moves the offset, and O_PATH ones cannot be read.
  int fd = ::openat(directory.get(), ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (fd < 0) throw Error(errno, "open", "directory");
  std::unique_ptr<DIR, DirectoryCloser> stream(::fdopendir(fd));
  if (!stream) {
    int error = errno;
    ::close(fd);
    throw Error(error, "fdopendir", "");
  }
  std::vector<std::string> names;
  while (const dirent* entry = ::readdir(stream.get())) {
    std::string name = entry->d_name;
    if (name != "." && name != "..") names.push_back(std::move(name));
  }
  return names;
}

Fd memfd_create(const char* name, unsigned flags) {
  int fd = ::memfd_create(name, flags | MFD_CLOEXEC);
  if (fd < 0) throw Error(errno, "memfd_create", name);
  return Fd(fd);
}

Pipe pipe() {
  int ends[2];
  if (::pipe2(ends, O_CLOEXEC) != 0) throw Error(errno, "pipe2", "");
  return {Fd(ends[0]), Fd(ends[1])};
}

Fd dup_cloexec(const Fd& fd) {
  int copy = ::fcntl(fd.get(), F_DUPFD_CLOEXEC, 3);
  if (copy < 0) throw Error(errno, "dup", "");
  return Fd(copy);
}

void set_inheritable(int fd) {
  if (::fcntl(fd, F_SETFD, 0) != 0) throw Error(errno, "fcntl", "F_SETFD");
}

}  // namespace tare::sys
