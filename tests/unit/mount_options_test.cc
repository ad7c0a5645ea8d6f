// Option words in, bits out; the numbers are the kernel's (mount_setattr(2), mount(2)).
#include "oci/mount_options.h"

#include <gtest/gtest.h>
#include <sys/mount.h>

#include "oci/inline_mapping.h"

namespace tare::oci {
namespace {

constexpr uint64_t kReadOnly = 1, kNoSuid = 2, kNoDev = 4, kNoExec = 8, kAtime = 0x70,
                   kNoatime = 0x10, kStrict = 0x20, kNoDiratime = 0x80, kNoSymfollow = 0x200000;

struct AttributeCase {
  Strings options;
  uint64_t set, clear;
};

// Shows: mounts-8, mounts-27
TEST(MountOptions, Attributes) {
  const AttributeCase cases[] = {
      {{"ro"}, kReadOnly, 0},
      {{"rw"}, 0, kReadOnly},
      {{"ro", "rw"}, 0, kReadOnly},
      {{"rw", "ro"}, kReadOnly, 0},
      {{"nosuid", "nodev", "noexec"}, kNoSuid | kNoDev | kNoExec, 0},
      {{"suid", "dev", "exec"}, 0, kNoSuid | kNoDev | kNoExec},
      {{"noexec", "exec"}, 0, kNoExec},
      {{"nodiratime"}, kNoDiratime, 0},
      {{"diratime"}, 0, kNoDiratime},
      {{"nosymfollow"}, kNoSymfollow, 0},
      {{"symfollow"}, 0, kNoSymfollow},
      {{"noatime"}, kNoatime, kAtime},
      {{"strictatime"}, kStrict, kAtime},
      {{"relatime"}, 0, kAtime},
      {{"atime"}, 0, 0},
      {{"norelatime"}, 0, 0},
      {{"noatime", "strictatime"}, kStrict, kAtime},
      {{"strictatime", "noatime"}, kNoatime, kAtime},
      {{"noatime", "atime"}, 0, 0},
      {{"noatime", "nostrictatime"}, kNoatime, kAtime},
      {{"strictatime", "nostrictatime"}, 0, 0},
      {{"strictatime", "norelatime"}, kStrict, kAtime},
      {{"strictatime", "atime"}, kStrict, kAtime},
      {{"defaults"}, 0, 0},
  };
  for (const AttributeCase& c : cases) {
    MountOptions options = parse_mount_options(c.options);
    EXPECT_EQ(options.attr_set, c.set) << testing::PrintToString(c.options);
    EXPECT_EQ(options.attr_clear, c.clear) << testing::PrintToString(c.options);
    EXPECT_EQ(options.rec_attr_set | options.rec_attr_clear, 0u);
    EXPECT_TRUE(options.data.empty());
  }
}

// Shows: mounts-9
TEST(MountOptions, RecursiveAttributesAreTheSameWordsWithR) {
  const AttributeCase cases[] = {
      {{"rro"}, kReadOnly, 0},
      {{"rro", "rrw"}, 0, kReadOnly},
      {{"rnosuid", "rnodev", "rnoexec"}, kNoSuid | kNoDev | kNoExec, 0},
      {{"rsuid", "rdev", "rexec"}, 0, kNoSuid | kNoDev | kNoExec},
      {{"rnodiratime"}, kNoDiratime, 0},
      {{"rdiratime"}, 0, kNoDiratime},
      {{"rnosymfollow"}, kNoSymfollow, 0},
      {{"rsymfollow"}, 0, kNoSymfollow},
      {{"rnoatime"}, kNoatime, kAtime},
      {{"ratime"}, 0, kAtime},
      {{"rstrictatime"}, kStrict, kAtime},
      {{"rnostrictatime"}, 0, kAtime},
      {{"rrelatime"}, 0, kAtime},
      {{"rnorelatime"}, 0, kAtime},
  };
  for (const AttributeCase& c : cases) {
    MountOptions options = parse_mount_options(c.options);
    EXPECT_EQ(options.rec_attr_set, c.set) << testing::PrintToString(c.options);
    EXPECT_EQ(options.rec_attr_clear, c.clear) << testing::PrintToString(c.options);
    EXPECT_EQ(options.attr_set | options.attr_clear, 0u);
    EXPECT_TRUE(options.data.empty());
  }
}

// Shows: mounts-8, mounts-10
TEST(MountOptions, SuperBlockFlags) {
  auto flags = [](Strings options) { return parse_mount_options(options).super_flags; };
  EXPECT_EQ(
      flags({"sync", "dirsync", "lazytime", "mand", "iversion", "silent"}),
      uint64_t{MS_SYNCHRONOUS | MS_DIRSYNC | MS_LAZYTIME | MS_MANDLOCK | MS_I_VERSION | MS_SILENT});
  EXPECT_EQ(flags({"sync", "async"}), 0u);
  EXPECT_EQ(flags({"lazytime", "nolazytime"}), 0u);
  EXPECT_EQ(flags({"mand", "nomand"}), 0u);
  EXPECT_EQ(flags({"iversion", "noiversion"}), 0u);
  EXPECT_EQ(flags({"silent", "loud"}), 0u);
}

// Shows: mounts-8
TEST(MountOptions, PropagationKeepsItsOrder) {
  const std::pair<const char*, uint64_t> words[] = {
      {"private", MS_PRIVATE},       {"rprivate", MS_PRIVATE | MS_REC},
      {"shared", MS_SHARED},         {"rshared", MS_SHARED | MS_REC},
      {"slave", MS_SLAVE},           {"rslave", MS_SLAVE | MS_REC},
      {"unbindable", MS_UNBINDABLE}, {"runbindable", MS_UNBINDABLE | MS_REC}};
  Strings all;
  std::vector<uint64_t> flags;
  for (auto [word, flag] : words) {
    all.emplace_back(word);
    flags.push_back(flag);
  }
  EXPECT_EQ(parse_mount_options(all).propagation, flags);
}

TEST(MountOptions, Kinds) {
  MountOptions bind = parse_mount_options({"bind", "remount"});
  EXPECT_TRUE(bind.bind && !bind.recursive && bind.remount);
  MountOptions rbind = parse_mount_options({"rbind", "bind"});
  EXPECT_TRUE(rbind.bind && rbind.recursive && !rbind.remount);
  MountOptions others = parse_mount_options({"tmpcopyup", "idmap", "ridmap"});
  EXPECT_TRUE(others.tmpcopyup && others.idmap && others.ridmap && !others.bind);
  EXPECT_TRUE(others.data.empty());
}

// Shows: mounts-12, mounts-17
TEST(MountOptions, IdMappingsInOptionsAreNoData) {
  MountOptions inlined = parse_mount_options({"bind", "idmap=uids=0-1-2;gids=3-4-5"});
  EXPECT_TRUE(inlined.idmap && !inlined.ridmap && inlined.data.empty());
  auto mapping = parse_inline_mapping(*inlined.inline_mapping);
  ASSERT_TRUE(mapping);
  EXPECT_EQ(mapping->uids[0].ids.container_id, 0U);
  EXPECT_EQ(mapping->uids[0].ids.host_id, 1U);
  EXPECT_EQ(mapping->uids[0].ids.size, 2U);
  EXPECT_EQ(mapping->gids[0].ids.container_id, 3U);
  EXPECT_TRUE(parse_mount_options({"ridmap=uids=0-1-2;gids=3-4-5"}).ridmap);

  mapping = parse_inline_mapping("gids=7-8-9;uids=0-1-4294967295#@10-11-12");
  ASSERT_TRUE(mapping && mapping->uids.size() == 2);
  EXPECT_TRUE(!mapping->uids[0].relative && mapping->uids[1].relative);
  EXPECT_EQ(mapping->uids[1].ids.host_id, 11U);
}

TEST(MountOptions, BrokenIdMappingsAreRefused) {
  for (const char* text :
       {"", "uids=0-1-2", "gids=0-1-2", "uids=0-1-2;gids=", "uids=0-1;gids=0-1-2",
        "uids=0-1-2-3;gids=0-1-2", "uids=0-1--2;gids=0-1-2", "uids=0-1-4294967296;gids=0-1-2",
        "uids=0-1-2#;gids=0-1-2", "uids=0-1-2;gids=0-1-2;", "uids=0-1-2;uids=3-4-5;gids=0-1-2",
        "uids=@@0-1-2;gids=0-1-2", "pids=0-1-2;uids=0-1-2;gids=0-1-2", " uids=0-1-2;gids=0-1-2"}) {
    EXPECT_FALSE(parse_inline_mapping(text)) << text;
  }
}

// Shows: mounts-11
TEST(MountOptions, TheRestIsData) {
  EXPECT_EQ(parse_mount_options({"mode=755", "ro", "", "size=64k", "RO", "acl"}).data,
            (Strings{"mode=755", "size=64k", "RO", "acl"}));
}

// Lists A, B and C of the specification; rnodev is only in its example of features.
// Shows: mounts-8, mounts-9, mounts-10
TEST(MountOptions, KnowsEveryWordOfTheSpecification) {
  const Strings expected = {"async",         "atime",        "bind",
                            "defaults",      "dev",          "diratime",
                            "dirsync",       "exec",         "idmap",
                            "iversion",      "lazytime",     "loud",
                            "mand",          "noatime",      "nodev",
                            "nodiratime",    "noexec",       "noiversion",
                            "nolazytime",    "nomand",       "norelatime",
                            "nostrictatime", "nosuid",       "nosymfollow",
                            "private",       "ratime",       "rbind",
                            "rdev",          "rdiratime",    "relatime",
                            "remount",       "rexec",        "ridmap",
                            "rnoatime",      "rnodev",       "rnodiratime",
                            "rnoexec",       "rnorelatime",  "rnostrictatime",
                            "rnosuid",       "rnosymfollow", "ro",
                            "rprivate",      "rrelatime",    "rro",
                            "rrw",           "rshared",      "rslave",
                            "rstrictatime",  "rsuid",        "rsymfollow",
                            "runbindable",   "rw",           "shared",
                            "silent",        "slave",        "strictatime",
                            "suid",          "symfollow",    "sync",
                            "tmpcopyup",     "unbindable"};
  EXPECT_EQ(expected.size(), 37u + 21u + 3u + 1u);
  EXPECT_EQ(known_mount_options(), expected);
  EXPECT_TRUE(parse_mount_options(expected).data.empty());
}

}  // namespace
}  // namespace tare::oci
