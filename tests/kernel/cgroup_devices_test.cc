// The device program as the kernel runs it: processes born in the cgroup open and make devices.
#include <gmock/gmock.h>
#include <linux/bpf.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>

#include <cerrno>
#include <chrono>
#include <cstring>

#include "cgroups/device_filter.h"
#include "cgroups/device_program.h"
#include "tests/kernel/cgroup_fixture.h"

namespace tare::cgroups {
namespace {

using Rules = std::vector<oci::DeviceRule>;

constexpr const char* kMessages = "/dev/kmsg";  // 1:11, not among the defaults

class CgroupDevicesTest : public CgroupTest {
 protected:
  // errno of opening `device` in a process born in a cgroup limited by `resources`.
  int open_in(const std::optional<oci::Resources>& resources, const char* device,
              int flags = O_RDONLY | O_NONBLOCK) {
    return run_in(resources, [=] { return ::open(device, flags | O_CLOEXEC) < 0 ? errno : 0; });
  }

  int run_in(const std::optional<oci::Resources>& resources, const std::function<int()>& body) {
    Request wanted = request();
    wanted.resources = resources;
    Plan plan = make_plan(wanted);
    auto cgroup = Cgroup::create(plan);
    cgroup->apply(plan);
    cgroup->filter_devices(plan);
    return Child(cgroup->fd().get(), body).wait();
  }

  static oci::Resources with(const Rules& rules) {
    oci::Resources resources;
    resources.devices = rules;
    return resources;
  }
};

oci::DeviceRule rule(bool allow, const char* type, std::optional<int64_t> major,
                     std::optional<int64_t> minor) {
  return {allow, type, major, minor, "rwm"};
}

TEST_F(CgroupDevicesTest, DeniedWithoutResourcesAndWithoutRules) {
  ASSERT_EQ(::access(kMessages, F_OK), 0);
  EXPECT_EQ(open_in(std::nullopt, kMessages), EPERM);
  EXPECT_EQ(open_in(with({}), kMessages), EPERM);
  EXPECT_EQ(open_in(with({rule(true, "b", 8, 0)}), kMessages), EPERM);
  EXPECT_EQ(open_in(with({rule(false, "", {}, {})}), kMessages), EPERM);
}

// Shows: cgdev-5, ddev-5
TEST_F(CgroupDevicesTest, DefaultsStayUsable) {
  for (const char* device :
       {"/dev/null", "/dev/zero", "/dev/full", "/dev/random", "/dev/urandom"}) {
    EXPECT_EQ(open_in(with({rule(false, "a", {}, {})}), device, O_RDWR), 0) << device;
  }
}

// Shows: cgdev-1
TEST_F(CgroupDevicesTest, AllowedByRule) {
  EXPECT_EQ(open_in(with({rule(false, "a", {}, {}), rule(true, "c", 1, 11)}), kMessages), 0);
  EXPECT_EQ(open_in(with({rule(true, "a", {}, {})}), kMessages), 0);
}

TEST_F(CgroupDevicesTest, ExplicitDenialOfADefaultIsHonoured) {
  oci::Resources denied = with({rule(true, "a", {}, {}), rule(false, "c", 1, 5)});
  EXPECT_EQ(open_in(denied, "/dev/zero"), EPERM);
  EXPECT_EQ(open_in(denied, "/dev/null"), 0);
}

TEST_F(CgroupDevicesTest, BlockDeviceCanBeMadeButNotOpened) {
  std::string path = "/dev/shm/tare-test-block-" + std::to_string(::getpid());
  int result = run_in(with({}), [&] {
    if (::mknod(path.c_str(), S_IFBLK | 0600, makedev(8, 0)) != 0) return 100;
    int error = ::open(path.c_str(), O_RDONLY) < 0 ? errno : 0;
    ::unlink(path.c_str());
    return error;
  });
  EXPECT_EQ(result, EPERM);
}

TEST_F(CgroupDevicesTest, AllowEverythingAttachesNothing) {
  EXPECT_TRUE(make_plan([&] {
                Request wanted = request();
                wanted.resources = with({rule(true, "", {}, {})});
                return wanted;
              }())
                  .device_program.empty());
}

TEST_F(CgroupDevicesTest, ReusedCgroupHasTheLastProgramOnly) {
  Cgroup holder = create();
  for (int i = 0; i < 70; ++i) {  // more than a cgroup takes, did they pile up
    ASSERT_EQ(open_in(with({}), kMessages), EPERM);
  }
  EXPECT_EQ(open_in(with({rule(true, "c", 1, 11)}), kMessages), 0);
  EXPECT_EQ(open_in(with({}), kMessages), EPERM);
  EXPECT_EQ(open_in(with({rule(true, "a", {}, {})}), kMessages), 0);
}

TEST_F(CgroupDevicesTest, FilterOfAnAdministratorStays) {
  Cgroup holder = create();
  // "mov r0, 0; exit", loaded under no name.
  const bpf_insn code[] = {{.code = BPF_ALU | BPF_MOV | BPF_K, .dst_reg = BPF_REG_0},
                           {.code = BPF_JMP | BPF_EXIT}};
  bpf_attr attribute;
  std::memset(&attribute, 0, sizeof attribute);
  attribute.prog_type = BPF_PROG_TYPE_CGROUP_DEVICE;
  attribute.insns = reinterpret_cast<uintptr_t>(code);
  attribute.insn_cnt = 2;
  attribute.license = reinterpret_cast<uintptr_t>("none");
  Fd program(static_cast<int>(::syscall(SYS_bpf, BPF_PROG_LOAD, &attribute, sizeof attribute)));
  ASSERT_TRUE(program);
  std::memset(&attribute, 0, sizeof attribute);
  attribute.target_fd = static_cast<uint32_t>(holder.fd().get());
  attribute.attach_bpf_fd = static_cast<uint32_t>(program.get());
  attribute.attach_type = BPF_CGROUP_DEVICE;
  attribute.attach_flags = BPF_F_ALLOW_MULTI;
  ASSERT_EQ(::syscall(SYS_bpf, BPF_PROG_ATTACH, &attribute, sizeof attribute), 0);
  EXPECT_EQ(open_in(with({rule(true, "a", {}, {})}), "/dev/null"), EPERM);
}

TEST_F(CgroupDevicesTest, VerifierTakesUnusualPrograms) {
  Cgroup cgroup = create();
  const std::vector<Rules> lists = {
      {rule(true, "a", {}, {}), rule(false, "b", 8, {}), rule(true, "b", 8, 1)},
      {{true, "c", {}, 3, "r"}, {false, "b", 8, 2, "w"}, {true, "a", 7, {}, "rm"}},
      {{false, "", {}, {}, "m"}, {true, "b", {}, {}, "rw"}, {false, "c", 10, 200, "rwm"}},
      {{true, "a", {}, {}, "rwm"}, {false, "a", {}, {}, "r"}},
      {{true, "c", 0xffffffff, 0xffffffff, "rwm"}},
  };
  for (const Rules& rules : lists) {
    EXPECT_TRUE(attach_device_program(cgroup.fd(), device_program(device_policy(rules))));
  }
}

TEST_F(CgroupDevicesTest, UsualProgramIsVerifiedAndAttachedFast) {
  std::vector<std::byte> program = device_program(device_policy({}));
  auto best = std::chrono::microseconds::max();
  for (int i = 0; i < 20; ++i) {
    Cgroup cgroup = create();
    auto start = std::chrono::steady_clock::now();
    ASSERT_TRUE(attach_device_program(cgroup.fd(), program));
    best = std::min(best, std::chrono::duration_cast<std::chrono::microseconds>(
                              std::chrono::steady_clock::now() - start));
  }
  RecordProperty("microseconds", std::to_string(best.count()));
  EXPECT_LT(best.count(), 2000);
}

}  // namespace
}  // namespace tare::cgroups
