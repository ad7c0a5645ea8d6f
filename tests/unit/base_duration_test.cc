#include <gtest/gtest.h>

#include "runtime/base/duration.h"

namespace tare {
namespace {

TEST(Duration, IsReadAsGoWritesIt) {
  struct Case {
    const char* text;
    int64_t nanoseconds;
  };
  const Case cases[] = {
      {"0", 0},
      {"5s", 5'000'000'000},
      {"+5s", 5'000'000'000},
      {"-5s", -5'000'000'000},
      {"100ms", 100'000'000},
      {"1m30s", 90'000'000'000},
      {"1h2m3s4ms5us6ns", 3'723'004'005'006},
      {"1.5h", 5'400'000'000'000},
      {".5s", 500'000'000},
      {"5.s", 5'000'000'000},
      {"0.000000001s", 1},
      {"0.0000000019s", 1},
      {"2\xc2\xb5s", 2000},
      {"2\xce\xbcs", 2000},
      {"9223372036854775807ns", INT64_MAX},
      {"0s", 0},
  };
  for (const Case& each : cases) {
    auto duration = parse_duration(each.text);
    ASSERT_TRUE(duration) << each.text;
    EXPECT_EQ(duration->count(), each.nanoseconds) << each.text;
  }
}

TEST(Duration, IsNothingElse) {
  for (const char* text : {"",
                           "5",
                           "s",
                           ".",
                           ".s",
                           "5 s",
                           " 5s",
                           "5s ",
                           "+",
                           "-",
                           "--5s",
                           "5d",
                           "1e3s",
                           "5S",
                           "5ss",
                           "1s2",
                           "9223372036854775808ns",
                           "99999999999999999999s",
                           "9223372036s900ms",
                           "3000000h",
                           "0x1s",
                           "1,5s"}) {
    EXPECT_FALSE(parse_duration(text)) << text;
  }
}

}  // namespace
}  // namespace tare
