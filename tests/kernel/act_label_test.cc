// Labels are written and read back. Without a security module here the attribute is "comm", the
// procfs file that keeps what is written, cut to 15 bytes.
#include "tests/kernel/act_world.h"

namespace tare {
namespace {

using act::OpKind;
using act::Step;

class ActLabel : public World {
 protected:
  void SetUp() override {
    World::SetUp();
    if (IsSkipped()) return;
    directory("/proc");
    mount_at("/proc", "proc");
  }
  static Step label(const std::string& value, const std::vector<std::string>& parts) {
    Step made = step(OpKind::Label, "self/comm", 0);
    made.text2 = value;
    made.data = act::pack(parts);
    return made;
  }
  // Through the procfs of this world.
  std::string write(const std::string& value, const std::vector<std::string>& parts) {
    Fd proc = sys::openat(AT_FDCWD, in("/proc"), O_PATH | O_DIRECTORY);
    return said({label(value, parts)}, {proc.get()});
  }
};

// Shows: lsm-1, lsm-2
TEST_F(ActLabel, WhatIsReadMustBeWhatIsMeant) {
  EXPECT_EQ(write("u:r:t:s0", {"u:r:t:s0"}), "");
  EXPECT_EQ(write("u:r:t:s0", {"u:r:t:s1"}), "label read back: u:r:t:s0: EIO");
  EXPECT_EQ(write("u:r:t:s0", {"u:r:t:s"}), "label read back: u:r:t:s0: EIO");
  EXPECT_EQ(write("u:r:t:s0", {"u:r:t:s0:c1"}), "label read back: u:r:t:s0: EIO");
  EXPECT_EQ(write("sixteen-bytes-xx", {"sixteen-bytes-xx"}),
            "label read back: sixteen-bytes-x: EIO");
}

// Shows: lsm-1
TEST_F(ActLabel, TheModeBehindAProfileDoesNotCount) {
  EXPECT_EQ(write("p (enforce)", {"p"}), "");
  EXPECT_EQ(write("p (x) (enforce)", {"p (x)"}), "");
  EXPECT_EQ(write("(enforce)", {"(enforce)"}), "");
  EXPECT_EQ(write("q (enforce)", {"p"}), "label read back: q: EIO");
}

// Shows: lsm-1
TEST_F(ActLabel, AStackHasItsPartsInAnyOrder) {
  EXPECT_EQ(write("b//&a (mixed)", {"a", "b"}), "");
  EXPECT_EQ(write("a//&b//&c", {"c", "a", "b"}), "");
  EXPECT_EQ(write("a//&b", {"a"}), "label read back: a//&b: EIO");
  EXPECT_EQ(write("ab//&c", {"b", "ac"}), "label read back: ab//&c: EIO");
  EXPECT_EQ(write("a", {"a", "b"}), "label read back: a: EIO");
  EXPECT_EQ(write("aa//&b", {"a", "b"}), "label read back: aa//&b: EIO");
}

// Shows: lsm-1, lsm-2
TEST_F(ActLabel, NothingButAProcfsWillDo) {
  directory("/fake");
  std::string own = "/fake/" + std::to_string(::getpid());
  Fd fake = sys::openat(AT_FDCWD, in("/fake"), O_PATH | O_DIRECTORY);
  EXPECT_EQ(said({label("l", {"l"})}, {fake.get()}), "statfs /proc: EINVAL");
}

// Shows: lsm-1, lsm-2
TEST_F(ActLabel, WhatLiesOverTheFileIsNotWritten) {
  // The acting process has a number of its own: cover those of all that may come.
  Fd proc = sys::openat(AT_FDCWD, in("/proc"), O_PATH | O_DIRECTORY);
  file("/fake");
  Acting acting{.steps = {label("l", {"l"})}, .slots = {proc.get()}, .root = root().get()};
  std::string fake = in("/fake"), base = in("/proc/");
  acting.before = [&] {
    std::string target = base + std::to_string(::getpid()) + "/comm";
    if (::mount(fake.c_str(), target.c_str(), nullptr, MS_BIND, nullptr) != 0) ::_exit(98);
  };
  EXPECT_EQ(act_out(acting).said(), "open /proc/self/comm: EXDEV");
  EXPECT_EQ(content(fake), "");
}

// Where SELinux is not, a file system without labels of its own takes none.
TEST_F(ActLabel, AMountThatCannotBeLabelledIsAnError) {
  directory("/q");
  mount_at("/q", "proc");
  Fd mounted = sys::open_tree(AT_FDCWD, in("/q"), OPEN_TREE_CLONE);
  EXPECT_EQ(said({step(OpKind::MountLabel, "u:r:t:s0", 0)}, {mounted.get()}),
            "fsetxattr u:r:t:s0: EOPNOTSUPP");
}

}  // namespace
}  // namespace tare
