#include <gtest/gtest.h>

#include "cgroups/control_file.h"
#include "cgroups/hierarchy.h"
#include "cgroups/mount_table.h"
#include "runtime/base/strings.h"

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

TEST(CgroupsHierarchy, MountTableGivesTheCgroup2Mounts) {
  auto mounts = parse_mounts(
      "21 1 0:19 / /proc rw - proc proc rw\n"
      "30 21 0:26 / /sys/fs/cgroup rw,nosuid shared:9 - tmpfs tmpfs rw\n"
      "31 30 0:27 /a\\040b /mnt/with\\040blank rw shared:1 master:2 - cgroup2 cgroup2 rw\n"
      "32 30 0:27 / /odd\\04 rw - cgroup2 none rw\n"
      "33 30 0:28 / /v1 rw - cgroup cgroup rw,cpu\n"
      "broken line\n34 - cgroup2",
      "cgroup2");
  ASSERT_EQ(mounts.size(), 2U);
  EXPECT_EQ(mounts[0].target, "/mnt/with blank");
  EXPECT_EQ(mounts[0].root, "/a b");
  EXPECT_EQ(mounts[1].target, "/odd\\04");
}

}  // namespace
}  // namespace tare::cgroups
