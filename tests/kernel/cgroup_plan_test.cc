// Plans made on this host: where a cgroup goes, and what is an error before anything is made.
#include <gmock/gmock.h>
#include <sched.h>
#include <sys/mount.h>

#include "runtime/base/paths.h"
#include "tests/kernel/cgroup_fixture.h"

namespace tare::cgroups {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;

class CgroupPlanTest : public CgroupTest {
 protected:
  Plan plan_for(const std::optional<std::string>& cgroups_path) const {
    Request wanted;
    wanted.id = "id";
    wanted.cgroups_path = cgroups_path;
    return make_plan(wanted);
  }

  std::string beside_us(const std::string& name) const {
    return clean_absolute(hierarchy_->mount + "/" + parent_path(own_cgroup(*hierarchy_)) + "/" +
                          name);
  }
};

// Shows: cgp-2, cgp-3, cgp-4, cgp-5
TEST_F(CgroupPlanTest, Paths) {
  EXPECT_EQ(plan_for("/a/b").path, host("/a/b"));
  EXPECT_EQ(plan_for("/a//./b/").path, host("/a/b"));
  EXPECT_EQ(plan_for("a/b").path, beside_us("a/b"));
  EXPECT_EQ(plan_for("").path, beside_us("id"));
  EXPECT_EQ(plan_for(std::nullopt).path, beside_us("id"));
  EXPECT_EQ(plan_for("system.slice:tare:id").path, beside_us("system.slice:tare:id"));
  EXPECT_EQ(plan_for("/a").mount, hierarchy_->mount);
}

// Shows: cgp-6
TEST_F(CgroupPlanTest, InvalidPathsAreErrors) {
  for (const char* bad : {"..", "/../x", "../x", "a/../b", "/a/..", "a/.."}) {
    EXPECT_THAT(error_of([&] { plan_for(bad); }), HasSubstr("must not contain \"..\"")) << bad;
  }
  for (const char* root : {"/", "//", "/./"}) {
    EXPECT_THAT(error_of([&] { plan_for(root); }), HasSubstr("the root cgroup")) << root;
  }
  EXPECT_THAT(error_of([&] { plan_for("/a\nb"); }), HasSubstr("control characters"));
}

TEST_F(CgroupPlanTest, DisabledPlansNothingButRefusesLimits) {
  Request wanted = request();
  wanted.manager = Manager::Disabled;
  wanted.resources.emplace().memory.emplace().limit = -1;
  Plan plan = make_plan(wanted);
  EXPECT_THAT(plan.path, IsEmpty());
  EXPECT_THAT(plan.writes, IsEmpty());
  EXPECT_FALSE(Cgroup::create(plan));
  wanted.resources->pids.emplace().limit = 5;
  EXPECT_THAT(error_of([&] { make_plan(wanted); }),
              HasSubstr("linux.resources.pids.limit needs a cgroup, but cgroups are disabled"));
}

// Shows: uni-3
TEST_F(CgroupPlanTest, MissingControllerIsAnErrorBeforeAnythingIsMade) {
  if (hierarchy_->has("memory")) GTEST_SKIP() << "the memory controller is there";
  Request wanted = request();
  wanted.resources.emplace().memory.emplace().limit = 1 << 20;
  EXPECT_THAT(error_of([&] { make_plan(wanted); }),
              HasSubstr("linux.resources.memory.limit needs the memory controller, which is not on "
                        "the cgroup2 hierarchy at " +
                        hierarchy_->mount + " (file memory.max)"));
}

// In a mount namespace of its own, where cgroup2 is not at its usual places.
int without_usual_places(const std::function<int()>& body) {
  return Child(-1,
               [&] {
                 if (::unshare(CLONE_NEWNS) != 0) return 101;
                 if (::mount("none", "/", nullptr, MS_REC | MS_PRIVATE, nullptr) != 0) return 102;
                 if (::mount("none", "/sys/fs/cgroup", "tmpfs", 0, nullptr) != 0) return 103;
                 return body();
               })
      .wait();
}

TEST_F(CgroupPlanTest, UnusualMountIsFoundInTheMountTable) {
  EXPECT_EQ(without_usual_places([] {
              if (::mount("none", "/mnt", "tmpfs", 0, nullptr) != 0) return 1;
              if (::mkdir("/mnt/c g", 0755) != 0) return 2;
              if (::mount("none", "/mnt/c g", "cgroup2", 0, nullptr) != 0) return 3;
              auto found = find_hierarchy();
              return found && found->mount == "/mnt/c g" ? 0 : 4;
            }),
            0);
}

TEST_F(CgroupPlanTest, NoMountIsAnErrorUnlessTolerated) {
  EXPECT_EQ(without_usual_places([] {
              if (find_hierarchy()) return 1;
              Request wanted;
              wanted.id = "id";
              if (error_of([&] { make_plan(wanted); }).find("cgroup2 is not mounted") != 0)
                return 2;
              wanted.tolerate_no_permission = true;
              return make_plan(wanted).path.empty() ? 0 : 3;
            }),
            0);
}

TEST_F(CgroupPlanTest, OwnCgroupIsSeenThroughAPartOfTheTree) {
  Cgroup outer = create("/part");
  Cgroup inner = create("/part/us");
  std::string part = outer.path();
  Child child(inner.fd().get(), [&] {
    if (::unshare(CLONE_NEWNS) != 0) return 101;
    if (::mount("none", "/", nullptr, MS_REC | MS_PRIVATE, nullptr) != 0) return 102;
    if (::mount(part.c_str(), "/mnt", nullptr, MS_BIND, nullptr) != 0) return 103;
    if (::mount("none", "/sys/fs/cgroup", "tmpfs", 0, nullptr) != 0) return 104;
    Hierarchy bound{"/mnt", {}};
    return own_cgroup(bound) == "/us" ? 0 : 1;
  });
  EXPECT_EQ(child.wait(), 0);
}

TEST_F(CgroupPlanTest, OwnCgroupOutsideTheMountIsAnError) {
  Cgroup shown = create("/shown");
  Cgroup us = create("/us");
  std::string part = shown.path();
  Child child(us.fd().get(), [&] {
    if (::unshare(CLONE_NEWNS) != 0) return 101;
    if (::mount("none", "/", nullptr, MS_REC | MS_PRIVATE, nullptr) != 0) return 102;
    if (::mount(part.c_str(), "/mnt", nullptr, MS_BIND, nullptr) != 0) return 103;
    Hierarchy bound{"/mnt", {}};
    std::string error = error_of([&] { own_cgroup(bound); });
    return error.find("is not below /mnt") == std::string::npos ? 1 : 0;
  });
  EXPECT_EQ(child.wait(), 0);
}

}  // namespace
}  // namespace tare::cgroups
