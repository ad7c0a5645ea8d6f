// The weights against the formula itself, for every number of shares there is.
#include <gtest/gtest.h>

#include <cmath>

#include "cgroups/weights.h"

namespace tare::cgroups {
namespace {

// Shows: cpu-1
TEST(CgroupsWeights, KnownShares) {
  EXPECT_EQ(cpu_weight(1), 1U);
  EXPECT_EQ(cpu_weight(2), 1U);
  EXPECT_EQ(cpu_weight(512), 59U);
  EXPECT_EQ(cpu_weight(1024), 100U);
  EXPECT_EQ(cpu_weight(2048), 174U);
  EXPECT_EQ(cpu_weight(262143), 10000U);
  EXPECT_EQ(cpu_weight(262144), 10000U);
  EXPECT_EQ(cpu_weight(UINT64_MAX), 10000U);
}

TEST(CgroupsWeights, SharesFollowTheFormulaEverywhere) {
  for (uint64_t shares = 3; shares < 262144; ++shares) {
    double l = std::log2(static_cast<double>(shares));
    double exact = std::pow(10, (l * l + 125 * l) / 612 - 7.0 / 34);
    ASSERT_EQ(cpu_weight(shares), static_cast<uint64_t>(std::ceil(exact))) << shares;
  }
}

// Shows: blk-1
TEST(CgroupsWeights, IoRangeMapsToIoRange) {
  EXPECT_EQ(io_weight(10), 1U);
  EXPECT_EQ(io_weight(100), 910U);
  EXPECT_EQ(io_weight(500), 4950U);
  EXPECT_EQ(io_weight(1000), 10000U);
}

}  // namespace
}  // namespace tare::cgroups
