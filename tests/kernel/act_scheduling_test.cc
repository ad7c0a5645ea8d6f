// Each operation of scheduling, by what the kernel says of the process afterwards, and what init
// says when the kernel refuses.
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <stddef.h>
#include <sys/prctl.h>
#include <sys/syscall.h>

#include "runtime/process/scheduling.h"
#include "tests/unit/act_fixture.h"

namespace tare {
namespace {

using act::OpKind;
using act::Step;

constexpr int kWhoProcess = 1;  // IOPRIO_WHO_PROCESS

Step with_bytes(OpKind kind, const void* bytes, size_t size) {
  Step made = step(kind);
  made.data.assign(static_cast<const char*>(bytes), size);
  return made;
}

Step scheduler(uint32_t policy, int nice = 0) {
  process::SchedulerAttributes attributes;
  attributes.policy = policy;
  attributes.nice = nice;
  return with_bytes(OpKind::Scheduler, &attributes, sizeof attributes);
}

Step memory_policy(uint32_t mode, uint64_t nodes) {
  Step made = nodes == 0 ? step(OpKind::MemoryPolicy)
                         : with_bytes(OpKind::MemoryPolicy, &nodes, sizeof nodes);
  made.number = mode;
  return made;
}

// What `look` finds after the operation; the process exits with 1 when it is not that.
std::string after(const Step& step, std::function<bool()> look) {
  return act_out({.steps = {step}, .after = [look](act::Context&) { ::_exit(look() ? 0 : 1); }})
      .said();
}

// Shows: sched-7
TEST(ActScheduling, TheSchedulerIsSet) {
  EXPECT_EQ(after(scheduler(SCHED_BATCH, 3),
                  [] {
                    process::SchedulerAttributes is;
                    ::syscall(SYS_sched_getattr, 0, &is, sizeof is, 0);
                    return is.policy == SCHED_BATCH && is.nice == 3;
                  }),
            "");
  EXPECT_EQ(act_out({.steps = {scheduler(4)}}).said(), "sched_setattr: EINVAL");
}

TEST(ActScheduling, TheIoPriorityIsSet) {
  Step idle = step(OpKind::IoPriority);
  idle.number = 3U << 13 | 5;
  EXPECT_EQ(after(idle, [] { return ::syscall(SYS_ioprio_get, kWhoProcess, 0) == (3 << 13 | 5); }),
            "");
  idle.number = 7U << 13;
  EXPECT_EQ(act_out({.steps = {idle}}).said(), "ioprio_set: EINVAL");
}

TEST(ActScheduling, TheAffinityIsThatOfTheMask) {
  cpu_set_t before;
  ASSERT_EQ(::sched_getaffinity(0, sizeof before, &before), 0);
  uint64_t first = 1;
  EXPECT_EQ(after(with_bytes(OpKind::Affinity, &first, sizeof first),
                  [] {
                    cpu_set_t is;
                    ::sched_getaffinity(0, sizeof is, &is);
                    return CPU_COUNT(&is) == 1 && CPU_ISSET(0, &is);
                  }),
            "");
  std::string whole(1024, '\xff');
  EXPECT_EQ(after(with_bytes(OpKind::Affinity, whole.data(), whole.size()),
                  [] {
                    cpu_set_t is;
                    ::sched_getaffinity(0, sizeof is, &is);
                    return CPU_COUNT(&is) == ::sysconf(_SC_NPROCESSORS_ONLN);
                  }),
            "");
  uint64_t none = uint64_t{1} << 63;
  if (::sysconf(_SC_NPROCESSORS_CONF) < 64) {
    EXPECT_EQ(act_out({.steps = {with_bytes(OpKind::Affinity, &none, sizeof none)}}).said(),
              "sched_setaffinity: EINVAL");
  }
}

// Shows: mpol-2
TEST(ActScheduling, TheMemoryPolicyIsSet) {
  if (!sys::try_fstatat(AT_FDCWD, "/proc/self/numa_maps")) GTEST_SKIP() << "a kernel without NUMA";
  auto is = [](int mode, uint64_t nodes) {
    return [mode, nodes] {
      int got = -1;
      uint64_t mask[16] = {};
      ::syscall(SYS_get_mempolicy, &got, mask, 1025, nullptr, 0);
      return got == mode && mask[0] == nodes;
    };
  };
  EXPECT_EQ(after(memory_policy(2, 1), is(2, 1)), "");
  EXPECT_EQ(after(memory_policy(4, 0), is(4, 0)), "");
  // The highest node of the mask counts.
  uint64_t nodes = uint64_t{1} << 63 | 1;
  EXPECT_EQ(after(memory_policy(1U << 15 | 2, nodes), is(1 << 15 | 2, nodes)), "");
  EXPECT_EQ(act_out({.steps = {memory_policy(2, 0)}}).said(), "set_mempolicy: EINVAL");
}

// A filter plays the kernel that has no such call.
TEST(ActScheduling, AKernelWithoutNumaIsAnError) {
  auto refuse = [] {
    sock_filter program[] = {
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(seccomp_data, nr)),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_set_mempolicy, 0, 1),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | ENOSYS),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
    };
    sock_fprog filter{4, program};
    ::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
    if (::prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &filter) != 0) ::_exit(98);
  };
  EXPECT_EQ(act_out({.steps = {memory_policy(2, 1)}, .before = refuse}).said(),
            "set_mempolicy: ENOSYS");
}

}  // namespace
}  // namespace tare
