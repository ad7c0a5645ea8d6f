// Nodes and links of /dev in an image that has its own ideas: what is there is the right thing,
// becomes it, or is an error (CVE-2026-41579, CVE-2026-47766).
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <sys/prctl.h>

#include "tests/kernel/act_world.h"

#ifndef __NR_fchmodat2
#define __NR_fchmodat2 452
#endif

namespace tare {
namespace {

using act::OpKind;
using act::Step;

Step device(const std::string& path, mode_t mode, unsigned major, unsigned minor) {
  Step step = tare::step(OpKind::Device, path);
  step.number = mode;
  step.a = uint64_t{major} << 32 | minor;
  return step;
}

Step null_device(const std::string& path = "/dev/null") {
  return device(path, S_IFCHR | 0666, 1, 3);
}

Step link_to(const std::string& path, const std::string& target, uint16_t flags = 0) {
  Step step = tare::step(OpKind::Link, path);
  step.text2 = target;
  step.flags = flags;
  return step;
}

// As on a kernel before Linux 6.6.
void without_fchmodat2() {
  sock_filter filter[] = {BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(seccomp_data, nr)),
                          BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, __NR_fchmodat2, 0, 1),
                          BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | ENOSYS),
                          BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW)};
  sock_fprog program{4, filter};
  if (::prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) != 0) ::_exit(98);
}

class ActDevice : public World {
 protected:
  void SetUp() override {
    World::SetUp();
    if (!IsSkipped()) directory("/dev");
  }
};

// Shows: dev-7, dev-8
TEST_F(ActDevice, NodesAreBornWithKindNumbersModeAndOwner) {
  Step block = device("/dev/deep/block", S_IFBLK | 0640, 259, 0x12345);
  block.b = uint64_t{1000} << 32 | 1001;
  EXPECT_EQ(said({null_device(), block, device("/dev/fifo", S_IFIFO | 0622, 0, 0)}), "");
  EXPECT_EQ(mode(in("/dev/null")), mode_t{S_IFCHR | 0666});
  EXPECT_EQ(status(in("/dev/null")).st_rdev, makedev(1, 3));
  EXPECT_EQ(mode(in("/dev/deep/block")), mode_t{S_IFBLK | 0640});
  EXPECT_EQ(status(in("/dev/deep/block")).st_rdev, makedev(259, 0x12345));
  EXPECT_EQ(status(in("/dev/deep/block")).st_uid, 1000U);
  EXPECT_EQ(status(in("/dev/deep/block")).st_gid, 1001U);
  EXPECT_EQ(mode(in("/dev/fifo")), mode_t{S_IFIFO | 0622});
}

TEST_F(ActDevice, TheRightNodeIsTakenAndSetRight) {
  node("/dev/null", S_IFCHR | 04400, makedev(1, 3));
  ASSERT_EQ(::chown(in("/dev/null").c_str(), 5, 6), 0);
  EXPECT_EQ(said({null_device()}), "");
  EXPECT_EQ(mode(in("/dev/null")), mode_t{S_IFCHR | 0666});
  EXPECT_EQ(status(in("/dev/null")).st_uid, 0U);
  EXPECT_EQ(status(in("/dev/null")).st_gid, 0U);
}

TEST_F(ActDevice, TheRightNodeIsSetRightOnOlderKernelsToo) {
  node("/dev/null", S_IFCHR | 0600, makedev(1, 3));
  node("/dev/zero", S_IFCHR | 0666, makedev(1, 5));
  Step zero = device("/dev/zero", S_IFCHR | 0666, 1, 5);
  zero.b = uint64_t{1000} << 32 | 1001;
  EXPECT_EQ(
      act_out({.steps = {null_device(), zero}, .root = root().get(), .before = without_fchmodat2})
          .said(),
      "");
  EXPECT_EQ(mode(in("/dev/null")), mode_t{S_IFCHR | 0666});
  EXPECT_EQ(status(in("/dev/null")).st_rdev, makedev(1, 3));
  EXPECT_EQ(mode(in("/dev/zero")), mode_t{S_IFCHR | 0666});
  EXPECT_EQ(status(in("/dev/zero")).st_uid, 1000U);
  EXPECT_EQ(status(in("/dev/zero")).st_gid, 1001U);
}

// Shows: dev-3
TEST_F(ActDevice, ANodeThatIsAnotherIsRefused) {
  using Make = std::function<void()>;
  const std::pair<const char*, Make> cases[] = {
      {"other numbers", [&] { node("/dev/null", S_IFCHR | 0666, makedev(1, 5)); }},
      {"a block device", [&] { node("/dev/null", S_IFBLK | 0666, makedev(1, 3)); }},
      {"a file", [&] { file("/dev/null", "text", 0600); }},
      {"a set-id file", [&] { file("/dev/null", "text", 06755); }},
      {"a FIFO", [&] { node("/dev/null", S_IFIFO | 0666); }},
      {"a socket", [&] { node("/dev/null", S_IFSOCK | 0666); }},
      {"a directory", [&] { directory("/dev/null"); }},
      {"a link out", [&] { link("/dev/null", outside("canary")); }},
      {"a link to the right node", [&] { link("/dev/null", "real"); }},
      {"a dangling link", [&] { link("/dev/null", "none"); }},
      {"a hard link", [&] {
         file("/shared", "text", 0600);
         ASSERT_EQ(::link(in("/shared").c_str(), in("/dev/null").c_str()), 0);
       }}};
  node("/dev/real", S_IFCHR | 0600, makedev(1, 3));
  for (const auto& [what, make] : cases) {
    make();
    struct stat before = status(in("/dev/null"));
    EXPECT_EQ(said({null_device()}), "mknod /dev/null: EEXIST") << what;
    struct stat after = status(in("/dev/null"));
    EXPECT_EQ(before.st_mode, after.st_mode) << what;
    EXPECT_EQ(before.st_ino, after.st_ino) << what;
    ASSERT_EQ(::remove(in("/dev/null").c_str()), 0);
  }
  EXPECT_EQ(mode(in("/dev/real")), mode_t{S_IFCHR | 0600});
}

TEST_F(ActDevice, ADevThatLeadsOutMakesItsNodesInside) {
  ASSERT_EQ(::rmdir(in("/dev").c_str()), 0);
  for (const std::string& target :
       {outside(), std::string("../outside"), std::string("../../../../outside")}) {
    link("/dev", target);
    EXPECT_EQ(said({null_device(), link_to("/dev/ptmx", "pts/ptmx"),
                    device("/dev/fifo", S_IFIFO | 0644, 0, 0)}),
              "");
    EXPECT_TRUE(exists(in("/outside/null")) || exists(in(outside("null"))));
    ASSERT_EQ(::unlink(in("/dev").c_str()), 0);
  }
  link("/dev", "dev");
  EXPECT_EQ(said({null_device()}), "openat2 /dev/null: ELOOP");
  ASSERT_EQ(::unlink(in("/dev").c_str()), 0);
  file("/dev", "text");
  EXPECT_EQ(said({null_device()}), "openat2 /dev/null: ENOTDIR");
}

TEST_F(ActDevice, ThePathMustNameSomething) {
  for (const char* path : {"/", "/dev/", "/dev/..", "/dev/."}) {
    std::string name = path;
    EXPECT_EQ(said({null_device(path)}), "openat2 " + name + ": EEXIST") << path;
  }
}

TEST_F(ActDevice, LinksAreMadeKeptOrReplaced) {
  link("/dev/fd", "/proc/self/fd");
  link("/dev/stdin", outside("canary"));
  file("/dev/stdout", "text");
  node("/dev/stderr", S_IFCHR | 0666, makedev(1, 3));
  ino_t same = status(in("/dev/fd")).st_ino;
  EXPECT_EQ(said({link_to("/dev/fd", "/proc/self/fd"), link_to("/dev/stdin", "/proc/self/fd/0"),
                  link_to("/dev/stdout", "/proc/self/fd/1"),
                  link_to("/dev/stderr", "/proc/self/fd/2"), link_to("/dev/ptmx", "pts/ptmx")}),
            "");
  EXPECT_EQ(status(in("/dev/fd")).st_ino, same) << "the right one stays";
  EXPECT_EQ(target(in("/dev/stdin")), "/proc/self/fd/0");
  EXPECT_EQ(target(in("/dev/stdout")), "/proc/self/fd/1");
  EXPECT_EQ(target(in("/dev/stderr")), "/proc/self/fd/2");
  EXPECT_EQ(target(in("/dev/ptmx")), "pts/ptmx");
}

TEST_F(ActDevice, ALinkNeverReplacesADirectory) {
  directory("/dev/fd");
  file("/dev/fd/kept");
  std::string said = this->said({link_to("/dev/fd", "/proc/self/fd")});
  EXPECT_EQ(said, "unlink /dev/fd: EISDIR");
  EXPECT_TRUE(exists(in("/dev/fd/kept")));
}

TEST_F(ActDevice, ALinkThatMayExistLeavesAnythingAlone) {
  file("/dev/core", "text");
  EXPECT_EQ(said({link_to("/dev/core", "/proc/kcore", act::flag::kMayExist)}), "");
  EXPECT_EQ(content(in("/dev/core")), "text");
  EXPECT_EQ(said({link_to("/dev/new", "/proc/kcore", act::flag::kMayExist)}), "");
  EXPECT_EQ(target(in("/dev/new")), "/proc/kcore");
}

TEST_F(ActDevice, ALongerLinkThatBeginsTheSameIsAnother) {
  std::string target_text(254, 'x');
  link("/dev/l", target_text + "yz");
  EXPECT_EQ(said({link_to("/dev/l", target_text)}), "");
  EXPECT_EQ(target(in("/dev/l")), target_text);
}

}  // namespace
}  // namespace tare
