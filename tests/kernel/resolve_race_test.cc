// An attacker exchanges a component of the path with something else, as fast as it can, while paths
// are resolved, made and mounted on (CVE-2021-30465, CVE-2024-45310). Nothing may ever happen
// outside of the root, and an honest start must hardly ever fail. That the attack is one is shown
// by a resolver that looks first and acts afterwards: it is led outside.
#include <linux/fs.h>
#include <signal.h>
#include <stdio.h>
#include <sys/mman.h>
#include <sys/prctl.h>

#include <atomic>
#include <chrono>
#include <map>
#include <new>

#include "tests/kernel/act_world.h"

namespace tare {
namespace {

using act::Missing;
using act::OpKind;

constexpr int kRounds = 1000;
constexpr int kMostRounds = 200000;

// What "/a/c", a directory, is exchanged with; paths below are resolved meanwhile.
struct Layout {
  const char* name;
  std::function<void(const std::string& path, const std::string& outside)> make;
  std::vector<int> honest;  // errors that are the answer to what is there at that moment
};

void make_link(const std::string& path, const std::string& target) {
  EXPECT_EQ(::symlink(target.c_str(), path.c_str()), 0) << path;
}

const std::vector<Layout>& layouts() {
  static const std::vector<Layout> kLayouts = {
      {"AbsoluteLink", [](const auto& path, const auto& outside) { make_link(path, outside); }, {}},
      {"RelativeLink", [](const auto& path, const auto&) { make_link(path, "../../outside"); }, {}},
      {"DanglingLink",
       [](const auto& path, const auto& outside) { make_link(path, outside + "/made"); },
       {}},
      {"ChainOfLinks",
       [](const auto& path, const auto&) {
         make_link(path + ".1", "../a/./../../outside");
         make_link(path, "x.1/../outside");
       },
       {}},
      {"Loop", [](const auto& path, const auto&) { make_link(path, "x"); }, {ELOOP}},
      {"Directory", [](const auto& path, const auto&) { ::mkdir(path.c_str(), 0755); }, {}},
      {"File",
       [](const auto& path, const auto&) { ::mknod(path.c_str(), S_IFREG | 0644, 0); },
       {ENOTDIR}},
      {"Fifo", [](const auto& path, const auto&) { ::mkfifo(path.c_str(), 0644); }, {ENOTDIR}},
  };
  return kLayouts;
}

class Attacker {
 public:
  // Exchanges two names until it is destroyed.
  Attacker(const std::string& one, const std::string& other) {
    void* memory = ::mmap(nullptr, sizeof *exchanges_, PROT_READ | PROT_WRITE,
                          MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    exchanges_ = new (memory) std::atomic<int>(0);
    pid_ = ::fork();
    if (pid_ != 0) return;
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    for (;;) {
      if (::renameat2(AT_FDCWD, one.c_str(), AT_FDCWD, other.c_str(), RENAME_EXCHANGE) == 0)
        ++*exchanges_;
    }
  }
  ~Attacker() {
    ::kill(pid_, SIGKILL);
    ::waitpid(pid_, nullptr, 0);
    ::munmap(exchanges_, sizeof *exchanges_);
  }
  // On a busy machine the two take turns of many rounds each: a storm goes on until it was one.
  bool has_exchanged(int times) const { return *exchanges_ >= times; }
  Attacker(const Attacker&) = delete;
  Attacker& operator=(const Attacker&) = delete;

 private:
  std::atomic<int>* exchanges_;
  pid_t pid_;
};

class ResolveRace : public World {
 protected:
  void SetUp() override {
    World::SetUp();
    if (IsSkipped()) return;
    directory("/a");
    directory("/a/c");
  }
  void lay_out(const Layout& layout) { layout.make(in("/a/x"), outside()); }

  // Resolves `path` (a number in place of each '#') many times and counts the answers.
  std::map<int, int> storm(const std::string& pattern, Missing missing) {
    Attacker attacker(in("/a/c"), in("/a/x"));
    std::map<int, int> answers;
    for (int i = 0;
         i < kRounds || !attacker.has_exchanged(kRounds) || (answers[0] == 0 && i < kMostRounds);
         ++i) {
      std::string path = pattern;
      for (size_t at = 0; (at = path.find('#')) != std::string::npos;)
        path.replace(at, 1, std::to_string(i));
      long fd = act::resolve(root().get(), path.c_str(), missing);
      ++answers[fd < 0 ? static_cast<int>(-fd) : 0];
      if (fd < 0) continue;
      std::string place = target("/proc/self/fd/" + std::to_string(fd));
      ::close(static_cast<int>(fd));
      EXPECT_TRUE(place == in("") || place.starts_with(in("/"))) << place;
    }
    return answers;
  }
  static int sum(const std::map<int, int>& answers) {
    int sum = 0;
    for (const auto& [error, count] : answers) sum += count;
    return sum;
  }
  static void expect_honest(const std::map<int, int>& answers, const Layout& layout,
                            const std::string& what) {
    for (const auto& [error, count] : answers) {
      bool expected =
          error == 0 || std::count(layout.honest.begin(), layout.honest.end(), error) != 0;
      // Too many renames for the kernel to resolve "..": at most one start in a hundred.
      if (error == EAGAIN && count <= sum(answers) / 100) expected = true;
      EXPECT_TRUE(expected) << layout.name << " " << what << ": " << count << " times "
                            << ::strerrorname_np(error);
    }
    EXPECT_GT(answers.at(0), 0) << layout.name << " " << what;
  }
};

TEST_F(ResolveRace, NothingIsMadeOrOpenedOutside) {
  int number = 0;
  for (const Layout& layout : layouts()) {
    std::string base = "/a" + std::to_string(number++);
    lay_out(layout);
    for (const auto& [pattern, missing] :
         std::vector<std::pair<std::string, Missing>>{{"/a/c", Missing::Fail},
                                                      {"/a/c/canary", Missing::File},
                                                      {"/a/c/d#", Missing::Directory},
                                                      {"/a/c/f#", Missing::File},
                                                      {"/a/c/../c/e#/deep", Missing::Directory},
                                                      {"/a/m#/../c/g", Missing::Directory}}) {
      Layout honest = layout;
      // A dangling or in-root link leads to nothing until somebody makes it.
      if (missing == Missing::Fail) honest.honest.push_back(ENOENT);
      expect_honest(storm(pattern, missing), honest, pattern);
      EXPECT_THAT(names(outside()), testing::ElementsAre("canary"))
          << layout.name << " " << pattern;
    }
    // The next layout starts in a new directory.
    ASSERT_EQ(::rename(in("/a").c_str(), in(base).c_str()), 0);
    directory("/a");
    directory("/a/c");
  }
}

// A directory that is being walked leaves the root: ".." must not lead to where it went.
TEST_F(ResolveRace, ADirectoryThatLeavesTheRootTakesNobodyAlong) {
  std::string attic = in("") + "/../attic";
  ASSERT_EQ(::mkdir(attic.c_str(), 0755), 0);
  ASSERT_EQ(::mkdir((attic + "/c").c_str(), 0755), 0);
  {
    Attacker attacker(in("/a/c"), attic + "/c");
    std::map<int, int> answers;
    for (int i = 0; i < kRounds || !attacker.has_exchanged(kRounds); ++i) {
      std::string path = "/a/c/../../made" + std::to_string(i);
      long fd = act::resolve(root().get(), path.c_str(), Missing::Directory);
      ++answers[fd < 0 ? static_cast<int>(-fd) : 0];
      if (fd >= 0) ::close(static_cast<int>(fd));
    }
    for (const auto& [error, count] : answers) {
      EXPECT_TRUE(error == 0 || error == EXDEV || (error == EAGAIN && count <= sum(answers) / 100))
          << count << " times " << ::strerrorname_np(error);
    }
  }
  EXPECT_THAT(names(attic), testing::ElementsAre("c"));
  ASSERT_EQ(::rename((attic + "/c").c_str(), in("/attic-c").c_str()), 0);
  ASSERT_EQ(::rmdir(attic.c_str()), 0);
}

TEST_F(ResolveRace, MountsAndNodesStayInside) {
  constexpr int kStarts = 150;
  auto mounts = [] { return content("/proc/self/mountinfo"); };
  for (size_t i : {0U, 1U, 3U}) {
    const Layout& layout = layouts()[i];
    lay_out(layout);
    Attacker attacker(in("/a/c"), in("/a/x"));
    int failures = 0;
    for (int start = 0; start < kStarts; ++start) {
      std::string number = std::to_string(start);
      act::Step make = step(OpKind::NewMount, "tmpfs", 0);
      act::Step symlink = step(OpKind::Link, "/a/c/l" + number);
      symlink.text2 = "target";
      act::Step fifo = step(OpKind::Device, "/a/c/fifo" + number);
      fifo.number = S_IFIFO | 0644;
      std::string said = this->said({make, step(OpKind::Attach, "/a/c/m" + number, 0), fifo,
                                     symlink, step(OpKind::Directory, "/a/c/d" + number)},
                                    {-1});
      failures += said.empty() ? 0 : 1;
      EXPECT_TRUE(said.empty() || said.ends_with("EAGAIN")) << layout.name << ": " << said;
    }
    EXPECT_LE(failures, 4 * kStarts / 100) << layout.name << ", four resolutions a start";
    EXPECT_THAT(names(outside()), testing::ElementsAre("canary")) << layout.name;
    EXPECT_EQ(mounts().find(" " + outside()), std::string::npos) << layout.name;
    ASSERT_EQ(::rename(in("/a").c_str(), in("/old" + std::to_string(i)).c_str()), 0);
    directory("/a");
    directory("/a/c");
  }
}

// Not ours: looks whether a component is a link, then acts on the path.
bool look_then_act(const std::string& root, const std::string& name) {
  for (const char* component : {"/a", "/a/c"}) {
    struct stat status {};
    if (::lstat((root + component).c_str(), &status) != 0 || !S_ISDIR(status.st_mode)) return false;
  }
  return ::mkdir((root + "/a/c/" + name).c_str(), 0755) == 0;
}

TEST_F(ResolveRace, AResolverThatLooksFirstIsLedOutside) {
  lay_out(layouts()[0]);
  auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(10);
  bool escaped = false;
  {
    Attacker attacker(in("/a/c"), in("/a/x"));
    for (int i = 0; !escaped && std::chrono::steady_clock::now() < deadline; ++i) {
      std::string name = "escaped" + std::to_string(i);
      look_then_act(in(""), name);
      escaped = ::rmdir(outside(name).c_str()) == 0;
    }
  }
  EXPECT_TRUE(escaped) << "the attack is none, the tests above prove nothing";
}

}  // namespace
}  // namespace tare
