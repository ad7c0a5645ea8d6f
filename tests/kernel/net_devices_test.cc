// Interfaces between two network namespaces, where the kernel refuses half-way.
#include "namespaces/net_devices.h"

#include <gmock/gmock.h>
#include <net/if.h>
#include <sched.h>
#include <stdlib.h>
#include <sys/wait.h>

#include <functional>

#include "runtime/base/error.h"
#include "runtime/base/sys.h"

namespace tare::namespaces {
namespace {

using testing::HasSubstr;

// A process in a network namespace of its own, killed at the end.
class Elsewhere {
 public:
  Elsewhere() : pid_(sys::clone3(CLONE_NEWNET, &pidfd_, -1)) {
    if (pid_ != 0) return;
    for (;;) ::pause();
  }
  Elsewhere(const Elsewhere&) = delete;
  Elsewhere& operator=(const Elsewhere&) = delete;
  ~Elsewhere() { end(); }
  void end() {
    if (pid_ == 0) return;
    ::kill(pid_, SIGKILL);
    ::waitpid(pid_, nullptr, 0);
    pid_ = 0;
  }
  const Fd& pidfd() const { return pidfd_; }

 private:
  Fd pidfd_;
  pid_t pid_;
};

// Runs in a network namespace of its own: the host of these tests.
class NetDevices : public testing::Test {
 protected:
  void SetUp() override {
    if (::geteuid() != 0) GTEST_SKIP() << "needs root";
    home_ = sys::openat(AT_FDCWD, "/proc/self/ns/net", O_RDONLY);
    ASSERT_EQ(::unshare(CLONE_NEWNET), 0);
    run("ip link add name a type veth peer name b");
    run("ip address add 10.17.0.1/24 dev a");
  }
  void TearDown() override {
    if (home_) sys::setns(home_, CLONE_NEWNET, "home");
  }
  static void run(const char* command) { ASSERT_EQ(::system(command), 0) << command; }
  static std::vector<NetDevice> device(const std::string& name) {
    oci::Map<oci::NetDevice> wanted;
    wanted["a"].name = name;
    return find_net_devices(wanted);
  }

  Fd home_;
};

// Shows: netdev-6
TEST_F(NetDevices, AreLookedAtAsTheyAre) {
  auto devices = device("eth0");
  ASSERT_EQ(devices.size(), 1U);
  EXPECT_EQ(devices[0].index, static_cast<int>(::if_nametoindex("a")));
  EXPECT_FALSE(devices[0].up);
  ASSERT_EQ(devices[0].addresses.size(), 1U);
  EXPECT_EQ(devices[0].addresses[0].prefix_length, 24);
}

TEST_F(NetDevices, AreGivenBackWhenMovedButNotRenamed) {
  auto devices = device("no/name");  // the kernel looks at the name when the move is done
  unsigned index = ::if_nametoindex("a");
  Elsewhere container;
  try {
    MovedNetDevices moved(devices, container.pidfd());
    FAIL() << "moved";
  } catch (const Error& error) {
    EXPECT_THAT(error.what(), HasSubstr("network device a: move: invalid argument"));
  }
  EXPECT_EQ(::if_nametoindex("a"), index);
  run("ip -o address show dev a | grep -q 10.17.0.1/24");
}

TEST_F(NetDevices, AreGivenBackFromANamespaceThatNobodyIsInAnyMore) {
  unsigned index = ::if_nametoindex("a");
  Elsewhere container;
  {
    MovedNetDevices moved(device("eth0"), container.pidfd());
    EXPECT_EQ(::if_nametoindex("a"), 0U);
    container.end();
  }
  EXPECT_EQ(::if_nametoindex("a"), index);
  run("ip -o address show dev a | grep -q 10.17.0.1/24");
}

// Shows: netdev-9
TEST_F(NetDevices, StayWhenKept) {
  Elsewhere container;
  {
    MovedNetDevices moved(device("eth0"), container.pidfd());
    moved.keep();
  }
  EXPECT_EQ(::if_nametoindex("a"), 0U);
  EXPECT_NE(::if_nametoindex("b"), 0U);
}

TEST_F(NetDevices, ANameThatIsTakenAtHomeMeanwhileIsSaid) {
  Elsewhere container;
  {
    MovedNetDevices moved(device("eth0"), container.pidfd());
    run("ip link add name a type bridge");
    testing::internal::CaptureStderr();
  }
  EXPECT_THAT(testing::internal::GetCapturedStderr(),
              HasSubstr("give back network device a: move: file exists"));
}

}  // namespace
}  // namespace tare::namespaces
