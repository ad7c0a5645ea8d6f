// The container's terminal comes from a devpts that is one, whatever the image shows at its place
// (CVE-2025-52565).
#include <sys/ioctl.h>
#include <termios.h>

#include "tests/kernel/act_world.h"

namespace tare {
namespace {

using act::OpKind;
using act::Step;

class ActTerminal : public World {
 protected:
  void SetUp() override {
    World::SetUp();
    if (!IsSkipped()) directory("/dev");
  }
  void make_pts() {
    directory("/dev/pts");
    mount_at("/dev/pts", "devpts", "newinstance,ptmxmode=0666,mode=0620");
  }
  Acted console(uint64_t size = 0, uint32_t owner = 0) {
    Step step = tare::step(OpKind::Console);
    step.a = size;
    step.number = owner;
    return run({tare::step(OpKind::Session), step});
  }
};

// Shows: proc-4, proc-5, ddev-2
TEST_F(ActTerminal, ThePtyIsOfThisDevptsAndBoundOverConsole) {
  make_pts();
  Acted acted = console(uint64_t{24} << 16 | 80, 1000);
  EXPECT_EQ(acted.said(), "");
  ASSERT_EQ(acted.reports.size(), 1U);
  EXPECT_EQ(acted.reports[0].type, act::ReportType::Console);
  EXPECT_EQ(text_of(acted.reports[0]), "/dev/pts/0");
  ASSERT_TRUE(acted.fd);
  winsize size{};
  EXPECT_EQ(::ioctl(acted.fd.get(), TIOCGWINSZ, &size), 0);
  EXPECT_EQ(size.ws_row, 24);
  EXPECT_EQ(size.ws_col, 80);
  EXPECT_TRUE(is_mount(in("/dev/console")));
  EXPECT_EQ(status(in("/dev/console")).st_rdev, status(in("/dev/pts/0")).st_rdev);
  EXPECT_EQ(status(in("/dev/pts/0")).st_uid, 1000U);
  EXPECT_EQ(mode(in("/dev/pts/0")), mode_t{S_IFCHR | 0620});
}

// Shows: proc-4
TEST_F(ActTerminal, TheStandardStreamsAreTheTerminal) {
  make_pts();
  Acted acted =
      act_out({.steps = {step(OpKind::Session), step(OpKind::Console), step(OpKind::TakeTerminal)},
               .root = root().get(),
               .after = [](act::Context&) {
                 bool good = ::tcgetsid(0) == ::getpid();
                 for (int fd : {0, 1, 2}) good = good && ::isatty(fd) == 1;
                 if (!good) ::_exit(7);
               }});
  EXPECT_EQ(acted.said(), "");
}

TEST_F(ActTerminal, AFakeDevptsIsRefused) {
  directory("/dev/pts");
  EXPECT_EQ(console().said(), "statfs /dev/pts: ENODEV");
  node("/dev/pts/ptmx", S_IFCHR | 0666, makedev(5, 2));
  EXPECT_EQ(console().said(), "statfs /dev/pts: ENODEV") << "the right node in the wrong place";
  EXPECT_FALSE(exists(in("/dev/console")));
}

TEST_F(ActTerminal, NoLinkLeadsToADevpts) {
  directory("/real");
  mount_at("/real", "devpts", "newinstance,ptmxmode=0666");
  link("/dev/pts", "/real");
  EXPECT_EQ(console().said(), "openat2 /dev/pts: ELOOP");
  ::unlink(in("/dev/pts").c_str());
  EXPECT_EQ(console().said(), "openat2 /dev/pts: ENOENT");
  ASSERT_EQ(::rename(in("/dev").c_str(), in("/other").c_str()), 0);
  directory("/other/pts");
  mount_at("/other/pts", "devpts", "newinstance,ptmxmode=0666");
  link("/dev", "other");
  EXPECT_EQ(console().said(), "openat2 /dev/pts: ELOOP");
}

TEST_F(ActTerminal, AnotherFileInPlaceOfPtmxIsRefused) {
  make_pts();
  ASSERT_EQ(::mount("/dev/null", in("/dev/pts/ptmx").c_str(), nullptr, MS_BIND, nullptr), 0);
  EXPECT_EQ(console().said(), "open /dev/pts/ptmx: ENODEV");
}

TEST_F(ActTerminal, WhatStandsAtConsole) {
  make_pts();
  link("/dev/console", outside("canary"));
  EXPECT_EQ(console().said(), "openat2 /dev/console: ELOOP");
  ::unlink(in("/dev/console").c_str());
  link("/dev/console", "none");
  EXPECT_EQ(console().said(), "openat2 /dev/console: ELOOP");
  EXPECT_FALSE(exists(in("/dev/none")));
  ::unlink(in("/dev/console").c_str());
  directory("/dev/console");
  EXPECT_EQ(console().said(), "mount /dev/console: EISDIR");
  ::rmdir(in("/dev/console").c_str());
  node("/dev/console", S_IFIFO | 0600);
  EXPECT_EQ(console().said(), "") << "covered without being opened";
  EXPECT_TRUE(is_mount(in("/dev/console")));
}

TEST_F(ActTerminal, AReadOnlyRootHasItsConsoleWhenItsPlaceWasMadeBefore) {
  make_pts();
  ASSERT_EQ(::mount(in("/").c_str(), in("/").c_str(), nullptr, MS_BIND | MS_REC, nullptr), 0);
  Fd bound = sys::openat(AT_FDCWD, in("/"), O_PATH | O_DIRECTORY);
  Step place = step(OpKind::Directory, "/dev/console");
  place.flags = act::flag::kFile | act::flag::kNoSymlinks;
  Step readonly = step(OpKind::Attributes, "", 0);
  readonly.a = MOUNT_ATTR_RDONLY;
  EXPECT_EQ(act_out({.steps = {readonly, step(OpKind::Session), step(OpKind::Console)},
                     .slots = {bound.get()},
                     .root = bound.get()})
                .said(),
            "openat2 /dev/console: EROFS");
  Step writable = step(OpKind::Attributes, "", 0);
  writable.b = MOUNT_ATTR_RDONLY;
  EXPECT_EQ(
      act_out({.steps = {writable, place, readonly, step(OpKind::Session), step(OpKind::Console)},
               .slots = {bound.get()},
               .root = bound.get()})
          .said(),
      "");
  EXPECT_TRUE(is_mount(in("/dev/console")));
  bound.reset();
  ASSERT_EQ(::umount2(in("/").c_str(), MNT_DETACH), 0);
}

// The host's own /dev/null as a standard stream: what is done to it would be done to the host.
TEST_F(ActTerminal, AStreamThatIsNullBecomesTheRootsOwn) {
  node("/dev/null", S_IFCHR | 0666, makedev(1, 3));
  struct stat own = status(in("/dev/null"));
  auto streams = [&](bool expect_own) {
    return act_out({.steps = {step(OpKind::ReopenNull)},
                    .root = root().get(),
                    .before =
                        [] {
                          int null = ::open("/dev/null", O_RDWR | O_CLOEXEC);
                          for (int fd : {0, 2}) ::dup2(null, fd);
                        },
                    .after =
                        [=](act::Context&) {
                          for (int fd : {0, 2}) {
                            struct stat now {};
                            ::fstat(fd, &now);
                            bool is_own = now.st_dev == own.st_dev && now.st_ino == own.st_ino;
                            if (is_own != expect_own) ::_exit(10 + fd);
                          }
                        }})
        .said();
  };
  EXPECT_EQ(streams(true), "");
  ::unlink(in("/dev/null").c_str());
  EXPECT_EQ(streams(false), "") << "none there";
  node("/dev/null", S_IFCHR | 0666, makedev(1, 5));
  EXPECT_EQ(streams(false), "") << "another device";
  ::unlink(in("/dev/null").c_str());
  node("/dev/null", S_IFIFO | 0666);
  EXPECT_EQ(streams(false), "") << "a FIFO";
}

TEST_F(ActTerminal, TheOwnerOfTheHostsNullStays) {
  uid_t before = status("/dev/null").st_uid;
  Step step = tare::step(OpKind::StdioOwner);
  step.number = 4242;
  file("/out");
  EXPECT_EQ(act_out({.steps = {step},
                     .root = root().get(),
                     .before =
                         [&] {
                           ::dup2(::open("/dev/null", O_RDWR | O_CLOEXEC), 0);
                           ::dup2(::open(in("/out").c_str(), O_RDWR | O_CLOEXEC), 1);
                         }})
                .said(),
            "");
  EXPECT_EQ(status("/dev/null").st_uid, before);
  EXPECT_EQ(status(in("/out")).st_uid, 4242U);
}

}  // namespace
}  // namespace tare
