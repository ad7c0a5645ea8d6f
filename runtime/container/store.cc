// Folders, ids and locks.
//
// A container's folder is reserved by mkdir, which only one of many can win. Its lock is an OFD
// lock (fcntl(2), Linux 3.15): it belongs to the open file, so it dies with a killed command and is
// never shared with a child that executes something. Who waited for it looks again afterwards
// whether the folder is still the one the name stands for: it may have been removed, and even made
// anew.
//
// The state root decides what delete kills and unmounts: one that somebody else could write is
// refused.
#include "runtime/container/store.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>

#include "runtime/base/error.h"
#include "runtime/base/log.h"
#include "runtime/base/paths.h"
#include "runtime/base/strings.h"
#include "runtime/base/sys.h"

namespace tare {
namespace {

constexpr const char* kRecord = "state.json";
constexpr const char* kLock = "lock";
constexpr const char* kDeleted = "container was deleted while it was being created";
constexpr size_t kMaxId = 255;             // NAME_MAX
constexpr size_t kMaxRecord = 16U << 20U;  // annotations may be long
constexpr int kMaxDepth = 8;               // of a container's folder
constexpr int kRemoveAttempts = 8;
constexpr useconds_t kBetweenTries = 5'000;
constexpr mode_t kPrivate = 0700;

bool is_id_character(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
         c == '+' || c == '.' || c == '-';
}

// Modes as said, whatever the caller's umask is.
void set_mode(int dirfd, const std::string& name, mode_t mode) {
  if (::fchmodat(dirfd, name.c_str(), mode, 0) != 0) throw Error(errno, "chmod", name);
}

void make_root(const std::string& root) {
  auto make = [&](const std::string& path) {
    if (!sys::try_mkdirat(AT_FDCWD, path, kPrivate)) return;
    const char* runtime_dir = std::getenv("XDG_RUNTIME_DIR");
    bool swept = runtime_dir != nullptr && *runtime_dir == '/' &&
                 is_within(clean_absolute(path), clean_absolute(runtime_dir));
    set_mode(AT_FDCWD, path, swept ? kPrivate | S_ISVTX : kPrivate);
  };
  for (size_t slash = root.find('/', 1); slash != std::string::npos;
       slash = root.find('/', slash + 1)) {
    make(root.substr(0, slash));
  }
  make(root);
}

// Users with a group of their own have an umask that lets it write (pam_umask's usergroups); such a
// group is told by its number.
bool is_private_group(gid_t group) {
  return group != 0 && group == ::getegid() && group == ::geteuid();
}

void check_root(const Fd& fd, const std::string& root) {
  struct stat status = sys::fstat(fd, root);
  if (status.st_uid != ::geteuid()) {
    throw Error("state root " + quote(root) + " belongs to uid " + std::to_string(status.st_uid) +
                ", not to us (uid " + std::to_string(::geteuid()) + ")");
  }
  mode_t foreign = is_private_group(status.st_gid) ? S_IWOTH : S_IWGRP | S_IWOTH;
  if ((status.st_mode & foreign) != 0) {
    throw Error("state root " + quote(root) + " can be written by group or others")
        .with_hint("chmod 700 it");
  }
}

// Opens the directory `name` itself, never what a link or a mount put in its place.
std::optional<Fd> open_own_directory(const Fd& parent, const std::string& name) {
  return sys::try_openat2(parent.get(), name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW,
                          RESOLVE_BENEATH | RESOLVE_NO_XDEV | RESOLVE_NO_SYMLINKS);
}

void empty_directory(const Fd& directory, int depth);

void remove_entry(const Fd& directory, const std::string& name, int depth) {
  auto status = sys::try_fstatat(directory.get(), name, AT_SYMLINK_NOFOLLOW);
  if (!status) return;
  if (!S_ISDIR(status->st_mode)) {
    sys::try_unlinkat(directory.get(), name);
    return;
  }
  if (depth >= kMaxDepth) throw Error(ELOOP, "remove", name);
  if (auto inner = open_own_directory(directory, name)) empty_directory(*inner, depth + 1);
  sys::try_unlinkat(directory.get(), name, AT_REMOVEDIR);
}

// 0, or an errno.
int lock_file(const Fd& file, int command) {
  struct flock whole {};
  whole.l_type = F_WRLCK;
  whole.l_whence = SEEK_SET;
  while (::fcntl(file.get(), command, &whole) != 0) {
    if (errno != EINTR) return errno;
  }
  return 0;
}

// A folder just made, still empty; goes again unless kept.
class NewFolder {
 public:
  NewFolder(const Fd& root, const std::string& id) : root_(root), id_(id) {}
  NewFolder(const NewFolder&) = delete;
  NewFolder& operator=(const NewFolder&) = delete;
  ~NewFolder() {
    if (!kept_) ::unlinkat(root_.get(), id_.c_str(), AT_REMOVEDIR);
  }
  void keep() { kept_ = true; }

 private:
  const Fd& root_;
  const std::string& id_;
  bool kept_ = false;
};

void empty_directory(const Fd& directory, int depth) {
  for (const std::string& name : sys::list_directory(directory)) {
    remove_entry(directory, name, depth);
  }
}

}  // namespace

void check_container_id(const std::string& id) {
  if (id.empty()) throw Error("container id cannot be empty");
  if (id.size() > kMaxId || id.front() == '.' ||
      !std::all_of(id.begin(), id.end(), is_id_character)) {
    throw Error("invalid container ID format");
  }
}

ContainerRecord ContainerDirectory::read() const {
  auto record = try_read();
  if (!record) throw Error("container does not exist");
  return std::move(*record);
}

std::optional<ContainerRecord> ContainerDirectory::try_read() const {
  auto text = sys::try_read_file_at(directory_.get(), kRecord, kMaxRecord);
  if (!text) return std::nullopt;
  ContainerRecord record = read_record(*text);
  if (record.id != id_) throw Error("state.json of " + id_ + ": /id: another container's");
  return record;
}

void ContainerDirectory::write(const ContainerRecord& record) {
  std::string text = write_record(record);
  if (text.size() > kMaxRecord) throw Error(EFBIG, "write", kRecord);
  sys::replace_file_at(directory_.get(), kRecord, text, 0600);
}

bool ContainerDirectory::is_current() const {
  auto named = sys::try_fstatat(root_.get(), id_, AT_SYMLINK_NOFOLLOW);
  return named && sys::is_same_file(*named, sys::fstat(directory_, id_));
}

std::optional<Fd> ContainerDirectory::open_lock() const {
  // O_CREAT: a leftover may lack the file, and in a removed folder it fails with ENOENT.
  return sys::try_openat(directory_.get(), kLock, O_RDWR | O_CREAT | O_NOFOLLOW, 0600);
}

bool ContainerDirectory::lock() {
  if (lock_) return is_current();
  auto file = open_lock();
  if (!file) return false;
  if (int error = lock_file(*file, F_OFD_SETLKW)) throw Error(error, "lock", id_);
  if (!is_current()) return false;
  lock_ = std::move(*file);
  return true;
}

bool ContainerDirectory::lock_within(std::chrono::milliseconds patience) {
  const auto end = std::chrono::steady_clock::now() + patience;
  auto file = open_lock();
  while (file) {
    int error = lock_file(*file, F_OFD_SETLK);
    if (error == 0) break;
    if (error != EAGAIN && error != EACCES) throw Error(error, "lock", id_);
    if (std::chrono::steady_clock::now() >= end) return false;
    ::usleep(kBetweenTries);
  }
  if (!file || !is_current()) throw Error("container does not exist");
  lock_ = std::move(*file);
  return true;
}

void ContainerDirectory::remove() {
  for (const std::string& name : sys::list_directory(directory_)) {
    if (name != kRecord && name != kLock) remove_entry(directory_, name, 0);
  }
  sys::try_unlinkat(directory_.get(), kRecord);
  for (int attempt = 1; is_current(); ++attempt) {
    sys::try_unlinkat(directory_.get(), kLock);
    try {
      sys::try_unlinkat(root_.get(), id_, AT_REMOVEDIR);
    } catch (const Error& error) {
      // Somebody who waits for the lock has just made the file anew; a few can, not for ever.
      if (error.error() != ENOTEMPTY || attempt == kRemoveAttempts) throw;
    }
  }
}

Reservation::~Reservation() {
  if (kept_) return;
  try {
    directory_.remove();
  } catch (const Error& error) {
    log_debug(error.what());
  }
}

std::optional<Store> Store::open(const std::string& root) {
  auto fd = sys::try_openat(AT_FDCWD, root, O_RDONLY | O_DIRECTORY);
  if (!fd) return std::nullopt;
  check_root(*fd, root);
  return Store(std::move(*fd));
}

Store Store::open_or_create(const std::string& root) {
  if (auto store = open(root)) return std::move(*store);
  make_root(root);
  Fd fd = sys::openat(AT_FDCWD, root, O_RDONLY | O_DIRECTORY);
  check_root(fd, root);
  return Store(std::move(fd));
}

Reservation Store::reserve(const std::string& id) const {
  check_container_id(id);
  if (!sys::try_mkdirat(root_.get(), id, kPrivate)) {
    throw Error("container with given ID already exists");
  }
  NewFolder folder(root_, id);
  set_mode(root_.get(), id, kPrivate);
  auto directory = try_find(id);
  if (!directory) throw Error(kDeleted);
  Reservation reservation(std::move(*directory));
  folder.keep();
  if (!reservation.directory().lock()) throw Error(kDeleted);
  return reservation;
}

std::optional<ContainerDirectory> Store::try_find(const std::string& id) const {
  check_container_id(id);
  auto directory = sys::try_openat(root_.get(), id, O_RDONLY | O_DIRECTORY | O_NOFOLLOW);
  if (!directory) return std::nullopt;
  return ContainerDirectory(id, sys::dup_cloexec(root_), std::move(*directory));
}

std::optional<ContainerDirectory> Store::try_find_locked(const std::string& id) const {
  auto directory = try_find(id);
  if (directory && !directory->lock()) return std::nullopt;
  return directory;
}

ContainerDirectory Store::find(const std::string& id) const {
  auto directory = try_find(id);
  if (!directory) throw Error("container does not exist");
  return std::move(*directory);
}

ContainerDirectory Store::find_locked(const std::string& id) const {
  auto directory = try_find_locked(id);
  if (!directory) throw Error("container does not exist");
  return std::move(*directory);
}

std::vector<std::string> Store::ids() const {
  std::vector<std::string> ids = sys::list_directory(root_);
  std::erase_if(ids, [&](const std::string& name) {
    auto status = sys::try_fstatat(root_.get(), name, AT_SYMLINK_NOFOLLOW);
    return name.front() == '.' || !status || !S_ISDIR(status->st_mode);
  });
  std::sort(ids.begin(), ids.end());
  return ids;
}

}  // namespace tare
