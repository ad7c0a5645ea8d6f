// Where paths lead inside a root: nowhere else, whatever links and components say.
#include "tests/kernel/act_world.h"

namespace tare {
namespace {

using act::Links;
using act::Missing;

class Resolve : public World {
 protected:
  // Where `path` leads, seen from the root ("/" is the root itself); the errno's name if nowhere.
  std::string leads(const std::string& path, Missing missing = Missing::Fail,
                    Links links = Links::Follow) {
    return name_of(act::resolve(root().get(), path.c_str(), missing, links));
  }
  std::string parent_of(const std::string& path) {
    const char* name = nullptr;
    act::Context context;
    context.root = root().get();
    long parent = act::resolve_parent(context, path.c_str(), &name);
    context.parent = -1;  // ours now
    std::string led = name_of(parent);
    return led[0] == '/' ? led + " " + name : led;
  }
  // Links l1 -> l2 -> … of which the last leads to `end`.
  void chain(int count, const std::string& end) {
    for (int i = 1; i <= count; ++i) {
      link("/l" + std::to_string(i), i == count ? end : "l" + std::to_string(i + 1));
    }
  }

 private:
  std::string name_of(long result) {
    if (result < 0) return ::strerrorname_np(static_cast<int>(-result));
    Fd fd(static_cast<int>(result));
    EXPECT_NE(::fcntl(fd.get(), F_GETFD) & FD_CLOEXEC, 0);
    EXPECT_NE(::fcntl(fd.get(), F_GETFL) & O_PATH, 0);
    std::string place = target("/proc/self/fd/" + std::to_string(fd.get()));
    std::string inside = in("");
    if (place == inside) return "/";
    if (!place.starts_with(inside + "/")) return "outside: " + place;
    return place.substr(inside.size());
  }
};

TEST_F(Resolve, PlainPaths) {
  directory("/a");
  directory("/a/b");
  file("/a/b/c");
  const std::pair<const char*, const char*> cases[] = {{"/", "/"},
                                                       {"//", "/"},
                                                       {".", "/"},
                                                       {"/..", "/"},
                                                       {"/../../..", "/"},
                                                       {"/a/../..", "/"},
                                                       {"a", "/a"},
                                                       {"/a/b/", "/a/b"},
                                                       {"/a/./b//c", "/a/b/c"},
                                                       {"/a/../a/b", "/a/b"},
                                                       {"/../a/b/c", "/a/b/c"},
                                                       {"/a/b/c/", "ENOTDIR"},
                                                       {"/a/b/c/d", "ENOTDIR"},
                                                       {"/a/b/c/..", "ENOTDIR"},
                                                       {"/a/x", "ENOENT"},
                                                       {"", "ENOENT"}};
  for (const auto& [path, where] : cases) EXPECT_EQ(leads(path), where) << path;
}

TEST_F(Resolve, LinksStayInside) {
  directory("/a");
  directory("/outside");  // what an absolute link to a place of that name means inside
  file("/outside/canary");
  link("/absolute", "/a");
  link("/relative", "a");
  link("/up", "../../../../../../outside/canary");
  link("/host", outside("canary"));
  link("/a/back", "../../../..");
  EXPECT_EQ(leads("/absolute"), "/a");
  EXPECT_EQ(leads("/relative"), "/a");
  EXPECT_EQ(leads("/up"), "/outside/canary");
  EXPECT_EQ(leads("/host"), "ENOENT");
  EXPECT_EQ(leads("/a/back"), "/");
  EXPECT_EQ(leads("/a/back/a/back/outside/canary"), "/outside/canary");
}

TEST_F(Resolve, FortyLinksAreFollowedAndNoMore) {
  directory("/end");
  chain(41, "end");
  EXPECT_EQ(leads("/l2"), "/end");
  EXPECT_EQ(leads("/l1"), "ELOOP");
}

TEST_F(Resolve, FortyLinksToSomethingMissingAreFollowedAndNoMore) {
  chain(41, "end");
  EXPECT_EQ(leads("/l1", Missing::Directory), "ELOOP");
  EXPECT_FALSE(exists(in("/end")));
  EXPECT_EQ(leads("/l2", Missing::Directory), "/end");
}

TEST_F(Resolve, LoopsEnd) {
  link("/self", "self");
  link("/one", "two");
  link("/two", "/one");
  for (Missing missing : {Missing::Fail, Missing::Directory, Missing::File}) {
    EXPECT_EQ(leads("/self", missing), "ELOOP");
    EXPECT_EQ(leads("/one/x", missing), "ELOOP");
    // The loop is met by the walk that makes what is missing.
    EXPECT_EQ(leads("/new/../self/x", missing), missing == Missing::Fail ? "ENOENT" : "ELOOP");
  }
}

TEST_F(Resolve, MissingDirectoriesAreMade) {
  EXPECT_EQ(leads("/a/b/c", Missing::Directory), "/a/b/c");
  EXPECT_EQ(mode(in("/a")), mode_t{S_IFDIR | 0755});
  EXPECT_EQ(mode(in("/a/b/c")), mode_t{S_IFDIR | 0755});
  EXPECT_EQ(leads("x/y/", Missing::Directory), "/x/y");
  EXPECT_EQ(leads("/m/../../n", Missing::Directory), "/n");
}

TEST_F(Resolve, MissingFilesAreMadeBelowMissingDirectories) {
  EXPECT_EQ(leads("/a/b/c", Missing::File), "/a/b/c");
  EXPECT_EQ(mode(in("/a/b")), mode_t{S_IFDIR | 0755});
  EXPECT_EQ(mode(in("/a/b/c")), mode_t{S_IFREG | 0644});
  EXPECT_EQ(status(in("/a/b/c")).st_size, 0);
}

TEST_F(Resolve, WhatIsThereIsLeftAlone) {
  file("/file", "text", 0600);
  directory("/directory", 0700);
  EXPECT_EQ(leads("/file", Missing::Directory), "/file");
  EXPECT_EQ(leads("/directory", Missing::File), "/directory");
  EXPECT_EQ(content(in("/file")), "text");
  EXPECT_EQ(mode(in("/file")), mode_t{S_IFREG | 0600});
  EXPECT_EQ(mode(in("/directory")), mode_t{S_IFDIR | 0700});
}

TEST_F(Resolve, DanglingLinksAreMadeInsideTheRoot) {
  link("/absolute", "/var/new");
  link("/host", outside("made"));
  link("/up", "../../../outside/made2");
  link("/deep", "x/y/z");
  EXPECT_EQ(leads("/absolute", Missing::Directory), "/var/new");
  EXPECT_EQ(leads("/host", Missing::File), outside("made"));
  EXPECT_EQ(leads("/up/below", Missing::Directory), "/outside/made2/below");
  EXPECT_EQ(leads("/deep", Missing::File), "/x/y/z");
  EXPECT_EQ(mode(in("/x/y/z")), mode_t{S_IFREG | 0644});
}

TEST_F(Resolve, AFileIsNoParent) {
  file("/file", "text");
  node("/fifo", S_IFIFO | 0644);
  link("/link", "file");
  for (Missing missing : {Missing::Fail, Missing::Directory, Missing::File}) {
    EXPECT_EQ(leads("/file/x", missing), "ENOTDIR");
    EXPECT_EQ(leads("/fifo/x", missing), "ENOTDIR");
    EXPECT_EQ(leads("/link/x", missing), "ENOTDIR");
  }
  // Met after something was made.
  EXPECT_EQ(leads("/new/../file/x", Missing::Directory), "ENOTDIR");
  EXPECT_EQ(leads("/new2/../link/x", Missing::Directory), "ENOTDIR");
  EXPECT_EQ(content(in("/file")), "text");
}

TEST_F(Resolve, NamesThatAreTooLongAreRefusedNotCut) {
  std::string longest(255, 'x'), longer(256, 'x'), longest_path;
  EXPECT_EQ(leads("/" + longest, Missing::Directory), "/" + longest);
  EXPECT_EQ(leads("/" + longer, Missing::Directory), "ENAMETOOLONG");
  EXPECT_EQ(leads("/new/" + longer, Missing::Directory), "ENAMETOOLONG");
  EXPECT_EQ(leads("/new/" + longer + longer, Missing::File), "ENAMETOOLONG");
  EXPECT_THAT(names(in("/new")), testing::IsEmpty());
  EXPECT_EQ(leads("/" + std::string(5000, '/') + "a", Missing::Directory), "ENAMETOOLONG");
  for (int i = 0; i < 20; ++i) longest_path += "/" + longest;
  EXPECT_EQ(leads(longest_path, Missing::Directory), "ENAMETOOLONG");
}

TEST_F(Resolve, LinksWithTheLongestTargetsAreFollowed) {
  std::string target = "a";
  while (target.size() < 4094) target += "/";
  link("/long", target + "b");
  EXPECT_EQ(leads("/long", Missing::Directory), "ENAMETOOLONG")
      << "no room for the rest of the path";
  link("/less", target.substr(0, 4000) + "b");
  EXPECT_EQ(leads("/less", Missing::Directory), "/a/b");
}

TEST_F(Resolve, MagicLinksAreRefused) {
  directory("/proc");
  mount_at("/proc", "proc");
  Fd held = sys::openat(AT_FDCWD, outside(), O_RDONLY | O_DIRECTORY);
  std::string fd = "/proc/self/fd/" + std::to_string(held.get());
  link("/link", fd);
  link("/cwd", "/proc/self/cwd");
  for (Missing missing : {Missing::Fail, Missing::Directory, Missing::File}) {
    for (const std::string& path :
         {fd, fd + "/new", std::string("/link/new"), std::string("/proc/self/root/tmp"),
          std::string("/cwd/tmp"), std::string("/proc/self/exe"),
          "/proc/" + std::to_string(::getpid()) + "/root"}) {
      EXPECT_EQ(leads(path, missing), "ELOOP") << path;
    }
  }
  // Ordinary links of procfs are links like any.
  EXPECT_EQ(leads("/proc/self").substr(0, 6), "/proc/");
}

TEST_F(Resolve, MagicLinksLeadNowhereWhileMissingThingsAreMade) {
  directory("/proc");
  mount_at("/proc", "proc");
  Fd held = sys::openat(AT_FDCWD, outside(), O_RDONLY | O_DIRECTORY);
  std::string fd = "/proc/self/fd/" + std::to_string(held.get());
  // The first component is missing: the walk by hand is what meets the magic link. It takes the
  // link's text for what it says, inside the root.
  EXPECT_EQ(leads("/new/.." + fd + "/made", Missing::Directory), outside("made"));
  EXPECT_EQ(leads("/new2/../proc/self/root/made", Missing::Directory), "/made");
}

TEST_F(Resolve, RefuseTakesNoLinkAnywhere) {
  directory("/a");
  link("/link", "a");
  link("/dangling", "new");
  EXPECT_EQ(leads("/a", Missing::Fail, Links::Refuse), "/a");
  EXPECT_EQ(leads("/link", Missing::Fail, Links::Refuse), "ELOOP");
  EXPECT_EQ(leads("/link/x", Missing::Directory, Links::Refuse), "ELOOP");
  EXPECT_EQ(leads("/dangling", Missing::Directory, Links::Refuse), "ELOOP");
  EXPECT_EQ(leads("/a/b/c", Missing::Directory, Links::Refuse), "/a/b/c");
  // A link behind something that had to be made.
  EXPECT_EQ(leads("/new/../link/x", Missing::Directory, Links::Refuse), "ELOOP");
  EXPECT_FALSE(exists(in("/new/x")));
}

TEST_F(Resolve, AParentIsMadeAndTheNameKept) {
  directory("/a");
  file("/file");
  link("/link", "/a");
  EXPECT_EQ(parent_of("/x"), "/ x");
  EXPECT_EQ(parent_of("x"), "/ x");
  EXPECT_EQ(parent_of("/a/x"), "/a x");
  EXPECT_EQ(parent_of("/link/x"), "/a x");
  EXPECT_EQ(parent_of("/new/deep/x"), "/new/deep x");
  EXPECT_EQ(parent_of("/file/x"), "ENOTDIR");
  for (const char* path : {"/", "/a/", "/a/.", "/a/..", "..", ""})
    EXPECT_EQ(parent_of(path), "EEXIST") << path;
  EXPECT_EQ(parent_of("/" + std::string(4096, 'd') + "/x"), "ENAMETOOLONG");
}

TEST_F(Resolve, NothingIsLeftOpen) {
  directory("/a");
  link("/dangling", "/n/o/n/e");
  auto open_files = [] { return names("/proc/self/fd").size(); };
  size_t before = open_files();
  std::string deep;
  for (int i = 0; i < 300; ++i) deep += "/d";
  for (const char* path :
       {"/a/b/c/d", "/dangling/x", "/a/../new", "/dangling/../../x", "/missing/."}) {
    leads(path, Missing::Directory);
  }
  EXPECT_EQ(leads(deep, Missing::Directory), "ENAMETOOLONG") << "deeper than the walk goes";
  file("/file");
  leads("/new3/../file/x", Missing::Directory);
  parent_of("/file/x");
  EXPECT_EQ(open_files(), before);
}

TEST_F(Resolve, KindsAndDevicesAreTold) {
  directory("/directory");
  file("/file");
  link("/link", "file");
  node("/fifo", S_IFIFO | 0600);
  node("/null", S_IFCHR | 0600, makedev(1, 3));
  auto look = [&](const char* path) {
    return sys::openat(AT_FDCWD, in(path), O_PATH | O_NOFOLLOW);
  };
  EXPECT_EQ(act::file_type(look("/directory").get()), uint32_t{S_IFDIR});
  EXPECT_EQ(act::file_type(look("/file").get()), uint32_t{S_IFREG});
  EXPECT_EQ(act::file_type(look("/link").get()), uint32_t{S_IFLNK});
  EXPECT_EQ(act::file_type(look("/fifo").get()), uint32_t{S_IFIFO});
  EXPECT_EQ(act::file_type(look("/null").get()), uint32_t{S_IFCHR});
  EXPECT_EQ(act::file_type(-1), 0U);
  EXPECT_EQ(act::file_device(look("/null").get()), uint64_t{1} << 32 | 3);
  EXPECT_EQ(act::filesystem_type(root().get()), 0x01021994U);  // TMPFS_MAGIC
}

}  // namespace
}  // namespace tare
