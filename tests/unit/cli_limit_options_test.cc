#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <optional>

#include "runtime/base/error.h"
#include "runtime/base/size.h"
#include "runtime/cli/commands.h"
#include "runtime/cli/limit_options.h"

namespace tare::cli {
namespace {

std::optional<int64_t> size(std::string_view text) {
  try {
    return parse_size(text);
  } catch (const Error&) {
    return std::nullopt;
  }
}

TEST(LimitOptions, SizesAreReadAsDockerAndRuncReadThem) {
  const std::pair<const char*, int64_t> sizes[] = {
      {"0", 0},
      {"-1", -1},
      {"32", 32},
      {"32b", 32},
      {"32B", 32},
      {"50M", 50 << 20},
      {"50m", 50 << 20},
      {"50MB", 50 << 20},
      {"50mib", 50 << 20},
      {"50 MiB", 50 << 20},
      {"3k", 3 << 10},
      {"1.5K", 1536},
      {"0.25k", 256},
      {"2g", int64_t{2} << 30},
      {"3T", int64_t{3} << 40},
      {"4p", int64_t{4} << 50},
      {"9223372036854775807", INT64_MAX},
  };
  for (const auto& [text, bytes] : sizes) EXPECT_EQ(size(text), bytes) << text;
  for (const char* text :
       {"",     " ",   "-2", "-1m", "+1", "x",     "1x",  "1mm",  "1ib",   "1 ",
        "1  m", " 1",  "m",  ".5m", "1.", "1.5.5", "1e3", "0x10", "8192p", "9223372036854775808",
        "1\n",  "1kbb"}) {
    EXPECT_EQ(size(text), std::nullopt) << text;
  }
}

oci::Resources given(std::vector<const char*> words) {
  words.insert(words.begin(), {"tare", "update"});
  words.push_back("c1");
  CommandLine line =
      read_command_line(static_cast<int>(words.size()), const_cast<char**>(words.data()));
  EXPECT_EQ(line.mistake, "");
  return limits_given(line.options);
}

TEST(LimitOptions, EachSetsItsMember) {
  oci::Resources r = given({"--blkio-weight",
                            "100",
                            "--cpu-period=1",
                            "--cpu-quota",
                            "-1",
                            "--cpu-burst",
                            "3",
                            "--cpu-share",
                            "4",
                            "--cpu-rt-period",
                            "5",
                            "--cpu-rt-runtime",
                            "6",
                            "--cpuset-cpus",
                            "0-1",
                            "--cpuset-mems",
                            "2",
                            "--cpu-idle",
                            "1",
                            "--memory",
                            "50M",
                            "--memory-reservation",
                            "7",
                            "--memory-swap",
                            "-1",
                            "--pids-limit",
                            "-1"});
  EXPECT_EQ(r.block_io->weight, 100);
  EXPECT_EQ(r.cpu->period, 1U);
  EXPECT_EQ(r.cpu->quota, -1);
  EXPECT_EQ(r.cpu->burst, 3U);
  EXPECT_EQ(r.cpu->shares, 4U);
  EXPECT_EQ(r.cpu->realtime_period, 5U);
  EXPECT_EQ(r.cpu->realtime_runtime, 6);
  EXPECT_EQ(r.cpu->cpus, "0-1");
  EXPECT_EQ(r.cpu->mems, "2");
  EXPECT_EQ(r.cpu->idle, 1);
  EXPECT_EQ(r.memory->limit, 52428800);
  EXPECT_EQ(r.memory->reservation, 7);
  EXPECT_EQ(r.memory->swap, -1);
  EXPECT_EQ(r.pids->limit, -1);
}

TEST(LimitOptions, WhatIsNotGivenIsAbsent) {
  oci::Resources none = given({"--memory=", "--cpuset-cpus="});
  EXPECT_FALSE(none.memory || none.cpu || none.pids || none.block_io);
  oci::Resources one = given({"--cpu-quota", "5"});
  EXPECT_TRUE(one.cpu->quota && !one.cpu->period && !one.cpu->idle && !one.memory);
}

}  // namespace
}  // namespace tare::cli
