// Making and limiting cgroups on the host's hierarchy.
#include <gmock/gmock.h>
#include <sys/stat.h>

#include "cgroups/control_file.h"
#include "cgroups/delegation.h"
#include "runtime/base/strings.h"
#include "tests/kernel/cgroup_fixture.h"

namespace tare::cgroups {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

// Shows: cgp-7
TEST_F(CgroupTest, MadeWithParentsAndRemovedUnlessKept) {
  {
    Plan plan = make_plan(request("/a/b/c"));
    EXPECT_THAT(missing_parents(plan),
                ElementsAre(host(top_), host(top_ + "/a"), host(top_ + "/a/b")));
    auto cgroup = Cgroup::create(plan);
    ASSERT_TRUE(cgroup);
    EXPECT_TRUE(cgroup->created());
    EXPECT_EQ(cgroup->path(), host(top_ + "/a/b/c"));
    EXPECT_THAT(cgroup->created_parents(),
                ElementsAre(host(top_), host(top_ + "/a"), host(top_ + "/a/b")));
    EXPECT_TRUE(exists(cgroup->path()));
    EXPECT_THAT(missing_parents(plan), IsEmpty());
  }
  EXPECT_FALSE(exists(host(top_)));
}

TEST_F(CgroupTest, KeptCgroupStaysUntilRemoved) {
  std::vector<std::string> parents;
  {
    Cgroup cgroup = create();
    parents = cgroup.created_parents();
    cgroup.keep();
  }
  EXPECT_TRUE(exists(host(top_ + "/c")));
  remove(host(top_ + "/c"), parents);
  EXPECT_FALSE(exists(host(top_)));
  remove(host(top_ + "/c"), parents);  // again: nothing there is no error
}

// Shows: cgp-7, op-delete-4
TEST_F(CgroupTest, ParentsThatOthersUseStay) {
  Cgroup first = create("/first");
  Cgroup second = create("/second");
  EXPECT_THAT(second.created_parents(), IsEmpty());
  remove(first.path(), first.created_parents());
  EXPECT_FALSE(exists(first.path()));
  EXPECT_TRUE(exists(second.path()));
  remove(second.path(), first.created_parents());
}

// Shows: cgp-7, op-delete-4
TEST_F(CgroupTest, ExistingEmptyCgroupIsUsedAndNotOurs) {
  Cgroup holder = create();
  {
    Cgroup again = create();
    EXPECT_FALSE(again.created());
    EXPECT_THAT(again.created_parents(), IsEmpty());
  }
  EXPECT_TRUE(exists(holder.path())) << "not made by the second, so not removed by it";
}

// Shows: cg-1, cg-2
TEST_F(CgroupTest, PopulatedOneIsRefused) {
  Cgroup cgroup = create();
  Child child(cgroup.fd());
  EXPECT_THAT(error_of([&] { create(); }),
              HasSubstr("container's cgroup is not empty: 1 process(es) found"));
  EXPECT_EQ(processes(cgroup.path()), std::vector<pid_t>{child.pid()});
}

TEST_F(CgroupTest, OnePopulatedBelowIsRefused) {
  Cgroup outer = create("/c");
  Fd inner = make_plain("/c/inner");
  Child child(inner);
  EXPECT_THAT(error_of([&] { create("/c"); }),
              HasSubstr("container's cgroup is not empty: 1 process(es) found"));
}

TEST_F(CgroupTest, OneThatGivesControllersToChildrenIsRefused) {
  if (hierarchy_->controllers.empty()) GTEST_SKIP() << "no controller on this hierarchy";
  Cgroup inner = create("/c/inner");
  EXPECT_THAT(error_of([&] { create("/c"); }), HasSubstr("cannot hold processes"));
}

// Shows: cg-1, cg-2
TEST_F(CgroupTest, FrozenOneIsRefused) {
  Cgroup outer = create("/c");
  ASSERT_TRUE(freeze(outer.path()));
  EXPECT_THAT(error_of([&] { create("/c"); }), HasSubstr("container's cgroup unexpectedly frozen"));
  EXPECT_THAT(error_of([&] { create("/c/new"); }),
              HasSubstr("container's cgroup unexpectedly frozen"));
  EXPECT_FALSE(exists(outer.path() + "/new")) << "the refused one is taken back";
}

TEST_F(CgroupTest, ThreadedOneIsRefused) {
  Cgroup outer = create("/c");
  make_plain("/c/threads");
  write(outer.path() + "/threads/cgroup.type", "threaded");
  EXPECT_THAT(error_of([&] { create("/c/threads"); }), HasSubstr("is in a threaded subtree"));
  EXPECT_THAT(error_of([&] { create("/c/threads/new"); }), HasSubstr("is in a threaded subtree"));
}

TEST_F(CgroupTest, NameOfAControlFileIsRefused) {
  EXPECT_THAT(error_of([&] { create("/cgroup.procs"); }), HasSubstr("cannot make cgroup"));
}

// Shows: uni-1, cg-4
TEST_F(CgroupTest, ControllersAreEnabledDownTheTree) {
  if (hierarchy_->controllers.empty()) GTEST_SKIP() << "no controller on this hierarchy";
  Cgroup cgroup = create("/a/b/c");
  EXPECT_EQ(words(text(cgroup.path() + "/cgroup.controllers")), hierarchy_->controllers);
}

// Shows: cg-3, huge-1, huge-3, uni-2
TEST_F(CgroupTest, LimitsAreWritten) {
  if (!hierarchy_->has("hugetlb")) GTEST_SKIP() << "needs the hugetlb controller";
  Request wanted = request();
  wanted.resources.emplace();
  wanted.resources->hugepage_limits.push_back({"2MB", 4 << 20});
  wanted.resources->unified["cgroup.max.depth"] = "3";
  Plan plan = make_plan(wanted);
  auto cgroup = Cgroup::create(plan);
  cgroup->apply(plan);
  EXPECT_EQ(text(cgroup->path() + "/hugetlb.2MB.max"), "4194304\n");
  EXPECT_EQ(text(cgroup->path() + "/hugetlb.2MB.rsvd.max"), "4194304\n");
  EXPECT_EQ(text(cgroup->path() + "/cgroup.max.depth"), "3\n");
}

TEST_F(CgroupTest, RefusedValueNamesMemberFileAndReason) {
  Request wanted = request();
  wanted.resources.emplace();
  wanted.resources->unified["cgroup.max.depth"] = "deep";
  Plan plan = make_plan(wanted);
  auto cgroup = Cgroup::create(plan);
  EXPECT_EQ(error_of([&] { cgroup->apply(plan); }),
            "linux.resources.unified[\"cgroup.max.depth\"]: write \"deep\" to " + cgroup->path() +
                "/cgroup.max.depth: invalid argument");
}

// Shows: uni-3
TEST_F(CgroupTest, MissingFileIsAnErrorUnlessOptional) {
  Plan plan = make_plan(request());
  auto cgroup = Cgroup::create(plan);
  plan.writes.push_back({.file = "cgroup.nothing", .value = "1", .pointer = "here"});
  EXPECT_THAT(error_of([&] { cgroup->apply(plan); }),
              HasSubstr("cgroup.nothing: no such file or directory"));
  plan.writes[0].optional_file = true;
  plan.writes.push_back({.file = "cgroup.max.depth", .value = "5", .unless = "cgroup.nothing"});
  cgroup->apply(plan);
  EXPECT_EQ(text(cgroup->path() + "/cgroup.max.depth"), "5\n");
}

TEST_F(CgroupTest, WriteThatAnOptionalFileMakesNeedlessIsLeftOut) {
  Plan plan = make_plan(request());
  auto cgroup = Cgroup::create(plan);
  plan.writes.push_back({.file = "cgroup.max.descendants", .value = "7", .optional_file = true});
  plan.writes.push_back(
      {.file = "cgroup.max.depth", .value = "5", .unless = "cgroup.max.descendants"});
  cgroup->apply(plan);
  EXPECT_EQ(text(cgroup->path() + "/cgroup.max.descendants"), "7\n");
  EXPECT_EQ(text(cgroup->path() + "/cgroup.max.depth"), "max\n");
}

// Shows: uni-3
TEST_F(CgroupTest, ParentWithProcessesCannotGiveANeededController) {
  if (!hierarchy_->has("hugetlb")) GTEST_SKIP() << "needs the hugetlb controller";
  Cgroup parent = create("/p");
  Child child(parent.fd());
  {
    Cgroup unlimited = create("/p/c");  // unneeded: no error
    EXPECT_TRUE(unlimited.created());
  }
  Request wanted = request("/p/c");
  wanted.resources.emplace();
  wanted.resources->hugepage_limits.push_back({"2MB", 0});
  std::string message = error_of([&] { Cgroup::create(make_plan(wanted)); });
  EXPECT_THAT(message, HasSubstr("linux.resources.hugepageLimits[0] needs the hugetlb controller"));
  EXPECT_THAT(message,
              HasSubstr(parent.path() + "/cgroup.subtree_control: device or resource busy"));
  EXPECT_FALSE(exists(parent.path() + "/c"));
}

// Shows: own-5, own-6, own-8
TEST_F(CgroupTest, OwnerGetsTheDelegatedFilesOnly) {
  Request wanted = request();
  wanted.owner = 12345;
  auto cgroup = Cgroup::create(make_plan(wanted));
  auto owner = [&](const std::string& name) {
    return sys::try_fstatat(AT_FDCWD, cgroup->path() + name)->st_uid;
  };
  EXPECT_EQ(owner(""), 12345U);
  EXPECT_EQ(owner("/cgroup.procs"), 12345U);
  EXPECT_EQ(owner("/cgroup.threads"), 12345U);
  EXPECT_EQ(owner("/cgroup.subtree_control"), 12345U);
  EXPECT_EQ(owner("/cgroup.max.depth"), 0U);
  EXPECT_EQ(owner("/cgroup.kill"), 0U);
}

// Shows: own-5, own-6, own-8
TEST(CgroupDelegation, FilesThatAreNotThereAreNoErrorAndOthersStay) {
  if (::geteuid() != 0) GTEST_SKIP() << "needs root";
  char path[] = "/tmp/tare-delegation-XXXXXX";
  const std::string fake = ::mkdtemp(path);
  for (const char* name : {"cgroup.procs", "memory.oom.group", "memory.max"}) {
    sys::replace_file_at(AT_FDCWD, fake + "/" + name, "", 0644);
  }
  Fd directory = sys::openat(AT_FDCWD, fake, O_PATH | O_DIRECTORY);
  hand_over(directory, fake, 12345,
            delegated_files("cgroup.procs\ncgroup.threads\nmemory.oom.group\n"));
  auto status = [&](const std::string& name) { return *sys::try_fstatat(AT_FDCWD, fake + name); };
  for (const char* name : {"", "/cgroup.procs", "/memory.oom.group"}) {
    EXPECT_EQ(status(name).st_uid, 12345U) << name;
    EXPECT_EQ(status(name).st_gid, ::getegid()) << name;
  }
  EXPECT_EQ(status("/memory.max").st_uid, 0U);
  for (const char* name : {"/cgroup.procs", "/memory.oom.group", "/memory.max", ""}) {
    ::remove((fake + name).c_str());
  }
}

// Runs `body` as nobody and returns what it prints as its error.
std::string as_nobody(const std::function<void()>& body) {
  Fd reader, writer;
  sys::socketpair_seqpacket(reader, writer);
  Child child(-1, [&] {
    if (::setresgid(65534, 65534, 65534) != 0 || ::setresuid(65534, 65534, 65534) != 0) return 1;
    sys::write_all(writer, "> " + error_of(body), "result");
    return 0;
  });
  EXPECT_EQ(child.wait(), 0);
  char answer[1024];
  ssize_t length = ::read(reader.get(), answer, sizeof answer);
  return length < 0 ? "no answer" : std::string(answer, static_cast<size_t>(length)).substr(2);
}

// Shows: own-1
TEST_F(CgroupTest, AnOrdinaryUserKeepsWhatHeMayNotGiveAway) {
  make_plain("");
  ASSERT_EQ(::chown(host(top_).c_str(), 65534, 65534), 0);
  Request wanted = request();
  wanted.owner = 12345;
  auto make = [&] {
    auto cgroup = Cgroup::create(make_plan(wanted));
    if (sys::try_fstatat(AT_FDCWD, cgroup->path())->st_uid != 65534U) throw Error("another owner");
  };
  EXPECT_THAT(as_nobody(make), HasSubstr("chown: operation not permitted"));
  wanted.tolerate_no_permission = true;
  EXPECT_EQ(as_nobody(make), "");
  remove(host(top_), {});
}

TEST_F(CgroupTest, LackOfPermissionIsToleratedOnlyWhenNothingIsAskedFor) {
  Request plain;
  plain.id = "tare-test-nobody";
  plain.tolerate_no_permission = true;
  EXPECT_EQ(as_nobody([&] {
              if (Cgroup::create(make_plan(plain))) throw Error("made one");
            }),
            "");
  Request with_path = plain;
  with_path.cgroups_path = top_;
  EXPECT_THAT(
      as_nobody([&] { Cgroup::create(make_plan(with_path)); }),
      HasSubstr("rootless needs no limits + no cgrouppath when no permission is granted for "
                "cgroups: mkdir"));
  Request with_limit = plain;
  with_limit.resources.emplace().unified["cgroup.max.depth"] = "1";
  EXPECT_THAT(as_nobody([&] { Cgroup::create(make_plan(with_limit)); }),
              HasSubstr("rootless needs no limits"));
  plain.tolerate_no_permission = false;
  EXPECT_THAT(as_nobody([&] { Cgroup::create(make_plan(plain)); }), HasSubstr("permission denied"));
}

}  // namespace
}  // namespace tare::cgroups
