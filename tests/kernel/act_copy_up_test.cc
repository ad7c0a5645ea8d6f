// tmpcopyup: an image's directory in the tmpfs that covers it, whatever the image put there.
#include "tests/kernel/act_world.h"

namespace tare {
namespace {

using act::OpKind;
using act::Step;

class ActCopyUp : public World {
 protected:
  // Copies /a into a tmpfs and covers it.
  std::string copy_up(const std::string& path = "/a", const char* options = "size=10m") {
    Step make = step(OpKind::NewMount, "tmpfs", 0);
    make.data = act::pack(std::vector<std::string>{options});
    return said({make, step(OpKind::CopyUp, path, 0), step(OpKind::Attach, path, 0)}, {-1});
  }
};

TEST_F(ActCopyUp, FilesLinksAndDirectoriesAreThere) {
  directory("/a");
  directory("/a/sub");
  file("/a/file", std::string(100000, 'x'), 0640);
  file("/a/sub/empty");
  link("/a/link", outside("canary"));
  link("/a/sub/dangling", "none");
  ASSERT_EQ(::chown(in("/a/file").c_str(), 1000, 1001), 0);
  ASSERT_EQ(::lchown(in("/a/link").c_str(), 1002, 1003), 0);
  ASSERT_EQ(::chmod(in("/a/sub").c_str(), 01770), 0);
  EXPECT_EQ(copy_up(), "");
  EXPECT_TRUE(is_mount(in("/a")));
  EXPECT_EQ(content(in("/a/file")), std::string(100000, 'x'));
  EXPECT_EQ(mode(in("/a/file")), mode_t{S_IFREG | 0640});
  EXPECT_EQ(status(in("/a/file")).st_uid, 1000U);
  EXPECT_EQ(status(in("/a/file")).st_gid, 1001U);
  EXPECT_EQ(target(in("/a/link")), outside("canary"));
  EXPECT_EQ(status(in("/a/link")).st_uid, 1002U);
  EXPECT_EQ(mode(in("/a/sub")), mode_t{S_IFDIR | 01770});
  EXPECT_EQ(status(in("/a/sub/empty")).st_size, 0);
  EXPECT_EQ(target(in("/a/sub/dangling")), "none");
}

TEST_F(ActCopyUp, SetIdModesSurviveTheChangeOfOwner) {
  directory("/a");
  directory("/a/group");
  file("/a/program", "x", 04755);
  ASSERT_EQ(::chown(in("/a/program").c_str(), 1000, 1000), 0);
  ASSERT_EQ(::chmod(in("/a/program").c_str(), 06755), 0);
  ASSERT_EQ(::chown(in("/a/group").c_str(), 0, 1000), 0);
  ASSERT_EQ(::chmod(in("/a/group").c_str(), 02775), 0);
  EXPECT_EQ(copy_up(), "");
  EXPECT_EQ(mode(in("/a/program")), mode_t{S_IFREG | 06755});
  EXPECT_EQ(mode(in("/a/group")), mode_t{S_IFDIR | 02775});
}

TEST_F(ActCopyUp, FifosSocketsAndNodesAreMadeAnewNotOpened) {
  directory("/a");
  node("/a/fifo", S_IFIFO | 0620);
  node("/a/socket", S_IFSOCK | 0600);
  node("/a/null", S_IFCHR | 0666, makedev(1, 3));
  node("/a/block", S_IFBLK | 0600, makedev(259, 0x12345));
  EXPECT_EQ(copy_up(), "");
  EXPECT_EQ(mode(in("/a/fifo")), mode_t{S_IFIFO | 0620});
  EXPECT_EQ(mode(in("/a/socket")), mode_t{S_IFSOCK | 0600});
  EXPECT_EQ(status(in("/a/null")).st_rdev, makedev(1, 3));
  EXPECT_EQ(status(in("/a/block")).st_rdev, makedev(259, 0x12345));
}

TEST_F(ActCopyUp, ManyNamesAndOddOnes) {
  directory("/a");
  std::vector<std::string> made = {std::string(255, 'n'), "new\nline", "\xff\xfe", " "};
  for (int i = 0; i < 300; ++i) made.push_back("file" + std::to_string(i));
  for (const std::string& name : made) node("/a/" + name, S_IFREG | 0644);
  EXPECT_EQ(copy_up(), "");
  EXPECT_THAT(names(in("/a")), testing::UnorderedElementsAreArray(made));
}

TEST_F(ActCopyUp, ATreeThatIsTooDeepIsRefused) {
  directory("/a");
  std::string deep = "/a";
  for (int i = 0; i < 64; ++i) directory(deep += "/d");
  EXPECT_EQ(copy_up(), "");
  ASSERT_EQ(::umount(in("/a").c_str()), 0);
  directory(deep += "/last");
  EXPECT_EQ(copy_up(), "copy last: ELOOP");
  EXPECT_FALSE(is_mount(in("/a")));
}

TEST_F(ActCopyUp, TheLimitOfTheTmpfsHolds) {
  directory("/a");
  file("/a/big", std::string(100000, 'x'));
  EXPECT_EQ(copy_up("/a", "size=16k"), "copy big: ENOSPC");
  for (int i = 0; i < 20; ++i) file("/a/f" + std::to_string(i));
  std::string said = copy_up("/a", "nr_inodes=5");
  EXPECT_TRUE(said.ends_with("ENOSPC")) << said;
}

TEST_F(ActCopyUp, ASparseFileIsNoMoreThanItsSize) {
  directory("/a");
  file("/a/sparse");
  ASSERT_EQ(::truncate(in("/a/sparse").c_str(), 1 << 20), 0);
  EXPECT_EQ(copy_up(), "");
  EXPECT_EQ(status(in("/a/sparse")).st_size, 1 << 20);
}

TEST_F(ActCopyUp, NothingThereIsNothingToCopy) {
  file("/file", "text");
  EXPECT_EQ(copy_up("/none"), "");
  EXPECT_TRUE(is_mount(in("/none")));
  EXPECT_EQ(copy_up("/file"), "mount /file: ENOTDIR");
  EXPECT_EQ(copy_up("/file/below"), "openat2 /file/below: ENOTDIR");
}

TEST_F(ActCopyUp, ALinkCopiesWhatItLeadsToInside) {
  directory("/outside");
  file("/outside/inside", "text");
  link("/a", "../outside");
  EXPECT_EQ(copy_up("/a"), "");
  EXPECT_THAT(names(in("/outside")), testing::ElementsAre("inside"));
  EXPECT_TRUE(is_mount(in("/outside")));
}

}  // namespace
}  // namespace tare
