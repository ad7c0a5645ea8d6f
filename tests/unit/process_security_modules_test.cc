// What the kernel's files say, from a tree like the host's: here is neither AppArmor nor SELinux.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <stdlib.h>
#include <unistd.h>

#include "runtime/base/error.h"
#include "runtime/base/sys.h"
#include "runtime/process/security_modules.h"

namespace tare::process {
namespace {

using testing::ElementsAre;

class Modules : public testing::Test {
 protected:
  Modules() {
    char path[] = "/tmp/tare-lsm-XXXXXX";
    root_ = ::mkdtemp(path);
  }
  ~Modules() override {
    for (auto at = made_.rbegin(); at != made_.rend(); ++at) {
      if (::unlink(at->c_str()) != 0) ::rmdir(at->c_str());
    }
    ::rmdir(root_.c_str());
  }
  void file(const std::string& path, std::string_view text) {
    for (size_t end = 1; (end = path.find('/', end + 1)) != std::string::npos;) {
      std::string directory = root_ + path.substr(0, end);
      if (sys::try_mkdirat(AT_FDCWD, directory, 0755)) made_.push_back(directory);
    }
    sys::replace_file_at(AT_FDCWD, root_ + path, text, 0600);
    made_.push_back(root_ + path);
  }
  void apparmor(std::string_view label) {
    file("/sys/module/apparmor/parameters/enabled", "Y\n");
    file("/proc/self/attr/apparmor/current", label);
  }
  SecurityModules found() const { return security_modules(root_); }

 private:
  std::string root_;
  std::vector<std::string> made_;
};

TEST_F(Modules, WithoutTheirFilesThereAreNone) {
  EXPECT_FALSE(found().apparmor);
  EXPECT_FALSE(found().selinux);
  EXPECT_FALSE(found().confined);
  file("/sys/module/apparmor/parameters/enabled", "N\n");
  EXPECT_FALSE(found().apparmor);
}

// Shows: lsm-1
TEST_F(Modules, AProcessIsConfinedByAProfileThatIsEnforced) {
  apparmor("unconfined\n");
  EXPECT_TRUE(found().apparmor);
  EXPECT_FALSE(found().confined);
  apparmor("runc (unconfined)\n");
  EXPECT_FALSE(found().confined) << "a profile of that mode confines nothing";
  apparmor("docker-default (enforce)\n");
  EXPECT_TRUE(found().confined);
  apparmor("unconfined_x (enforce)\n");
  EXPECT_TRUE(found().confined) << "a name that only begins so";
  apparmor("a//&b (mixed)\n");
  EXPECT_TRUE(found().confined);
}

// Shows: lsm-2
TEST_F(Modules, SelinuxNeedsAPolicy) {
  file("/sys/fs/selinux/enforce", "0");
  file("/proc/self/attr/current", std::string_view("kernel\0", 7));
  EXPECT_FALSE(found().selinux);
  file("/proc/self/attr/current", std::string_view("a:b:c:s0\0", 9));
  EXPECT_TRUE(found().selinux);
}

TEST_F(Modules, AContextIsAsItIsWhereNobodyCanBeAsked) {
  EXPECT_EQ(canonical_context({}, "a:b:c:s0:c2,c1"), "a:b:c:s0:c2,c1");
  file("/sys/fs/selinux/enforce", "0");
  EXPECT_EQ(canonical_context(found(), "a:b:c:s0:c2,c1"), "a:b:c:s0:c2,c1");
}

TEST(SecurityModules, PartsOfAProfileAreWhatTheKernelShows) {
  EXPECT_THAT(profile_parts("docker-default"), ElementsAre("docker-default"));
  EXPECT_THAT(profile_parts("a//&b//&:ns:c"), ElementsAre("a", "b", ":ns:c"));
  EXPECT_THAT(profile_parts(":ns://c"), ElementsAre(":ns:c"));
  EXPECT_THAT(profile_parts("/usr/bin/x//child"), ElementsAre("/usr/bin/x//child"));
}

}  // namespace
}  // namespace tare::process
