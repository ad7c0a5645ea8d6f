#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "cgroups/stats_text.h"

namespace tare::cgroups {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::Pair;

// What a kernel can never write, and what a later one might.
constexpr const char* kStrange[] = {
    "",
    "\n",
    "\n\n",
    " ",
    "=",
    ":",
    "x",
    "max",
    "8:0",
    "8:0 ",
    "8: rbytes=1",
    ":0 rbytes=1",
    "a b c d",
    "a=b",
    "=1 x",
    "some",
    "some avg10=",
    "some avg10=1.5 total=-1",
    "a  1",
    "\0 1",
    "99999999999999999999 1",
    "x 99999999999999999999",
    "8:0 rbytes=99999999999999999999",
};

TEST(Stats, AnAmountIsANumberOrMax) {
  EXPECT_EQ(parse_amount("max\n"), kUnlimited);
  EXPECT_EQ(parse_amount("0\n"), 0U);
  EXPECT_EQ(parse_amount("18446744073709551615\n"), UINT64_MAX);
  for (const char* text : {"", "-1", "1 2", "18446744073709551616", "1k", "maximum"}) {
    EXPECT_EQ(parse_amount(text), std::nullopt) << text;
  }
}

TEST(Stats, CountersKeepTheirOrder) {
  Counters counters = parse_counters("low 0\nhigh 7\noom_kill 2\nbad\n 3\nneg -1\ntwo 1 2\n");
  EXPECT_THAT(counters, ElementsAre(Pair("low", 0U), Pair("high", 7U), Pair("oom_kill", 2U)));
  EXPECT_EQ(counter(counters, "oom_kill"), 2U);
  EXPECT_EQ(counter(counters, "oom"), 0U);
}

TEST(Stats, PressureIsInHundredths) {
  auto pressure = parse_pressure(
      "some avg10=1.53 avg60=100.00 avg300=0.07 total=58761459\n"
      "full avg10=0.00 avg60=1.16 avg300=1.00 total=58714\n");
  ASSERT_TRUE(pressure);
  EXPECT_EQ(pressure->some.avg10, 153U);
  EXPECT_EQ(pressure->some.avg60, 10000U);
  EXPECT_EQ(pressure->some.avg300, 7U);
  EXPECT_EQ(pressure->some.total, 58761459U);
  EXPECT_EQ(pressure->full.avg60, 116U);
  EXPECT_EQ(pressure->full.total, 58714U);
}

TEST(Stats, PressureMayLackALineOrAllOfThem) {
  auto pressure = parse_pressure("some avg10=0.00 avg60=0.00 avg300=0.00 total=5\n");
  ASSERT_TRUE(pressure);
  EXPECT_EQ(pressure->some.total, 5U);
  EXPECT_EQ(pressure->full.total, 0U);
  EXPECT_FALSE(parse_pressure(""));
  EXPECT_FALSE(parse_pressure("none total=1\n"));
}

TEST(Stats, IoIsThatOfEachDevice) {
  auto devices = parse_io(
      "254:0 rbytes=4096 wbytes=8192 rios=1 wios=2 dbytes=50331648 dios=3021 cost.vrate=100.00\n"
      "7:1 \n"
      "(unknown) rbytes=1\n"
      "8:16 wbytes=5\n");
  ASSERT_EQ(devices.size(), 3U);
  EXPECT_EQ(devices[0].major, 254U);
  EXPECT_EQ(devices[0].minor, 0U);
  EXPECT_EQ(devices[0].read_bytes, 4096U);
  EXPECT_EQ(devices[0].written_bytes, 8192U);
  EXPECT_EQ(devices[0].reads, 1U);
  EXPECT_EQ(devices[0].writes, 2U);
  EXPECT_EQ(devices[1].major, 7U);
  EXPECT_EQ(devices[1].read_bytes, 0U);
  EXPECT_EQ(devices[2].minor, 16U);
  EXPECT_EQ(devices[2].written_bytes, 5U);
}

TEST(Stats, RdmaIsThatOfEachDeviceWithItsLimits) {
  auto devices =
      parse_rdma("mlx4_0 hca_handle=2 hca_object=2000\nocrdma1 hca_handle=3 hca_object=max\n",
                 "ocrdma1 hca_handle=max hca_object=9\nmlx4_0 hca_handle=4 hca_object=max\n");
  ASSERT_EQ(devices.size(), 2U);
  EXPECT_EQ(devices[0].device, "mlx4_0");
  EXPECT_EQ(devices[0].handles, 2U);
  EXPECT_EQ(devices[0].objects, 2000U);
  EXPECT_EQ(devices[0].handles_limit, 4U);
  EXPECT_EQ(devices[0].objects_limit, kUnlimited);
  EXPECT_EQ(devices[1].handles_limit, kUnlimited);
  EXPECT_EQ(devices[1].objects_limit, 9U);
}

TEST(Stats, MiscIsThatOfEachResourceWithItsLimit) {
  auto resources =
      parse_misc("res_a 3\nres_b 0\n", "res_a max\nres_b 10\n", "res_a.max 0\nres_b.max 4\n");
  ASSERT_EQ(resources.size(), 2U);
  EXPECT_EQ(resources[0].resource, "res_a");
  EXPECT_EQ(resources[0].usage, 3U);
  EXPECT_EQ(resources[0].limit, kUnlimited);
  EXPECT_EQ(resources[0].failures, 0U);
  EXPECT_EQ(resources[1].limit, 10U);
  EXPECT_EQ(resources[1].failures, 4U);
  EXPECT_THAT(parse_misc("", "res_a max\n", ""), IsEmpty());
}

TEST(Stats, StrangeTextsArePassedOver) {
  for (const char* text : kStrange) {
    parse_counters(text);
    parse_pressure(text);
    EXPECT_THAT(parse_misc("", text, text), IsEmpty()) << text;
    EXPECT_THAT(parse_rdma("", text), IsEmpty()) << text;
    for (const DeviceIo& device : parse_io(text)) EXPECT_EQ(device.read_bytes, 0U) << text;
  }
}

}  // namespace
}  // namespace tare::cgroups
