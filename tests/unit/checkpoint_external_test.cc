// Which things of a configuration are the host's.
#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "runtime/base/error.h"
#include "runtime/base/sys.h"
#include "runtime/checkpoint/external.h"

namespace tare {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

oci::Mount mount(const char* destination, const char* type, const char* source,
                 oci::Strings options = {}) {
  oci::Mount result;
  result.destination = destination;
  if (*type != 0) result.type = type;
  result.source = source;
  result.options = std::move(options);
  return result;
}

oci::Config config_with(std::vector<oci::Namespace> namespaces) {
  oci::Config config;
  config.linux_.emplace();
  config.linux_->namespaces = std::move(namespaces);
  return config;
}

bool has_pair(const std::vector<CriuPair>& pairs, const std::string& key,
              const std::string& value) {
  for (const CriuPair& pair : pairs) {
    if (pair.key == key && pair.value == value) return true;
  }
  return false;
}

TEST(HostMounts, AreBindsByOptionOrType) {
  oci::Config config = config_with({{"cgroup", ""}});
  config.mounts = {mount("/proc", "proc", "proc"), mount("/a/./b/", "", "x", {"rbind"}),
                   mount("/c", "bind", "/y"), mount("/sys/fs/cgroup", "cgroup", "cgroup"),
                   mount("/c", "", "", {"remount", "bind", "ro"})};
  auto mounts = host_mounts(config, "/bundle", "/cg");
  ASSERT_THAT(mounts, SizeIs(2));
  EXPECT_EQ(mounts[0].destination, "/a/b");
  EXPECT_EQ(mounts[0].source, "/bundle/x");
  EXPECT_TRUE(mounts[0].recursive);
  EXPECT_EQ(mounts[1].index, 2U);
  EXPECT_EQ(mounts[1].source, "/y");
  EXPECT_FALSE(mounts[1].recursive);
}

TEST(HostMounts, AreThoseOfCgroupsWithoutANamespaceForThem) {
  oci::Config config = config_with({});
  config.mounts = {mount("/sys/fs/cgroup", "cgroup", "cgroup")};
  auto mounts = host_mounts(config, "/bundle", "/cg");
  ASSERT_THAT(mounts, SizeIs(1));
  EXPECT_EQ(mounts[0].source, "/cg");
}

TEST(HostMounts, AreRefusedWhenIdmapped) {
  for (const char* option : {"idmap", "ridmap"}) {
    oci::Config config = config_with({});
    config.mounts = {mount("/a", "bind", "/x", {"bind", option})};
    EXPECT_THROW(host_mounts(config, "/bundle", ""), Error) << option;
  }
}

TEST(HostMounts, AreNamedByTheirPlaceAtTheDump) {
  // The root is the host's own here: /dev/fd is a link, /dev/null a masked file, /dev a directory.
  Fd root = sys::openat(AT_FDCWD, "/", O_PATH | O_DIRECTORY);
  oci::Config config = config_with({});
  config.linux_->masked_paths = {"/dev/zero", "/dev", "/nowhere"};
  auto pairs =
      mounts_for_dump(config, {{0, "/nowhere/else", "/x", false}, {1, "/dev", "/d", false}}, root);
  EXPECT_TRUE(has_pair(pairs, "/nowhere/else", "/nowhere/else"));
  EXPECT_TRUE(has_pair(pairs, "/dev", "/dev"));
  EXPECT_TRUE(has_pair(pairs, "/dev/zero", "/dev/null"));
  EXPECT_FALSE(has_pair(pairs, "/dev", "/dev/null"));
}

TEST(HostMounts, AreMadeFromTheirSourceAtTheRestore) {
  oci::Config config = config_with({});
  config.linux_->devices.emplace_back().path = "/dev/fuse";
  auto pairs = mounts_for_restore(
      config, {{0, "/a", "/nowhere/./x", false}, {1, "/b", "/proc/./self/../version", false}});
  EXPECT_TRUE(has_pair(pairs, "/a", "/nowhere/./x"));
  EXPECT_TRUE(has_pair(pairs, "/b", "/proc/version"));
  EXPECT_TRUE(has_pair(pairs, "/dev/null", "/dev/null"));
  EXPECT_TRUE(has_pair(pairs, "/dev/fuse", "/dev/fuse"));
}

TEST(Namespaces, OfNetworkAndPidsArePassedByInode) {
  struct stat net = *sys::try_fstatat(AT_FDCWD, "/proc/self/ns/net");
  oci::Config config =
      config_with({{"network", "/proc/self/ns/net"}, {"ipc", "/proc/self/ns/ipc"}, {"pid", ""}});
  EXPECT_THAT(namespaces_for_dump(config),
              ElementsAre("net[" + std::to_string(net.st_ino) + "]:extRootNetNS"));
  JoinedNamespaces joined = namespaces_for_restore(config);
  EXPECT_THAT(joined.keys, ElementsAre("extRootNetNS"));
  EXPECT_THAT(joined.fds, SizeIs(1));
  EXPECT_TRUE(has_pair(joined.by_path, "ipc", "/proc/self/ns/ipc"));
  EXPECT_THAT(joined.by_path, SizeIs(1));
}

TEST(Namespaces, ThatCriuCannotJoinAreRefused) {
  EXPECT_THROW(namespaces_for_restore(config_with({{"cgroup", "/proc/self/ns/cgroup"}})), Error);
  EXPECT_THROW(namespaces_for_restore(config_with({{"network", "/nowhere"}})), Error);
  EXPECT_THROW(namespaces_for_dump(config_with({{"network", "/nowhere"}})), Error);
  EXPECT_THAT(namespaces_for_dump(config_with({{"network", ""}})), IsEmpty());
}

TEST(Namespaces, AreNewOrJoined) {
  oci::Config config = config_with({{"network", "/x"}, {"pid", ""}});
  EXPECT_TRUE(has_namespace(config, "network"));
  EXPECT_FALSE(has_new_namespace(config, "network"));
  EXPECT_TRUE(has_new_namespace(config, "pid"));
  EXPECT_FALSE(has_namespace(config, "mount"));
}

}  // namespace
}  // namespace tare
