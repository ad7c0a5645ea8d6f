#include <gtest/gtest.h>

#include "cgroups/control_file.h"
#include "cgroups/hierarchy.h"

namespace tare::cgroups {
namespace {

TEST(CgroupsHierarchy, OwnCgroupIsTheEntryOfHierarchyZero) {
  EXPECT_EQ(unified_entry("0::/user.slice/a\n"), "/user.slice/a");
  EXPECT_EQ(unified_entry("9:name=systemd:/x\n1:cpu:/0::/y\n0::/z\n"), "/z");
  EXPECT_EQ(unified_entry("10::/x\n"), std::nullopt);
  EXPECT_EQ(unified_entry(""), std::nullopt);
}

TEST(CgroupsHierarchy, PathsAreSeenFromTheRootOfTheMount) {
  EXPECT_EQ(below_mount_root("/a/b", "/"), "/a/b");
  EXPECT_EQ(below_mount_root("/a/b", "/a"), "/b");
  EXPECT_EQ(below_mount_root("/a", "/a"), "/");
  EXPECT_EQ(below_mount_root("/ab", "/a"), std::nullopt);
  EXPECT_EQ(below_mount_root("/", "/a"), std::nullopt);
}

TEST(CgroupsHierarchy, ControlFilesAreRead) {
  EXPECT_EQ(words("cpu io  memory\n"), (std::vector<std::string>{"cpu", "io", "memory"}));
  EXPECT_TRUE(words("\n").empty());
  EXPECT_EQ(keyed_value("populated 1\nfrozen 0\n", "frozen"), 0U);
  EXPECT_EQ(keyed_value("populated 1\nfrozen 0\n", "populated"), 1U);
  EXPECT_EQ(keyed_value("oom_kill_more 7\noom_kill 3\n", "oom_kill"), 3U);
  EXPECT_EQ(keyed_value("populated 1\n", "frozen"), std::nullopt);
}

}  // namespace
}  // namespace tare::cgroups
