// Masks and read-only paths: either in force or an error; only a target that is not there is passed
// over (CVE-2025-31133).
#include "tests/kernel/act_world.h"

namespace tare {
namespace {

using act::OpKind;
using act::Step;

constexpr int kFile = 0, kDirectory = 1;

class ActMask : public World {
 protected:
  std::string mask(const std::vector<std::string>& paths) {
    Fd null = sys::open_tree(AT_FDCWD, "/dev/null", OPEN_TREE_CLONE);
    std::vector<Step> steps;
    for (const std::string& path : paths) {
      steps.push_back(step(OpKind::Mask, path, kFile));
      steps.back().fd2 = kDirectory;
    }
    return said(std::move(steps), {null.get(), -1});
  }
  std::string make_readonly(const std::string& path) {
    return said({step(OpKind::ReadonlyPath, path)});
  }
  void expect_masked_file(const std::string& path) {
    EXPECT_TRUE(is_mount(in(path))) << path;
    EXPECT_EQ(status(in(path)).st_rdev, makedev(1, 3)) << path;
    EXPECT_EQ(content(in(path)), "") << path;
  }
  void expect_masked_directory(const std::string& path) {
    EXPECT_TRUE(is_mount(in(path))) << path;
    EXPECT_THAT(names(in(path)), testing::IsEmpty()) << path;
    EXPECT_EQ(::mkdir(in(path + "/x").c_str(), 0755), -1);
    EXPECT_EQ(errno, EROFS) << path;
  }
};

// Shows: mask-1
TEST_F(ActMask, FilesAndDirectoriesAreCovered) {
  for (const char* name : {"1", "2", "3"}) {
    file(std::string("/file") + name, "secret");
    directory(std::string("/directory") + name);
    file(std::string("/directory") + name + "/secret");
  }
  EXPECT_EQ(mask({"/file1", "/directory1", "/file2", "/directory2", "/directory3", "/file3"}), "");
  for (const char* name : {"1", "2", "3"}) {
    expect_masked_file(std::string("/file") + name);
    expect_masked_directory(std::string("/directory") + name);
  }
}

// Shows: mounts-28
TEST_F(ActMask, TheRootItselfIsNoTarget) {
  directory("/kept");
  link("/up", "kept/..");
  for (const char* path : {"/up", "/"}) {
    EXPECT_EQ(mask({path}), "mount over the container's root: EPERM");
    EXPECT_EQ(make_readonly(path), "mount over the container's root: EPERM");
  }
  EXPECT_TRUE(exists(in("/kept")));
}

TEST_F(ActMask, AllMaskedDirectoriesShareOneFileSystem) {
  directory("/a");
  directory("/b");
  EXPECT_EQ(mask({"/a", "/b"}), "");
  EXPECT_EQ(status(in("/a")).st_dev, status(in("/b")).st_dev);
}

// Shows: mask-1
TEST_F(ActMask, OddTargetsAreCoveredWithoutBeingOpened) {
  node("/fifo", S_IFIFO | 0644);
  node("/socket", S_IFSOCK | 0644);
  node("/closed", S_IFREG);
  directory("/dark", 0);
  EXPECT_EQ(mask({"/fifo", "/socket", "/closed", "/dark"}), "");
  for (const char* path : {"/fifo", "/socket", "/closed"}) expect_masked_file(path);
  expect_masked_directory("/dark");
}

TEST_F(ActMask, ALinkMasksWhatItLeadsToInside) {
  directory("/outside");
  file("/outside/canary", "secret");
  link("/absolute", "/outside/canary");
  link("/host", outside("canary"));
  EXPECT_EQ(mask({"/absolute"}), "");
  expect_masked_file("/outside/canary");
  EXPECT_EQ(mask({"/host"}), "") << "leads nowhere inside";
}

// Shows: mask-3
TEST_F(ActMask, WhatIsNotThereNeedsNoMask) {
  file("/file", "text");
  link("/dangling", "none");
  EXPECT_EQ(mask({"/none", "/none/below", "/file/below", "/dangling"}), "");
  EXPECT_FALSE(exists(in("/none")));
}

TEST_F(ActMask, OtherTroubleIsFatal) {
  link("/loop", "loop");
  directory("/proc");
  mount_at("/proc", "proc");
  EXPECT_EQ(mask({"/loop"}), "openat2 /loop: ELOOP");
  EXPECT_EQ(mask({"/proc/self/exe"}), "openat2 /proc/self/exe: ELOOP");
  file("/file", "text");
  Step without_cover = step(OpKind::Mask, "/file", kFile);
  without_cover.fd2 = kDirectory;
  EXPECT_EQ(said({without_cover}, {-1, -1}), "open_tree /file: EBADF");
}

// Shows: mask-1
TEST_F(ActMask, NestedAndRepeatedMasks) {
  directory("/a");
  directory("/a/b");
  file("/a/b/file", "secret");
  EXPECT_EQ(mask({"/a/b/file", "/a/b", "/a/b/file", "/a", "/a/b", "/a"}), "");
  expect_masked_directory("/a");
  ASSERT_EQ(::umount(in("/a").c_str()), 0);
  ASSERT_EQ(::umount(in("/a").c_str()), 0);
  expect_masked_directory("/a/b");
  ASSERT_EQ(::umount(in("/a/b").c_str()), 0);
  expect_masked_file("/a/b/file");
}

TEST_F(ActMask, AMaskOfTheHostsNullWhateverTheImageHas) {
  directory("/dev");
  link("/dev/null", outside("canary"));
  file("/secret", "secret");
  EXPECT_EQ(mask({"/secret", "/dev/null"}), "");
  expect_masked_file("/secret");
}

// Shows: ro-1
TEST_F(ActMask, ReadOnlyPathsCannotBeWritten) {
  directory("/a");
  file("/a/file", "text");
  file("/file", "text");
  node("/fifo", S_IFIFO | 0644);
  for (const char* path : {"/a", "/file", "/fifo"}) EXPECT_EQ(make_readonly(path), "") << path;
  EXPECT_FALSE(writable(in("/a/file")));
  EXPECT_FALSE(writable(in("/file")));
  EXPECT_EQ(content(in("/a/file")), "text");
  EXPECT_TRUE(is_mount(in("/fifo")));
}

TEST_F(ActMask, WhatIsMountedBelowAReadOnlyPathStaysThere) {
  directory("/a");
  directory("/a/below");
  mount_at("/a/below", "tmpfs");
  file("/a/below/file", "text");
  EXPECT_EQ(make_readonly("/a"), "");
  EXPECT_EQ(content(in("/a/below/file")), "text");
  EXPECT_EQ(::mkdir(in("/a/x").c_str(), 0755), -1);
}

// Shows: ro-3
TEST_F(ActMask, ReadOnlyPathsThatAreNotThereOrLeadAstray) {
  file("/file", "text");
  link("/dangling", "none");
  link("/loop", "loop");
  link("/host", "../outside");
  for (const char* path : {"/none", "/none/below", "/file/below", "/dangling", "/host"}) {
    EXPECT_EQ(make_readonly(path), "") << path;
  }
  EXPECT_EQ(make_readonly("/loop"), "openat2 /loop: ELOOP");
  EXPECT_TRUE(writable(outside("canary")));
}

}  // namespace
}  // namespace tare
