// Updates of a real cgroup: what needs no controller, and device programs.
#include <gmock/gmock.h>
#include <linux/bpf.h>

#include <cerrno>
#include <cstring>

#include "cgroups/device_filter.h"
#include "cgroups/device_program.h"
#include "cgroups/update.h"
#include "tests/kernel/cgroup_fixture.h"

namespace tare::cgroups {
namespace {

using testing::HasSubstr;

constexpr const char* kMessages = "/dev/kmsg";  // 1:11, not among the defaults

class CgroupUpdateTest : public CgroupTest {
 protected:
  static oci::DeviceRule rule(bool allow, std::optional<int64_t> major,
                              std::optional<int64_t> minor) {
    return {allow, major ? "c" : "a", major, minor, "rwm"};
  }

  static oci::Resources with(const std::vector<oci::DeviceRule>& rules) {
    oci::Resources resources;
    resources.devices = rules;
    return resources;
  }

  // errno of opening `device` in a process born in `cgroup`.
  static int open_in(const Fd& cgroup, const char* device) {
    return Child(cgroup.get(),
                 [device] {
                   return ::open(device, O_WRONLY | O_NONBLOCK | O_CLOEXEC) < 0 ? errno : 0;
                 })
        .wait();
  }

  // How many device programs are attached to `cgroup`.
  static uint32_t programs(const Fd& cgroup) {
    bpf_attr attribute;
    std::memset(&attribute, 0, sizeof attribute);
    attribute.query.target_fd = static_cast<uint32_t>(cgroup.get());
    attribute.query.attach_type = BPF_CGROUP_DEVICE;
    ::syscall(SYS_bpf, BPF_PROG_QUERY, &attribute, sizeof attribute);
    return attribute.query.prog_cnt;
  }

  // One of an administrator's that allows everything.
  static bool attach_foreign(const Fd& cgroup) {
    const bpf_insn code[] = {
        {.code = BPF_ALU | BPF_MOV | BPF_K, .dst_reg = BPF_REG_0, .src_reg = 0, .off = 0, .imm = 1},
        {.code = BPF_JMP | BPF_EXIT, .dst_reg = 0, .src_reg = 0, .off = 0, .imm = 0}};
    bpf_attr attribute;
    std::memset(&attribute, 0, sizeof attribute);
    attribute.prog_type = BPF_PROG_TYPE_CGROUP_DEVICE;
    attribute.insns = reinterpret_cast<uintptr_t>(code);
    attribute.insn_cnt = 2;
    attribute.license = reinterpret_cast<uintptr_t>("none");
    Fd program(static_cast<int>(::syscall(SYS_bpf, BPF_PROG_LOAD, &attribute, sizeof attribute)));
    std::memset(&attribute, 0, sizeof attribute);
    attribute.target_fd = static_cast<uint32_t>(cgroup.get());
    attribute.attach_bpf_fd = static_cast<uint32_t>(program.get());
    attribute.attach_type = BPF_CGROUP_DEVICE;
    attribute.attach_flags = BPF_F_ALLOW_MULTI;
    return ::syscall(SYS_bpf, BPF_PROG_ATTACH, &attribute, sizeof attribute) == 0;
  }

  Target target(const Cgroup& cgroup) { return {.path = cgroup.path()}; }
};

// Shows: cgdev-1
TEST_F(CgroupUpdateTest, OurDeviceProgramIsReplacedAndThatOfOthersStays) {
  Cgroup cgroup = create();
  ASSERT_TRUE(attach_foreign(cgroup.fd()));
  update(target(cgroup), with({rule(false, {}, {})}));
  EXPECT_EQ(programs(cgroup.fd()), 2U) << "there was none of ours before";
  EXPECT_EQ(open_in(cgroup.fd(), kMessages), EPERM);
  for (int i = 0; i < 3; ++i) {
    update(target(cgroup), with({rule(true, 1, 11)}));
    EXPECT_EQ(open_in(cgroup.fd(), kMessages), 0);
    EXPECT_EQ(programs(cgroup.fd()), 2U);
  }
  update(target(cgroup), with({rule(false, {}, {})}));
  EXPECT_EQ(open_in(cgroup.fd(), kMessages), EPERM);
  update(target(cgroup), with({rule(true, {}, {})}));
  EXPECT_EQ(open_in(cgroup.fd(), kMessages), 0);
  EXPECT_EQ(programs(cgroup.fd()), 1U) << "the administrator's is left";
}

TEST_F(CgroupUpdateTest, SeveralOfOurProgramsBecomeOne) {
  Cgroup cgroup = create();
  for (int i = 0; i < 3; ++i) attach_device_program(cgroup.fd(), device_program(device_policy({})));
  update(target(cgroup), with({rule(true, 1, 11)}));
  EXPECT_EQ(programs(cgroup.fd()), 1U);
  EXPECT_EQ(open_in(cgroup.fd(), kMessages), 0);
}

TEST_F(CgroupUpdateTest, FilesArePutBackWhenTheDeviceProgramFails) {
  Cgroup cgroup = create();
  while (attach_foreign(cgroup.fd())) {  // as many as a cgroup takes
  }
  oci::Resources wanted = with({rule(true, 1, 11)});
  wanted.unified["cgroup.max.depth"] = "5";
  wanted.unified["cgroup.max.descendants"] = "7";
  EXPECT_THAT(error_of([&] { update(target(cgroup), wanted); }),
              HasSubstr("attach of the device program"));
  EXPECT_EQ(text(cgroup.path() + "/cgroup.max.depth"), "max\n");
  EXPECT_EQ(text(cgroup.path() + "/cgroup.max.descendants"), "max\n");
  wanted.devices.clear();
  update(target(cgroup), wanted);
  EXPECT_EQ(text(cgroup.path() + "/cgroup.max.depth"), "5\n");
}

TEST_F(CgroupUpdateTest, WithoutACgroupThereIsNothingToUpdate) {
  EXPECT_THAT(error_of([&] { update({}, {}); }), HasSubstr("container has no cgroup"));
  EXPECT_THAT(error_of([&] { update({.path = host(top_ + "/none")}, {}); }),
              HasSubstr("container's cgroup does not exist"));
  EXPECT_THAT(error_of([&] { update({.path = "/tmp"}, {}); }),
              HasSubstr("is not on a cgroup2 hierarchy"));
}

}  // namespace
}  // namespace tare::cgroups
