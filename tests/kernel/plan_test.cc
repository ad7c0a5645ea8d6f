// Plans that only root can make: without a user namespace, or with limits that only root may raise.
#include <sys/resource.h>
#include <sys/stat.h>

#include "cgroups/hierarchy.h"
#include "runtime/process/capabilities.h"
#include "tests/unit/plan_fixture.h"

namespace tare {
namespace {

using testing::ElementsAre;

class PlanAsRoot : public PlanTest {
 protected:
  void SetUp() override {
    if (::geteuid() != 0) GTEST_SKIP() << "needs root to clone the rootfs";
  }
  void without_user_namespace() {
    config.linux_->namespaces = {{"mount", ""}, {"pid", ""}};
    config.linux_->uid_mappings.clear();
    config.linux_->gid_mappings.clear();
  }
  static oci::Device device(const std::string& path, const std::string& type, int64_t major,
                            int64_t minor) {
    oci::Device device;
    device.path = path;
    device.type = type;
    device.major = major;
    device.minor = minor;
    return device;
  }
  static std::vector<std::string> paths(const Steps& steps, Kind kind) {
    std::vector<std::string> paths;
    for (const act::Step& step : steps) {
      if (step.kind == kind) paths.push_back(step.text);
    }
    return paths;
  }
};

// Shows: dev-1, dev-4, dev-7, dev-8, ddev-1, ddev-4
TEST_F(PlanAsRoot, DefaultAndConfiguredDevicesAreMade) {
  without_user_namespace();
  oci::Device null = device("/dev/../dev/null", "c", 1, 3);
  null.file_mode = 0600;
  null.uid = 5;
  null.gid = 6;
  config.linux_->devices = {device("/dev/fuse", "u", 10, 229), null,
                            device("/dev/fifo", "p", 0, 0)};
  Steps made = steps();
  EXPECT_THAT(paths(made, Kind::Device),
              ElementsAre("/dev/zero", "/dev/full", "/dev/random", "/dev/urandom", "/dev/tty",
                          "/dev/fuse", "/dev/null", "/dev/fifo"));
  EXPECT_EQ(find(made, Kind::Device, 0).number, uint32_t{S_IFCHR | 0666});
  EXPECT_EQ(find(made, Kind::Device, 5).a, uint64_t{10} << 32 | 229);
  EXPECT_EQ(find(made, Kind::Device, 6).number, uint32_t{S_IFCHR | 0600});
  EXPECT_EQ(find(made, Kind::Device, 6).b, uint64_t{5} << 32 | 6);
  EXPECT_EQ(find(made, Kind::Device, 7).number, uint32_t{S_IFIFO | 0666});
  EXPECT_EQ(paths(made, Kind::Link)[0], "/dev/fd");
}

// Shows: dev-2, ddev-1
TEST_F(PlanAsRoot, InAUserNamespaceDevicesAreTheHosts) {
  Plan made = plan();
  Steps steps = made.steps.steps();
  EXPECT_EQ(count(steps, Kind::Device), 0);
  EXPECT_THAT(paths(steps, Kind::Attach), ElementsAre("/dev/null", "/dev/zero", "/dev/full",
                                                      "/dev/random", "/dev/urandom", "/dev/tty"));
  for (const act::Step& step : steps) {
    if (step.kind != Kind::Attach) continue;
    EXPECT_TRUE(made.steps.fds()[static_cast<size_t>(step.fd)]) << step.text;
  }
}

// Shows: dev-3
TEST_F(PlanAsRoot, ANodeOfTheHostThatIsAnotherIsRefused) {
  config.linux_->devices = {device("/dev/zero", "c", 1, 3)};
  EXPECT_EQ(error(),
            "device /dev/zero: \"/dev/zero\" of the host is not the device that was asked for");
}

TEST_F(PlanAsRoot, ABoundDevBringsItsOwn) {
  without_user_namespace();
  config.mounts = {mount("bind", "/dev", {"bind"})};
  config.mounts[0].source = "/dev";
  Steps made = steps();
  EXPECT_EQ(count(made, Kind::Device) + count(made, Kind::Link), 0);
}

// Shows: rlimits-7
TEST_F(PlanAsRoot, LimitsAreRaisedFromOutsideAUserNamespace) {
  config.process->rlimits = {{"RLIMIT_NOFILE", 10, 20}};
  Plan made = plan();
  // Without the privilege there is nothing to raise them with, and they are set inside.
  size_t outside = process::has_capability(24) ? 1 : 0;
  EXPECT_EQ(count(made.steps.steps(), Kind::Rlimit), 1 - static_cast<int>(outside));
  ASSERT_EQ(made.from_outside.rlimits.size(), outside);
  if (outside == 1) {
    EXPECT_EQ(made.from_outside.rlimits[0].resource, RLIMIT_NOFILE);
    EXPECT_EQ(made.from_outside.rlimits[0].soft, 10U);
    EXPECT_EQ(made.from_outside.rlimits[0].hard, 20U);
  }

  without_user_namespace();
  made = plan();
  EXPECT_TRUE(made.from_outside.rlimits.empty());
  Steps steps = made.steps.steps();
  expect_order(steps, {Kind::WorkingDirectory, Kind::Rlimit, Kind::BoundingSet});
  EXPECT_EQ(find(steps, Kind::Rlimit).number, uint32_t{RLIMIT_NOFILE});
}

TEST_F(PlanAsRoot, WithoutAUserNamespaceThereAreNoMaps) {
  without_user_namespace();
  Plan made = plan();
  EXPECT_FALSE(made.id_maps);
  EXPECT_EQ(made.clone_flags, static_cast<uint64_t>(CLONE_NEWNS | CLONE_NEWPID));
  EXPECT_EQ(find(made.steps.steps(), Kind::Keyring).number, 0U);
}

TEST_F(PlanAsRoot, WithoutAMountNamespaceTheRootIsMountedOnTheHostAndSaidSo) {
  config.linux_->namespaces = {{"pid", ""}};
  config.linux_->uid_mappings.clear();
  config.linux_->gid_mappings.clear();
  Plan made = plan();
  Steps steps = made.steps.steps();
  EXPECT_EQ(made.host_mount, bundle() + "/rootfs");
  EXPECT_EQ(count(steps, Kind::HostPropagation), 0);
  EXPECT_EQ(find(steps, Kind::AttachRoot).text, bundle() + "/rootfs");
  EXPECT_EQ(find(steps, Kind::Pivot).flags, act::flag::kChroot);
}

TEST_F(PlanAsRoot, MasksComeFromTheHostsNull) {
  without_user_namespace();
  config.linux_->masked_paths = {"/a/../secret", "/other"};
  Plan made = plan();
  Steps steps = made.steps.steps();
  EXPECT_THAT(paths(steps, Kind::Mask), ElementsAre("/secret", "/other"));
  const Fd& cover = made.steps.fds()[static_cast<size_t>(find(steps, Kind::Mask).fd)];
  EXPECT_EQ(sys::fstat(cover).st_rdev, sys::try_fstatat(AT_FDCWD, "/dev/null")->st_rdev);
  EXPECT_GE(find(steps, Kind::Mask).fd2, 0);
}

// Shows: mounts-1
TEST_F(PlanAsRoot, BindSourcesAreClonedInTheirTurnUnlessTheChildCannot) {
  without_user_namespace();
  config.mounts = {mount("bind", "/file", {"bind", "ro"})};
  config.mounts[0].source = "/nonexistent";
  EXPECT_NE(error().find("mount #1 bind at /file"), std::string::npos) << error();
  ASSERT_EQ(::mkdir((bundle() + "/source").c_str(), 0755), 0);
  config.mounts[0].source = "source";  // relative to the bundle
  Plan made = plan();
  Steps steps = made.steps.steps();
  EXPECT_EQ(find(steps, Kind::OpenTree).text, bundle() + "/source");
  EXPECT_EQ(find(steps, Kind::OpenTree).fd, find(steps, Kind::Attach).fd);
  const act::Step& attributes = find(steps, Kind::Attributes);
  EXPECT_LT(position(steps, Kind::Attributes), position(steps, Kind::Attach));
  EXPECT_EQ(attributes.a, uint64_t{MOUNT_ATTR_RDONLY});
  EXPECT_EQ(attributes.flags, act::flag::kInherit);

  auto is_ours = [&] {
    Plan again = plan();
    int slot = find(again.steps.steps(), Kind::Attach).fd;
    return count(again.steps.steps(), Kind::OpenTree) == 0 &&
           again.steps.fds()[static_cast<size_t>(slot)].get() >= 0;
  };
  config.linux_->rootfs_propagation = "shared";
  EXPECT_TRUE(is_ours()) << "a clone of the child's is no peer of the host's";
  config.linux_->rootfs_propagation.clear();
  EXPECT_FALSE(is_ours());
  config.linux_->namespaces.push_back({"user", ""});
  config.linux_->uid_mappings = config.linux_->gid_mappings = {{0, 3000, 10}};
  EXPECT_TRUE(is_ours()) << "root of a user namespace may not go where we may";
}

// Shows: mounts-15, mounts-18, mounts-22
TEST_F(PlanAsRoot, TreesOfTheHostAreMappedBeforeTheChildExists) {
  without_user_namespace();
  config.mounts = {mount("bind", "/own", {"bind"}), mount("bind", "/container", {"bind", "idmap"})};
  ASSERT_EQ(::mkdir((bundle() + "/source").c_str(), 0755), 0);
  config.mounts[0].source = config.mounts[1].source = "source";
  config.mounts[0].uid_mappings = {{::geteuid(), 1000, 1}};
  config.mounts[0].gid_mappings = {{::getegid(), 2000, 1}};
  config.linux_->namespaces.push_back({"user", ""});
  config.linux_->uid_mappings = config.linux_->gid_mappings = {{0, 3000, 10}};
  Plan made = plan();
  Steps steps = made.steps.steps();
  EXPECT_THAT(asked_mappings(steps), testing::IsEmpty());
  auto owner = [&](int number) {
    int slot = find(steps, Kind::Attach, number).fd;
    struct stat status = sys::fstat(made.steps.fds()[static_cast<size_t>(slot)]);
    return std::pair(status.st_uid, status.st_gid);
  };
  EXPECT_EQ(owner(0), std::pair(1000U, 2000U));
  EXPECT_EQ(owner(1), std::pair(3000U, 3000U));
}

// Shows: mounts-14, mounts-16
TEST_F(PlanAsRoot, TheFileSystemThatCannotBeMappedIsNamed) {
  without_user_namespace();
  config.mounts = {mount("bind", "/data", {"rbind", "ridmap"})};
  config.mounts[0].source = "/proc";
  config.mounts[0].uid_mappings = config.mounts[0].gid_mappings = {{0, 1000, 1}};
  EXPECT_EQ(error(),
            "mount #1 bind at /data: \"/proc\": id mapping: file system type proc does not support "
            "idmapped mounts: invalid argument");
}

// Shows: mounts-18
TEST_F(PlanAsRoot, NewFileSystemsShareTheNamespaceOfTheirMapping) {
  without_user_namespace();
  for (const char* destination : {"/a", "/b", "/c"}) {
    config.mounts.push_back(mount("tmpfs", destination, {"idmap"}));
    config.mounts.back().uid_mappings = config.mounts.back().gid_mappings = {{0, 1000, 1}};
  }
  config.mounts[2].gid_mappings[0].host_id = 1001;
  Plan made = plan();
  Steps steps = made.steps.steps();
  EXPECT_THAT(asked_mappings(steps), testing::IsEmpty());
  EXPECT_TRUE(made.steps.fds()[static_cast<size_t>(find(steps, Kind::Attributes).fd2)]);
  EXPECT_EQ(find(steps, Kind::Attributes).a, uint64_t{MOUNT_ATTR_IDMAP});
  EXPECT_EQ(find(steps, Kind::Attributes, 0).fd2, find(steps, Kind::Attributes, 1).fd2);
  EXPECT_NE(find(steps, Kind::Attributes, 0).fd2, find(steps, Kind::Attributes, 2).fd2);
  EXPECT_LT(position(steps, Kind::Attributes), position(steps, Kind::Attach));
}

// Shows: own-1, own-3, own-4
TEST_F(PlanAsRoot, TheCgroupIsHandedToWhoeverCanUseIt) {
  if (!cgroups::find_hierarchy()) GTEST_SKIP() << "needs a cgroup2 mount";
  request.manager = cgroups::Manager::Cgroupfs;
  config.linux_->uid_mappings = {{0, 100000, 10}};
  config.process->user.uid = 3;
  config.linux_->namespaces.push_back({"cgroup", ""});
  auto owner = [&] { return plan().cgroup.owner; };
  EXPECT_EQ(owner(), std::nullopt) << "not mounted";
  config.mounts = {mount("cgroup", "/sys/fs/cgroup")};
  EXPECT_EQ(owner(), 100003U);
  config.mounts[0].destination = "/sys/fs//cgroup/";
  EXPECT_EQ(owner(), 100003U);
  for (const oci::Strings& options : {oci::Strings{"ro"}, oci::Strings{"nosuid", "ro", "rw"}}) {
    config.mounts[0].options = options;
    EXPECT_EQ(owner(), std::nullopt) << "read-only";
  }
  config.mounts[0].options = {"rw", "nosuid"};
  EXPECT_EQ(owner(), 100003U);
  config.mounts[0].source = "elsewhere";
  EXPECT_EQ(owner(), std::nullopt);
  config.mounts[0].source = "cgroup";
  config.mounts[0].destination = "/cgroup";
  EXPECT_EQ(owner(), std::nullopt);
  config.mounts[0].destination = "/sys/fs/cgroup";
  config.linux_->namespaces.back().path = "/proc/self/ns/cgroup";
  EXPECT_EQ(owner(), std::nullopt) << "the namespace is that of others";
  without_user_namespace();
  EXPECT_EQ(owner(), std::nullopt) << "no namespace of its own";
}

TEST_F(PlanAsRoot, MakingAPlanChangesNothing) {
  without_user_namespace();
  config.mounts = {mount("proc", "/proc"), mount("tmpfs", "/dev")};
  config.linux_->masked_paths = {"/proc/kcore"};
  config.hooks.emplace();
  auto mounts = [] { return sys::try_read_file_at(AT_FDCWD, "/proc/self/mountinfo").value_or(""); };
  std::string before = mounts();
  auto open_files = [] {
    return sys::list_directory(sys::openat(AT_FDCWD, "/proc/self/fd", O_RDONLY | O_DIRECTORY))
        .size();
  };
  size_t files = open_files();
  plan();
  EXPECT_EQ(mounts(), before);
  EXPECT_EQ(open_files(), files) << "the plan owns what it opens";
  EXPECT_TRUE(
      sys::list_directory(sys::openat(AT_FDCWD, bundle() + "/rootfs", O_RDONLY | O_DIRECTORY))
          .empty());
}

}  // namespace
}  // namespace tare
