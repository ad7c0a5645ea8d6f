// The program, its directory and its user's home, in a root file system that may hold anything.
#include "tests/kernel/act_world.h"

namespace tare {
namespace {

using act::OpKind;
using act::Step;

class ActProgram : public World {
 protected:
  // HOME as looked up for `uid`.
  std::string home(uint32_t uid) {
    Step look = step(OpKind::Home);
    look.number = uid;
    return told({look}, [](act::Context& context) { tell(context, context.home); });
  }
  // What is executed for `name`, or why nothing is; inside the root as `uid`.
  std::string find(const std::string& name, const std::vector<std::string>& directories,
                   uid_t uid = 0) {
    Step look = step(OpKind::FindProgram, name);
    look.data = act::pack(directories);
    return told(
        {enter(), look}, [](act::Context& context) { tell(context, context.program); }, uid);
  }
  std::string chdir_to(const std::string& path) {
    return told({enter(), step(OpKind::WorkingDirectory, path)}, [](act::Context& context) {
      char cwd[4096];
      tell(context, ::getcwd(cwd, sizeof cwd) != nullptr ? cwd : "?");
    });
  }

 private:
  static Step enter() {
    Step pivot = step(OpKind::Pivot);
    pivot.flags = act::flag::kChroot;
    return pivot;
  }
  std::string told(std::vector<Step> steps, std::function<void(act::Context&)> after,
                   uid_t uid = 0) {
    if (uid != 0) {
      Step identity = step(OpKind::Identity);
      identity.number = uid;
      identity.a = uid;
      Step none = step(OpKind::Capabilities);
      steps.insert(steps.end() - 1, {identity, none});
    }
    Acted acted =
        act_out({.steps = std::move(steps), .root = root().get(), .after = std::move(after)});
    if (acted.reports.empty() || acted.failure() != nullptr) return acted.said();
    return text_of(acted.reports.back());
  }
};

TEST_F(ActProgram, HomeIsThatOfTheUsersLine) {
  directory("/etc");
  EXPECT_EQ(home(0), "HOME=/") << "no file";
  file("/etc/passwd",
       "root:x:0:0:root:/root:/bin/sh\n"
       "short:x:7\n"
       "\n"
       "1000:x:1001:0:a name that is a number:/wrong:/bin/sh\n"
       "empty:x:8:8:::\n"
       "user:x:1000:1000::/home/user:/bin/sh\n"
       "again:x:1000:1000::/second:/bin/sh\n"
       "six:x:9:9:gecos:/six\n"
       "last:x:4294967294:0::/last");
  EXPECT_EQ(home(0), "HOME=/root");
  EXPECT_EQ(home(1000), "HOME=/home/user") << "the first line counts";
  EXPECT_EQ(home(7), "HOME=/") << "a line that ends too early";
  EXPECT_EQ(home(8), "HOME=/") << "an empty home";
  EXPECT_EQ(home(9), "HOME=/six") << "no shell";
  EXPECT_EQ(home(1), "HOME=/") << "nobody";
  EXPECT_EQ(home(4294967294U), "HOME=/last") << "no newline at the end";
}

TEST_F(ActProgram, AHomeThatIsTooLongIsNone) {
  directory("/etc");
  for (size_t size : {100U, 1022U, 1023U, 1024U, 5000U, 100000U}) {
    std::string wanted = "/" + std::string(size - 1, 'h');
    file("/etc/passwd", "u:x:5:5::" + wanted + ":/bin/sh\nv:x:6:6::/v:/bin/sh\n");
    std::string found = home(5);
    EXPECT_TRUE(found == "HOME=/" || found == "HOME=" + wanted.substr(0, act::kReportText - 5))
        << size;
    EXPECT_EQ(found == "HOME=/", size > 1023) << size;
    EXPECT_EQ(home(6), "HOME=/v") << "the line after a long one";
  }
}

TEST_F(ActProgram, FieldsThatAreTooLongMatchNobody) {
  directory("/etc");
  std::string zeros(100, '0');
  file("/etc/passwd", std::string(50000, 'n') + ":x:" + zeros + "5:5::/long:/bin/sh\n:::::::::\n" +
                          std::string("nul:x:6\0:6::/nul\0hidden:/bin/sh\n", 32) +
                          "u:x:5:5::/right:/bin/sh\n");
  EXPECT_EQ(home(5), "HOME=/right");
  EXPECT_EQ(home(0), "HOME=/");
  EXPECT_TRUE(home(6) == "HOME=/nul" || home(6) == "HOME=/");
}

TEST_F(ActProgram, OnlyTheFirstMegabyteIsRead) {
  directory("/etc");
  std::string filler;
  while (filler.size() < (1 << 20)) filler += "filler:x:99:99:filler:/filler:/bin/sh\n";
  file("/etc/passwd", "first:x:5:5::/first:/bin/sh\n" + filler + "late:x:6:6::/late:/bin/sh\n");
  EXPECT_EQ(home(5), "HOME=/first");
  EXPECT_EQ(home(6), "HOME=/");
}

TEST_F(ActProgram, WhatIsNoFileIsNotRead) {
  directory("/etc");
  node("/etc/passwd", S_IFIFO | 0644);
  EXPECT_EQ(home(0), "HOME=/") << "a FIFO must not block";
  ::remove(in("/etc/passwd").c_str());
  directory("/etc/passwd");
  EXPECT_EQ(home(0), "HOME=/");
  ::rmdir(in("/etc/passwd").c_str());
  node("/zero", S_IFCHR | 0666, makedev(1, 5));
  link("/etc/passwd", "/zero");
  EXPECT_EQ(home(0), "HOME=/") << "an endless file";
  ::unlink(in("/etc/passwd").c_str());
  link("/etc/passwd", "passwd");
  EXPECT_EQ(home(0), "HOME=/");
  ::unlink(in("/etc/passwd").c_str());
  // The host's own file is out of reach.
  link("/etc/passwd", "../../../../../../../../etc/passwd-host");
  file("/etc/passwd-host", "root:x:0:0::/inside:/bin/sh\n");
  EXPECT_EQ(home(0), "HOME=/inside");
}

TEST_F(ActProgram, AProgramIsFoundAlongThePath) {
  directory("/bin");
  directory("/first");
  directory("/first/dir");
  file("/bin/prog", "#!/bin/sh\n", 0755);
  file("/bin/dir", "#!/bin/sh\n", 0755);
  file("/first/prog", "not executable", 0644);
  EXPECT_EQ(find("prog", {"/none", "/first", "/bin"}), "/bin/prog");
  EXPECT_EQ(find("dir", {"/first", "/bin"}), "/bin/dir") << "a directory is no program";
  EXPECT_EQ(find("prog", {"/"}), "PATH prog: ENOENT");
  EXPECT_EQ(find("prog", {}), "PATH prog: ENOENT");
  EXPECT_EQ(find("prog", {"/first"}), "PATH prog: ENOENT");
  EXPECT_EQ(find("", {"/bin"}), "PATH: ENOENT");
  EXPECT_EQ(find("prog", {std::string(4090, 'd')}), "PATH prog: ENOENT");
  EXPECT_EQ(find("none", {"/bin"}), "PATH none: ENOENT");
}

TEST_F(ActProgram, APathThatCannotBeExecutedSaysWhy) {
  directory("/bin");
  file("/bin/prog", "#!/bin/sh\n", 0755);
  file("/bin/plain", "text", 0644);
  node("/bin/fifo", S_IFIFO | 0644);
  link("/bin/link", "prog");
  link("/bin/dangling", "none");
  link("/bin/loop", "loop");
  EXPECT_EQ(find("/bin/prog", {}), "/bin/prog");
  EXPECT_EQ(find("bin/prog", {}), "bin/prog") << "from the working directory";
  EXPECT_EQ(find("/bin/link", {}), "/bin/link");
  const std::pair<const char*, const char*> cases[] = {
      {"/bin/none", "ENOENT"},   {"/bin", "EISDIR"},          {"/bin/plain", "EACCES"},
      {"/bin/fifo", "EACCES"},   {"/bin/dangling", "ENOENT"}, {"/bin/loop", "ELOOP"},
      {"/bin/prog/x", "ENOTDIR"}};
  for (const auto& [path, error] : cases) {
    EXPECT_EQ(find(path, {}), "stat " + std::string(path) + ": " + error);
  }
  std::string said = find("/" + std::string(4096, 'x'), {});
  EXPECT_TRUE(said.ends_with("ENAMETOOLONG")) << said;
}

TEST_F(ActProgram, TheUserWhoWillRunItMustBeAllowedTo) {
  directory("/bin");
  directory("/closed", 0700);
  file("/bin/owner", "#!/bin/sh\n", 0700);
  file("/bin/any", "#!/bin/sh\n", 0755);
  file("/closed/any", "#!/bin/sh\n", 0755);
  EXPECT_EQ(find("/bin/owner", {}), "/bin/owner");
  EXPECT_EQ(find("/bin/owner", {}, 1000), "stat /bin/owner: EACCES");
  EXPECT_EQ(find("/bin/any", {}, 1000), "/bin/any");
  EXPECT_EQ(find("/closed/any", {}, 1000), "stat /closed/any: EACCES");
  EXPECT_EQ(find("any", {"/closed", "/bin"}, 1000), "/bin/any");
}

TEST_F(ActProgram, TheWorkingDirectoryIsInsideAndReal) {
  directory("/work");
  directory("/proc");
  directory("/outside");
  mount_at("/proc", "proc");
  file("/file", "text");
  link("/way", "../../outside");
  Fd held = sys::openat(AT_FDCWD, outside(), O_RDONLY | O_DIRECTORY);
  EXPECT_EQ(chdir_to("/work"), "/work");
  EXPECT_EQ(chdir_to("/../.."), "/");
  EXPECT_EQ(chdir_to("/way"), "/outside");
  EXPECT_EQ(chdir_to("/none"), "chdir /none: ENOENT");
  EXPECT_EQ(chdir_to("/file"), "chdir /file: ENOTDIR");
  std::string magic = "/proc/self/fd/" + std::to_string(held.get());
  EXPECT_EQ(chdir_to(magic), "chdir " + magic + ": ELOOP");
  EXPECT_EQ(chdir_to("/proc/self/cwd"), "chdir /proc/self/cwd: ELOOP");
}

}  // namespace
}  // namespace tare
