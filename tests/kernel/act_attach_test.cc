// Mounts are put where they belong: missing targets are made, links stay inside the root, and what
// may not be covered is not.
#include <sys/statvfs.h>

#include "tests/kernel/act_world.h"

namespace tare {
namespace {

using act::OpKind;
using act::Step;

// A fresh tmpfs in slot 0.
Step new_tmpfs() {
  Step step = tare::step(OpKind::NewMount, "tmpfs", 0);
  step.data = act::pack(std::vector<std::string>{"size=64k", "mode=711"});
  return step;
}

Step attach(const std::string& path, uint16_t flags = 0) {
  Step step = tare::step(OpKind::Attach, path, 0);
  step.flags = flags;
  return step;
}

class ActAttach : public World {
 protected:
  std::string attach_tmpfs(const std::string& path, uint16_t flags = 0) {
    return said({new_tmpfs(), attach(path, flags)}, {-1});
  }
  // A clone of something of the host's.
  std::string attach_clone(const std::string& source, const std::string& path) {
    Fd tree = sys::open_tree(AT_FDCWD, source, OPEN_TREE_CLONE);
    return said({attach(path)}, {tree.get()});
  }
};

TEST_F(ActAttach, MissingTargetsAreMade) {
  EXPECT_EQ(attach_tmpfs("/a/b/c"), "");
  EXPECT_TRUE(is_mount(in("/a/b/c")));
  EXPECT_EQ(mode(in("/a/b/c")), mode_t{S_IFDIR | 0711});
  EXPECT_EQ(mode(in("/a/b")), mode_t{S_IFDIR | 0755});
  EXPECT_EQ(attach_clone("/dev/null", "/x/y"), "");
  EXPECT_TRUE(is_mount(in("/x/y")));
  EXPECT_EQ(status(in("/x/y")).st_rdev, makedev(1, 3));
}

TEST_F(ActAttach, LinksToTheOutsideEndInside) {
  link("/absolute", outside());
  link("/relative", "../outside");
  link("/file", outside("canary"));
  EXPECT_EQ(attach_tmpfs("/absolute"), "");
  EXPECT_TRUE(is_mount(in(outside())));
  EXPECT_EQ(attach_tmpfs("/relative/below"), "");
  EXPECT_TRUE(is_mount(in("/outside/below")));
  // Inside the root that name lies below the mount just made.
  EXPECT_EQ(attach_clone("/dev/null", "/file"), "");
  EXPECT_TRUE(is_mount(in(outside("canary"))));
}

TEST_F(ActAttach, EveryDefaultDestinationMayBeALinkOut) {
  for (const char* destination : {"/proc", "/sys", "/dev", "/etc/hosts", "/a/b/c"}) {
    std::string first(destination);
    first.resize(std::min(first.size(), first.find('/', 1)));
    for (const std::string& target :
         {outside(), std::string("../outside"), std::string("../../../../../../outside"),
          std::string("nowhere")}) {
      link(first, target);
      EXPECT_EQ(attach_tmpfs(destination), "") << destination << " " << target;
      ASSERT_EQ(::unlink(in(first).c_str()), 0);
    }
    link(first, first);
    EXPECT_EQ(attach_tmpfs(destination), "openat2 " + std::string(destination) + ": ELOOP");
    ASSERT_EQ(::unlink(in(first).c_str()), 0);
  }
}

TEST_F(ActAttach, KindsMustAgree) {
  file("/file", "text");
  node("/fifo", S_IFIFO | 0644);
  directory("/directory");
  EXPECT_EQ(attach_tmpfs("/file"), "mount /file: ENOTDIR");
  EXPECT_EQ(attach_tmpfs("/fifo"), "mount /fifo: ENOTDIR");
  EXPECT_EQ(attach_tmpfs("/file/below"), "openat2 /file/below: ENOTDIR");
  EXPECT_EQ(attach_clone("/dev/null", "/directory"), "mount /directory: EISDIR");
  EXPECT_EQ(attach_clone("/dev/null", "/fifo"), "") << "a file covers a FIFO without opening it";
  EXPECT_TRUE(is_mount(in("/fifo")));
  EXPECT_EQ(content(in("/file")), "text");
}

TEST_F(ActAttach, WhereNoLinksAreAllowedThereAreNone) {
  directory("/real");
  link("/proc", "real");
  link("/dangling", "new");
  uint16_t flags = act::flag::kNoSymlinks | act::flag::kOnProc;
  EXPECT_EQ(attach_tmpfs("/proc", flags), "openat2 /proc: ELOOP");
  EXPECT_EQ(attach_tmpfs("/dangling", flags), "openat2 /dangling: ELOOP");
  EXPECT_FALSE(exists(in("/new")));
  EXPECT_FALSE(is_mount(in("/real")));
  EXPECT_EQ(attach_tmpfs("/real", flags), "");
}

TEST_F(ActAttach, NothingGoesOnAProcfs) {
  directory("/proc");
  mount_at("/proc", "proc");
  link("/way", "proc/sys");
  EXPECT_EQ(attach_tmpfs("/proc"), "mount inside /proc: EPERM");
  EXPECT_EQ(attach_tmpfs("/proc/sys"), "mount inside /proc: EPERM");
  EXPECT_EQ(attach_tmpfs("/way"), "mount inside /proc: EPERM");
  EXPECT_EQ(attach_clone("/dev/null", "/proc/uptime"), "mount inside /proc: EPERM");
  EXPECT_FALSE(is_mount(in("/proc/uptime")));
  EXPECT_EQ(attach_tmpfs("/proc", act::flag::kOnProc), "");
}

// Shows: mounts-28
TEST_F(ActAttach, NothingCoversTheRoot) {
  directory("/a");
  link("/up", "/");
  link("/a/up", "../../..");
  const std::string refused = "mount over the container's root: EPERM";
  for (const char* path : {"/", "/up", "/a/up", "/a/up/up", "/a/.."}) {
    EXPECT_EQ(attach_tmpfs(path), refused) << path;
    Step copy = step(OpKind::CopyUp, path, 0);
    EXPECT_EQ(said({new_tmpfs(), copy}, {-1}), refused) << path;
    Step remount = step(OpKind::Attributes, path);
    remount.a = MOUNT_ATTR_RDONLY;
    EXPECT_EQ(said({remount}), refused) << path;
    Step mount = step(OpKind::LegacyMount, "tmpfs", 1);
    mount.fd2 = 0;
    mount.text2 = path;
    mount.data = act::pack(std::vector<std::string>{"source", "size=64k"});
    EXPECT_EQ(said({step(OpKind::NewMount, "proc", 0), mount}, {-1, -1}), refused) << path;
  }
  EXPECT_TRUE(exists(in("/a"))) << "covered";
  // Not by way of something that has to be made either.
  link("/away", "missing/..");
  EXPECT_EQ(attach_tmpfs("/away"), refused);
  // The same directory as another mount's root is another place.
  Fd tree = sys::open_tree(AT_FDCWD, in("/"), OPEN_TREE_CLONE);
  EXPECT_EQ(said({attach("/a")}, {tree.get()}), "");
  EXPECT_EQ(attach_tmpfs("/a"), "");
}

TEST_F(ActAttach, LaterMountsLieOnEarlierOnes) {
  EXPECT_EQ(attach_tmpfs("/a"), "");
  EXPECT_EQ(attach_tmpfs("/a/b"), "");
  EXPECT_EQ(attach_tmpfs("/a"), "");
  EXPECT_TRUE(is_mount(in("/a")));
  EXPECT_FALSE(exists(in("/a/b"))) << "covered by the second mount on /a";
}

TEST_F(ActAttach, AttributesAreThereFromTheFirstMoment) {
  Step make = new_tmpfs();
  make.a = MOUNT_ATTR_RDONLY | MOUNT_ATTR_NOEXEC;
  EXPECT_EQ(said({make, attach("/a")}, {-1}), "");
  EXPECT_EQ(::mkdir(in("/a/x").c_str(), 0755), -1);
  EXPECT_EQ(errno, EROFS);
}

TEST_F(ActAttach, AFileSystemsOwnWordsForARefusalAreTold) {
  Step make = new_tmpfs();
  make.data = act::pack(std::vector<std::string>{"size=nonsense"});
  std::string said = this->said({make}, {-1});
  EXPECT_TRUE(said.starts_with("fsconfig ") && said.ends_with(": EINVAL")) << said;
  EXPECT_NE(said.find("size"), std::string::npos) << said;
  make.data = act::pack(std::vector<std::string>{std::string(64, 'k') + "=v"});
  EXPECT_EQ(this->said({make}, {-1}), "fsconfig " + std::string(64, 'k') + "=v: EINVAL");
  EXPECT_EQ(this->said({step(OpKind::NewMount, "nosuchfs", 0)}, {-1}), "fsopen nosuchfs: ENODEV");
}

TEST_F(ActAttach, ATmpfsTakesTheModeOfWhatItCovers) {
  directory("/a", 01750);
  ASSERT_EQ(::chmod(in("/a").c_str(), 01750), 0);
  Step make = step(OpKind::NewMount, "tmpfs", 0);
  make.flags = act::flag::kModeOfTarget;
  make.data2 = "/a";
  EXPECT_EQ(said({make, attach("/a")}, {-1}), "");
  EXPECT_TRUE(is_mount(in("/a")));
  EXPECT_EQ(mode(in("/a")), mode_t{S_IFDIR | 01750});
  make.data2 = "/none";
  EXPECT_EQ(said({make, attach("/none")}, {-1}), "");
  EXPECT_EQ(mode(in("/none")), mode_t{S_IFDIR | 01777}) << "the kernel's default";
}

TEST_F(ActAttach, LongOptionsGoThroughMountInsideTheRoot) {
  link("/way", "../outside");
  Step procfs = step(OpKind::NewMount, "proc", 0);
  procfs.data = act::pack(std::vector<std::string>{"subset=pid"});
  Step mount = step(OpKind::LegacyMount, "tmpfs", 1);
  mount.fd2 = 0;
  mount.text2 = "/way";
  mount.data =
      act::pack(std::vector<std::string>{"source", "mode=0" + std::string(300, '0') + "711"});
  EXPECT_EQ(said({procfs, mount}, {-1, -1}), "");
  EXPECT_TRUE(is_mount(in("/outside")));
  EXPECT_EQ(mode(in("/outside")), mode_t{S_IFDIR | 0711});
  mount_at("/outside", "proc");
  EXPECT_EQ(said({procfs, mount}, {-1, -1}), "mount inside /proc: EPERM");
}

TEST_F(ActAttach, DirectoriesAreMadeWhereTheyBelong) {
  file("/file");
  link("/way", "../outside/new");
  EXPECT_EQ(said({step(OpKind::Directory, "/a/b")}), "");
  EXPECT_EQ(said({step(OpKind::Directory, "/way")}), "");
  EXPECT_EQ(mode(in("/outside/new")), mode_t{S_IFDIR | 0755});
  EXPECT_EQ(said({step(OpKind::Directory, "/file")}), "mkdir /file: ENOTDIR");
}

TEST_F(ActAttach, PlacesOfFilesAreMadeToo) {
  directory("/directory");
  link("/link", "elsewhere");
  Step place = step(OpKind::Directory, "/a/file");
  place.flags = act::flag::kFile | act::flag::kNoSymlinks;
  EXPECT_EQ(said({place, place}), "");
  EXPECT_EQ(mode(in("/a/file")), mode_t{S_IFREG | 0644});
  place.text = "/directory";
  EXPECT_EQ(said({place}), "create /directory: EISDIR");
  place.text = "/link";
  EXPECT_EQ(said({place}), "create /link: ELOOP");
  EXPECT_FALSE(exists(in("/elsewhere")));
}

TEST_F(ActAttach, AMountIsMadeReadOnlyLater) {
  Step later = step(OpKind::Attributes, "", 0);
  later.a = MOUNT_ATTR_RDONLY;
  EXPECT_EQ(said({new_tmpfs(), attach("/a"), step(OpKind::Directory, "/a/b"), later}, {-1}), "");
  EXPECT_TRUE(exists(in("/a/b")));
  EXPECT_EQ(::rmdir(in("/a/b").c_str()), -1);
  Step remount = step(OpKind::Attributes, "/a");
  remount.b = MOUNT_ATTR_RDONLY;
  EXPECT_EQ(said({remount}), "");
  EXPECT_EQ(::rmdir(in("/a/b").c_str()), 0);
  directory("/plain");
  remount.text = "/plain";
  EXPECT_EQ(said({remount}), "mount_setattr: EINVAL") << "nothing is mounted there";
}

TEST_F(ActAttach, AFileSystemGetsOtherOptions) {
  EXPECT_EQ(attach_tmpfs("/a"), "");
  Step remount = step(OpKind::Reconfigure, "/a");
  remount.data = act::pack(std::vector<std::string>{"size=128k", "sync"});
  EXPECT_EQ(said({remount}), "");
  struct statvfs status {};
  ASSERT_EQ(::statvfs(in("/a").c_str(), &status), 0);
  EXPECT_EQ(status.f_blocks * status.f_frsize, 128U << 10);
  EXPECT_NE(status.f_flag & ST_SYNCHRONOUS, 0U);
  remount.data = act::pack(std::vector<std::string>{"size=nonsense"});
  EXPECT_TRUE(said({remount}).ends_with(": EINVAL"));
  directory("/plain");
  remount.text = "/plain";
  EXPECT_EQ(said({remount}), "fspick /plain: EINVAL") << "nothing is mounted there";
}

}  // namespace
}  // namespace tare
