// Thin on purpose: a start reads and writes a dozen of these files, so one open, read and close
// each. kernfs gives a file of up to a page in one read; longer ones (cgroup.procs) are read on.
// A removed cgroup answers ENODEV on descriptors that are still open.
#include "cgroups/control_file.h"

#include <dirent.h>
#include <fcntl.h>
#include <linux/magic.h>
#include <sys/stat.h>
#include <sys/xattr.h>

#include <cerrno>
#include <memory>

#include "runtime/base/error.h"
#include "runtime/base/strings.h"
#include "runtime/base/sys.h"

namespace tare::cgroups {
namespace {

constexpr const char* kCreatedAttribute = "user.tare";

constexpr size_t kPage = 4096;

// EOPNOTSUPP: a threaded cgroup has no cgroup.procs of its own, its domain lists them.
bool absent(int error) {
  return error == ENOENT || error == ENOTDIR || error == ENODEV || error == EOPNOTSUPP;
}

struct DirectoryCloser {
  void operator()(DIR* directory) const { ::closedir(directory); }
};

}  // namespace

std::optional<std::string> read_control(int dirfd, const std::string& file) {
  Fd fd(::openat(dirfd, file.c_str(), O_RDONLY | O_NOCTTY | O_CLOEXEC));
  if (!fd && absent(errno)) return std::nullopt;
  if (!fd) throw Error(errno, "open", file);
  std::string text;
  for (;;) {
    char page[kPage];
    ssize_t length = ::read(fd.get(), page, sizeof page);
    if (length < 0 && errno == EINTR) continue;
    if (length < 0 && absent(errno)) return std::nullopt;
    if (length < 0) throw Error(errno, "read", file);
    text.append(page, static_cast<size_t>(length));
    // kernfs fills the buffer while there is more; lists of numbers stop a few bytes short of it.
    if (static_cast<size_t>(length) < kPage / 2) return text;
  }
}

int try_write_control(int dirfd, const std::string& file, std::string_view value) {
  Fd fd(::openat(dirfd, file.c_str(), O_WRONLY | O_NOCTTY | O_CLOEXEC));
  if (!fd) return errno;
  for (;;) {
    ssize_t length = ::write(fd.get(), value.data(), value.size());
    if (length >= 0) return static_cast<size_t>(length) == value.size() ? 0 : EIO;
    if (errno != EINTR) return errno;
  }
}

std::optional<uint64_t> keyed_value(std::string_view text, std::string_view key) {
  for (std::string_view line : split(text, '\n')) {
    if (line.size() > key.size() && line.starts_with(key) && line[key.size()] == ' ') {
      return parse_number<uint64_t>(line.substr(key.size() + 1));
    }
  }
  return std::nullopt;
}

std::vector<std::string> child_cgroups(const Fd& directory) {
  std::vector<std::string> names;
  // A kernfs directory has two links and one for each below it: mostly there is nothing to list.
  if (sys::fstat(directory, "cgroup").st_nlink == 2) return names;
  auto listing = sys::try_openat(directory.get(), ".", O_RDONLY | O_DIRECTORY);
  if (!listing) return names;
  std::unique_ptr<DIR, DirectoryCloser> stream(::fdopendir(listing->get()));
  if (!stream) throw Error(errno, "fdopendir", "cgroup");
  listing->release();
  while (const dirent* entry = ::readdir(stream.get())) {
    std::string_view name = entry->d_name;
    if (entry->d_type == DT_DIR && name != "." && name != "..") names.emplace_back(name);
  }
  return names;
}

std::optional<Fd> open_below(const Fd& directory, const std::string& name) {
  return sys::try_openat2(directory.get(), name, O_PATH | O_DIRECTORY,
                          RESOLVE_BENEATH | RESOLVE_NO_SYMLINKS | RESOLVE_NO_XDEV);
}

std::optional<Fd> open_cgroup(const std::string& path) {
  auto directory = sys::try_openat2(AT_FDCWD, path, O_PATH | O_DIRECTORY, RESOLVE_NO_SYMLINKS);
  if (directory && sys::fstatfs_type(*directory, path) != CGROUP2_SUPER_MAGIC) {
    throw Error(quote(path) + " is not on a cgroup2 hierarchy");
  }
  return directory;
}

void mark_created(const std::string& path) {
  // Where it cannot be set the directory is removed by its maker alone, when that comes last.
  ::setxattr(path.c_str(), kCreatedAttribute, "1", 1, 0);
}

bool is_marked_created(const std::string& path) {
  return ::getxattr(path.c_str(), kCreatedAttribute, nullptr, 0) > 0;
}

}  // namespace tare::cgroups
