// Which files an owner gets; handing them over is in tests/kernel.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "cgroups/delegation.h"

namespace tare::cgroups {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

// Shows: own-5
TEST(CgroupsDelegation, TheKernelNamesTheFiles) {
  EXPECT_THAT(delegated_files("cgroup.procs\nmemory.oom.group\nmemory.reclaim\n"),
              ElementsAre("cgroup.procs", "memory.oom.group", "memory.reclaim"));
  EXPECT_THAT(delegated_files("cgroup.procs"), ElementsAre("cgroup.procs"));
  EXPECT_THAT(delegated_files(""), IsEmpty());
  EXPECT_THAT(delegated_files("../x\n\ncgroup.procs\n/y"), ElementsAre("cgroup.procs"));
}

// Shows: own-7
TEST(CgroupsDelegation, WithoutItsListThereAreThree) {
  EXPECT_THAT(delegated_files(std::nullopt),
              ElementsAre("cgroup.procs", "cgroup.subtree_control", "cgroup.threads"));
}

}  // namespace
}  // namespace tare::cgroups
