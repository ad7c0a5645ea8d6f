// In its upper directory overlayfs marks what is gone by a character device 0:0, and a directory
// that replaces one by an attribute. Names and contents there are the command's: nothing is
// followed.
#include "runtime/sandbox/changes.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <sys/xattr.h>
#include <unistd.h>

#include <cerrno>

#include "runtime/base/error.h"
#include "runtime/base/strings.h"
#include "runtime/base/sys.h"
#include "runtime/sandbox/overlay.h"

namespace tare::sandbox {
namespace {

constexpr int kDirectory = O_RDONLY | O_DIRECTORY | O_NOFOLLOW;
constexpr int kMaxDepth = 512;  // of descriptors open at once
constexpr const char* kMarks[] = {"user.overlay.opaque",   "user.overlay.impure",
                                  "user.overlay.origin",   "user.overlay.uuid",
                                  "user.overlay.metacopy", "user.overlay.redirect"};

// An existing directory is as good as a new one.
Fd make_directory(const Fd& parent, const std::string& name) {
  if (::mkdirat(parent.get(), name.c_str(), 0755) != 0 && errno != EEXIST) {
    throw Error(errno, "--diff: mkdir", name);
  }
  return sys::openat(parent.get(), name, kDirectory);
}

void make_path(const Fd& top, std::string_view path) {
  Fd current = sys::openat(top.get(), ".", kDirectory);
  for (std::string_view part : split(path, '/')) {
    if (!part.empty()) current = make_directory(current, std::string(part));
  }
}

std::string line_of(const std::string& path) {
  std::string line;
  for (char c : path) {
    if (c == '\n') {
      line += "\\n";
    } else {
      if (c == '\\') line += c;
      line += c;
    }
  }
  return line + "\n";
}

bool is_whiteout(const struct stat& status) {
  return S_ISCHR(status.st_mode) && status.st_rdev == makedev(0, 0);
}

class Harvest {
 public:
  std::string deleted;

  void directory(const Fd& open, const std::string& path, int depth) {
    if (depth > kMaxDepth) throw Error("--diff: " + quote(path) + " is too deep");
    take_marks(open, path);
    for (const std::string& name : sys::list_directory(open)) entry(open, name, path, depth);
  }

 private:
  void entry(const Fd& parent, const std::string& name, const std::string& path, int depth) {
    auto status = sys::try_fstatat(parent.get(), name, AT_SYMLINK_NOFOLLOW);
    if (!status) return;
    std::string below = path + "/" + name;
    if (is_whiteout(*status)) {
      deleted += line_of(below);
      if (::unlinkat(parent.get(), name.c_str(), 0) != 0) throw Error(errno, "unlink", below);
    } else if (S_ISDIR(status->st_mode)) {
      directory(sys::openat(parent.get(), name, kDirectory), below, depth + 1);
    } else if (S_ISREG(status->st_mode)) {
      auto file = sys::try_openat(parent.get(), name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK);
      if (file) take_marks(*file, below);
    }
  }

  void take_marks(const Fd& file, const std::string& path) {
    for (const char* mark : kMarks) {
      char value = 0;
      ssize_t size = ::fgetxattr(file.get(), mark, &value, 1);
      if (size < 0 && errno != ERANGE) continue;
      if (mark == kMarks[0] && value == 'y') deleted += line_of(path);
      ::fremovexattr(file.get(), mark);
    }
  }
};

// Of what overlayfs worked in: directories that may have no mode at all.
void remove_tree(const Fd& parent, const std::string& name) {
  if (::unlinkat(parent.get(), name.c_str(), 0) == 0 || errno == ENOENT) return;
  if (::unlinkat(parent.get(), name.c_str(), AT_REMOVEDIR) == 0) return;
  if (::fchmodat(parent.get(), name.c_str(), 0700, 0) != 0) throw Error(errno, "chmod", name);
  Fd directory = sys::openat(parent.get(), name, kDirectory);
  for (const std::string& below : sys::list_directory(directory)) remove_tree(directory, below);
  if (::unlinkat(parent.get(), name.c_str(), AT_REMOVEDIR) != 0) throw Error(errno, "rmdir", name);
}

}  // namespace

Changes Changes::prepare(const Policy& policy) {
  Changes changes;
  if (policy.diff.empty()) return changes;
  if (::mkdir(policy.diff.c_str(), 0755) != 0 && errno != EEXIST) {
    throw Error(errno, "--diff", quote(policy.diff));
  }
  Fd top = sys::openat(AT_FDCWD, policy.diff, O_RDONLY | O_DIRECTORY);
  if (!sys::list_directory(top).empty()) {
    throw Error("--diff: " + quote(policy.diff) + " is not empty");
  }
  for (const Place& place : policy.places) {
    if (place.kind != Place::Kind::TemporaryOverlay) continue;
    make_path(top, changes_directory("", place.path));
    make_path(top, work_directory("", changes.overlays_++));
  }
  changes.directory_ = std::move(top);
  return changes;
}

void Changes::finish() {
  if (!directory_) return;
  Scope scope("--diff");
  if (overlays_ > 0) remove_tree(directory_, ".work");
  Harvest harvest;
  auto changed = sys::try_openat(directory_.get(), "changed", kDirectory);
  if (changed) harvest.directory(*changed, "", 0);
  sys::replace_file_at(directory_.get(), "deleted", harvest.deleted, 0644);
}

}  // namespace tare::sandbox
