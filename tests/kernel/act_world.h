// A small world for operations of tare-init: a root file system, and beside it what must stay as it
// is. All of it lies on a tmpfs in a mount namespace of the test program's own.
#pragma once

#include <fcntl.h>
#include <gmock/gmock.h>
#include <linux/stat.h>
#include <sched.h>
#include <stdlib.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/sysmacros.h>

#include <algorithm>
#include <string>
#include <vector>

#include "runtime/act/resolve.h"
#include "tests/unit/act_fixture.h"

namespace tare {

class World : public testing::Test {
 protected:
  void SetUp() override {
    if (::geteuid() != 0) GTEST_SKIP() << "needs root to mount";
    static const bool kPrivate = ::unshare(CLONE_NEWNS) == 0 &&
                                 ::mount(nullptr, "/", nullptr, MS_REC | MS_PRIVATE, nullptr) == 0;
    ASSERT_TRUE(kPrivate);
    ::umask(022);
    char path[] = "/tmp/tare-act-XXXXXX";
    base_ = ::mkdtemp(path);
    ASSERT_EQ(::mount("world", base_.c_str(), "tmpfs", 0, "mode=755"), 0);
    sys::mkdirat(AT_FDCWD, base_ + "/rootfs", 0755);
    sys::mkdirat(AT_FDCWD, outside(), 0755);
    sys::replace_file_at(AT_FDCWD, outside("canary"), "alive", 0644);
    root_ = sys::openat(AT_FDCWD, base_ + "/rootfs", O_PATH | O_DIRECTORY);
  }
  void TearDown() override {
    if (base_.empty()) return;
    // Whatever the test was about: nothing was made, changed or mounted outside.
    EXPECT_THAT(names(outside()), testing::ElementsAre("canary"));
    EXPECT_EQ(content(outside("canary")), "alive");
    EXPECT_EQ(mode(outside("canary")), 0100644U);
    EXPECT_THAT(names(base_), testing::UnorderedElementsAre("outside", "rootfs"));
    EXPECT_FALSE(is_mount(outside()) || is_mount(outside("canary")));
    root_.reset();
    ::umount2(base_.c_str(), MNT_DETACH);
    ::rmdir(base_.c_str());
  }

  const Fd& root() const { return root_; }
  std::string in(const std::string& path) const { return base_ + "/rootfs" + path; }
  std::string outside(const std::string& name = "") const {
    return base_ + "/outside" + (name.empty() ? "" : "/" + name);
  }

  // Things in the root file system.
  void directory(const std::string& path, mode_t mode = 0755) {
    ASSERT_EQ(::mkdir(in(path).c_str(), mode), 0) << path;
  }
  void file(const std::string& path, std::string_view text = "", mode_t mode = 0644) {
    sys::replace_file_at(AT_FDCWD, in(path), text, mode);
    ASSERT_EQ(::chmod(in(path).c_str(), mode), 0) << path;
  }
  void link(const std::string& path, const std::string& target) {
    ASSERT_EQ(::symlink(target.c_str(), in(path).c_str()), 0) << path;
  }
  void node(const std::string& path, mode_t mode, dev_t device = 0) {
    ASSERT_EQ(::mknod(in(path).c_str(), mode, device), 0) << path;
    ASSERT_EQ(::chmod(in(path).c_str(), mode & 07777), 0) << path;
  }
  void mount_at(const std::string& path, const char* type, const char* options = nullptr) {
    ASSERT_EQ(::mount(type, in(path).c_str(), type, 0, options), 0) << path;
  }

  // What there is; a link is itself.
  static struct stat status(const std::string& path) {
    return sys::try_fstatat(AT_FDCWD, path, AT_SYMLINK_NOFOLLOW).value_or(not_there());
  }
  static bool exists(const std::string& path) { return status(path).st_mode != 0; }
  static mode_t mode(const std::string& path) { return status(path).st_mode; }
  static std::string content(const std::string& path) {
    return sys::try_read_file_at(AT_FDCWD, path).value_or("(no file)");
  }
  static std::string target(const std::string& path) {
    char text[4096];
    ssize_t size = ::readlink(path.c_str(), text, sizeof text);
    return size < 0 ? "(no link)" : std::string(text, static_cast<size_t>(size));
  }
  static std::vector<std::string> names(const std::string& path) {
    return sys::list_directory(sys::openat(AT_FDCWD, path, O_RDONLY | O_DIRECTORY));
  }
  // Something is mounted exactly there.
  static bool is_mount(const std::string& path) {
    struct statx status {};
    EXPECT_EQ(::statx(AT_FDCWD, path.c_str(), AT_SYMLINK_NOFOLLOW, STATX_TYPE, &status), 0) << path;
    return (status.stx_attributes & STATX_ATTR_MOUNT_ROOT) != 0;
  }
  static bool writable(const std::string& path) {
    int fd = ::open(path.c_str(), O_WRONLY | O_CLOEXEC | O_NONBLOCK);
    if (fd >= 0) ::close(fd);
    return fd >= 0;
  }

  // Runs the operations on the root; see Acted::said().
  Acted run(std::vector<act::Step> steps, std::vector<int> slots = {}) {
    return act_out({.steps = std::move(steps), .slots = std::move(slots), .root = root_.get()});
  }
  std::string said(std::vector<act::Step> steps, std::vector<int> slots = {}) {
    return run(std::move(steps), std::move(slots)).said();
  }

 private:
  static struct stat not_there() {
    struct stat none {};
    return none;
  }

  std::string base_;
  Fd root_;
};

}  // namespace tare
