// openat2(2) with RESOLVE_IN_ROOT decides where a path leads, and the result is a descriptor:
// nothing that is renamed or linked afterwards changes what we act on. Where components are
// missing, the walk is done by hand, one component at a time on held descriptors: a name created by
// us is never looked up through anything but its held parent (CVE-2024-45310, CVE-2021-30465).
#include <linux/openat2.h>

#include "runtime/act/kernel.h"
#include "runtime/act/resolve.h"
#include "runtime/act/syscall.h"
#include "runtime/act/text.h"

namespace tare::act {
namespace {

constexpr int kMaxDepth = 256;
constexpr int kMaxLinks = 40;
constexpr int kRetries = 128;
// One character more than a name may have: a longer one is cut, and still refused by the kernel.
constexpr size_t kNameBuffer = 255 + 2;

long open_component(int directory, const char* name, int flags = 0) {
  return call(__NR_openat, directory, name, O_PATH | O_NOFOLLOW | O_CLOEXEC | flags, 0);
}

// EAGAIN: something was renamed while ".." was resolved. A storm of renames by an attacker must not
// keep us for ever, nor may it make an honest start fail: 128 tries (security.md 2.2).
long open_in_root(int root, const char* path, uint64_t resolve_flags) {
  struct open_how how {};
  how.flags = O_PATH | O_CLOEXEC;
  how.resolve = RESOLVE_IN_ROOT | RESOLVE_NO_MAGICLINKS | resolve_flags;
  long fd = -EAGAIN;
  for (int i = 0; i < kRetries && fd == -EAGAIN; ++i) {
    fd = call(__NR_openat2, root, path, &how, sizeof how);
  }
  return fd;
}

// The directories walked so far; the root itself is not owned.
class Walk {
 public:
  explicit Walk(int root) { fds_[0] = root; }
  Walk(const Walk&) = delete;
  Walk& operator=(const Walk&) = delete;
  ~Walk() { up_to_root(); }

  int top() const { return fds_[depth_]; }
  bool push(int fd) {
    if (depth_ + 1 >= kMaxDepth) return false;
    fds_[++depth_] = fd;
    return true;
  }
  void up() {
    if (depth_ > 0) call(__NR_close, fds_[depth_--]);
  }
  void up_to_root() {
    while (depth_ > 0) up();
  }
  // The top as a descriptor of the caller's.
  long take() {
    if (depth_ == 0) return call(__NR_openat, fds_[0], ".", O_PATH | O_CLOEXEC, 0);
    return fds_[depth_--];
  }

 private:
  int fds_[kMaxDepth] = {};
  int depth_ = 0;
};

// What is still to be walked; links are put in front.
class Remaining {
 public:
  bool set(const char* path) { return prepend(path, false); }
  // Takes the next component into `name`; false at the end.
  bool next(char* name, size_t size, bool* last) {
    while (text_[at_] == '/') ++at_;
    if (text_[at_] == 0) return false;
    size_t n = 0;
    while (text_[at_] != 0 && text_[at_] != '/') {
      if (n + 1 < size) name[n++] = text_[at_];
      ++at_;
    }
    name[n] = 0;
    size_t rest = at_;
    while (text_[rest] == '/') ++rest;
    *last = text_[rest] == 0;
    return true;
  }
  bool prepend(const char* front, bool separate = true) {
    size_t front_length = length(front);
    size_t rest = length(text_ + at_);
    if (front_length + 1 + rest + 1 > sizeof text_) return false;
    char kept[kMaxPath];
    copy(kept, text_ + at_, rest + 1);
    copy(text_, front, front_length);
    size_t used = front_length;
    if (separate) text_[used++] = '/';
    copy(text_ + used, kept, rest + 1);
    at_ = 0;
    return true;
  }

 private:
  char text_[kMaxPath] = {};
  size_t at_ = 0;
};

long make_component(int directory, const char* name, bool as_file) {
  long made;
  if (as_file) {
    made = call(__NR_openat, directory, name,
                O_CREAT | O_EXCL | O_WRONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC, 0644);
    if (made >= 0) call(__NR_close, made);
  } else {
    made = call(__NR_mkdirat, directory, name, 0755);
  }
  // Lost a race: what is there now is judged like anything that was there before.
  if (made < 0 && made != -EEXIST) return made;
  return open_component(directory, name);
}

long walk(int root, const char* path, Missing missing) {
  Walk walked(root);
  Remaining remaining;
  if (!remaining.set(path)) return -ENAMETOOLONG;
  char name[kNameBuffer];
  char target[kMaxPath];
  bool last = false;
  int links = 0;
  while (remaining.next(name, sizeof name, &last)) {
    if (equal(name, ".")) continue;
    if (equal(name, "..")) {
      walked.up();
      continue;
    }
    // What opens as a directory needs no second look.
    long fd = open_component(walked.top(), name, O_DIRECTORY);
    uint32_t type = fd >= 0 ? S_IFDIR : 0;
    if (fd == -ENOENT) fd = make_component(walked.top(), name, last && missing == Missing::File);
    if (fd == -ENOTDIR) fd = open_component(walked.top(), name);
    if (fd < 0) return fd;
    if (type == 0) type = file_type(static_cast<int>(fd));
    if (type == S_IFLNK) {
      long size = call(__NR_readlinkat, fd, "", target, sizeof target - 1);
      call(__NR_close, fd);
      if (size < 0) return size;
      target[size] = 0;
      if (++links > kMaxLinks) return -ELOOP;
      if (target[0] == '/') walked.up_to_root();
      if (!remaining.prepend(target)) return -ENAMETOOLONG;
      continue;
    }
    if (!last && type != S_IFDIR) {
      call(__NR_close, fd);
      return -ENOTDIR;
    }
    if (!walked.push(static_cast<int>(fd))) {
      call(__NR_close, fd);
      return -ENAMETOOLONG;
    }
  }
  return walked.take();
}

DirectoryIdentity identity_of(Context& context, int fd, const char* name, uint32_t* type) {
  struct statx status {};
  constexpr unsigned kMask = STATX_TYPE | STATX_INO | STATX_MNT_ID;
  must(context, call(__NR_statx, fd, "", AT_EMPTY_PATH, kMask, &status), "stat", name);
  *type = status.stx_mode & S_IFMT;
  return {status.stx_mnt_id, status.stx_ino, status.stx_dev_major, status.stx_dev_minor};
}

}  // namespace

long resolve(int root, const char* path, Missing missing, Links links) {
  uint64_t how = links == Links::Refuse ? RESOLVE_NO_SYMLINKS : 0;
  long fd = open_in_root(root, path, how);
  if (fd != -ENOENT || missing == Missing::Fail) return fd;
  fd = walk(root, path, missing);
  if (fd < 0 || links != Links::Refuse) return fd;
  // What was missing is there now; whether links led to it is still to be refused.
  call(__NR_close, fd);
  return open_in_root(root, path, how);
}

long resolve_parent(Context& context, const char* path, const char** name) {
  size_t size = length(path);
  size_t slash = size;
  while (slash > 0 && path[slash - 1] != '/') --slash;
  *name = path + slash;
  if (slash >= sizeof context.parent_path) return -ENAMETOOLONG;
  if (**name == 0 || equal(*name, ".") || equal(*name, "..")) return -EEXIST;
  char parent[kMaxPath] = "/";
  if (slash > 0) {
    copy(parent, path, slash);
    parent[slash] = 0;
  }
  if (context.parent >= 0 && equal(parent, context.parent_path)) return context.parent;
  forget_parent(context);
  long fd = resolve(context.root, parent, Missing::Directory);
  if (fd < 0) return fd;
  context.parent = static_cast<int>(fd);
  copy(context.parent_path, parent, length(parent) + 1);
  if (file_type(context.parent) == S_IFDIR) return fd;
  forget_parent(context);
  return -ENOTDIR;
}

void forget_parent(Context& context) {
  if (context.parent >= 0) call(__NR_close, context.parent);
  context.parent = -1;
}

uint32_t refuse_root(Context& context, int target) {
  uint32_t type = 0;
  DirectoryIdentity& root = context.root_identity;
  if (root.inode == 0) root = identity_of(context, context.root, "/", &type);
  if (identity_of(context, target, nullptr, &type) == root) {
    fail(context, "mount", EPERM, "over the container's root");
  }
  return type;
}

uint32_t file_type(int fd) {
  struct statx status {};
  if (call(__NR_statx, fd, "", AT_EMPTY_PATH, STATX_TYPE, &status) != 0) return 0;
  return status.stx_mode & S_IFMT;
}

uint64_t file_device(int fd) {
  struct statx status {};
  if (call(__NR_statx, fd, "", AT_EMPTY_PATH, STATX_TYPE, &status) != 0) return 0;
  return (uint64_t{status.stx_rdev_major} << 32) | status.stx_rdev_minor;
}

uint64_t filesystem_type(int fd) {
  // struct statfs begins with f_type on both architectures; 256 bytes hold all of it.
  uint64_t status[32] = {};
  if (call(__NR_fstatfs, fd, status) != 0) return 0;
  return status[0];
}

}  // namespace tare::act
