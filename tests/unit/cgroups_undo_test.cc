// What was written comes back when a later write fails.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "cgroups/undo.h"
#include "oci/reader.h"
#include "tests/unit/fake_cgroup.h"

namespace tare::cgroups {
namespace {

using testing::HasSubstr;

oci::Resources resources(std::string_view json) {
  std::vector<oci::Violation> violations;
  return oci::read_resources(json, violations);
}

FakeCgroup full() {
  FakeCgroup cgroup({{"memory.max", "67108864"},
                     {"memory.low", "4096"},
                     {"memory.swap.max", "max"},
                     {"cpu.max", "50000 200000"},
                     {"cpu.max.burst", "40000"},
                     {"cpu.weight", "250"},
                     {"cpu.weight.nice", "-1"},
                     {"cpu.idle", "0"},
                     {"cpuset.cpus", ""},
                     {"cpuset.mems", "0"},
                     {"pids.max", "20"},
                     {"io.weight", "default 100\n8:0 300"},
                     {"io.max", "8:0 rbps=1000 wbps=max riops=max wiops=7"},
                     {"hugetlb.2MB.max", "4194304"},
                     {"hugetlb.2MB.rsvd.max", "max"},
                     {"some.lines", "a 1\nb 2"},
                     {"last.one", "0"}});
  cgroup.refuse("last.one", EIO);
  return cgroup;
}

// Everything that a document can say, then a write that fails.
TEST(CgroupsUndo, EveryFileGetsItsFormerContentBack) {
  for (
      const char* wanted : {
          R"({"pids": {"limit": 5}, "unified": {"last.one": "1"}})",
          R"({"memory": {"limit": 1000000, "reservation": 5, "swap": 2000000}, "unified": {"last.one": "1"}})",
          R"({"cpu": {"quota": 100000, "burst": 80000, "shares": 9}, "unified": {"last.one": "1"}})",
          R"({"cpu": {"quota": 30000, "burst": 20000, "cpus": "1", "mems": "1"}, "unified": {"last.one": "1"}})",
          R"({"cpu": {"idle": 1}, "unified": {"last.one": "1"}})",
          R"({"cpu": {"quota": -1, "burst": 0}, "unified": {"last.one": "1"}})",
          R"({"blockIO": {"weight": 10, "weightDevice": [{"major": 8, "minor": 0, "weight": 20},
               {"major": 8, "minor": 16, "weight": 30}]}, "unified": {"last.one": "1"}})",
          R"({"blockIO": {"throttleReadBpsDevice": [{"major": 8, "minor": 0, "rate": 0},
               {"major": 8, "minor": 16, "rate": 9}], "throttleWriteIOPSDevice":
               [{"major": 8, "minor": 0, "rate": 9}]}, "unified": {"last.one": "1"}})",
          R"({"hugepageLimits": [{"pageSize": "2MB", "limit": 0}], "unified": {"last.one": "1"}})",
          R"({"pids": {"limit": 5}, "unified": {"pids.max": "6", "a.none": "1"}})",
          R"({"unified": {"io.max": "8:0 rbps=5\n8:32 wbps=6", "last.one": "1"}})",
      }) {
    FakeCgroup cgroup = full();
    auto before = cgroup.files();
    EXPECT_NE(cgroup.update(resources(wanted)), "") << wanted;
    EXPECT_FALSE(cgroup.written.empty()) << wanted;
    EXPECT_EQ(cgroup.files(), before) << wanted;
  }
}

TEST(CgroupsUndo, TheFirstDeviceComesBackWhenTheSecondFails) {
  FakeCgroup cgroup = full();
  auto before = cgroup.files();
  cgroup.refuse("io.max", ENODEV, "9:9 rbps=6");
  EXPECT_THAT(cgroup.update(resources(R"({"blockIO": {"throttleReadBpsDevice": [
                {"major": 8, "minor": 0, "rate": 5}, {"major": 9, "minor": 9, "rate": 6}]}})")),
              HasSubstr("linux.resources.blockIO.throttleReadBpsDevice[1]: write \"9:9 rbps=6\" to "
                        "c/io.max: no such device"));
  EXPECT_EQ(cgroup.written.front(), "io.max 8:0 rbps=5");
  EXPECT_EQ(cgroup.files(), before);
}

TEST(CgroupsUndo, AnIdleGroupIsIdleAgain) {
  FakeCgroup cgroup({{"cpu.idle", "1"}, {"cpu.weight", "0"}, {"last.one", "0"}});
  cgroup.refuse("last.one", EIO);
  auto before = cgroup.files();
  for (const char* wanted : {R"({"cpu": {"shares": 9}, "unified": {"last.one": "1"}})",
                             R"({"cpu": {"idle": 0, "shares": 9}, "unified": {"last.one": "1"}})",
                             R"({"cpu": {"idle": 0}, "unified": {"last.one": "1"}})"}) {
    EXPECT_NE(cgroup.update(resources(wanted)), "") << wanted;
    EXPECT_EQ(cgroup.files(), before) << wanted;
  }
}

TEST(CgroupsUndo, WhatCannotBePutBackIsToldAndTheRestIsPutBack) {
  FakeCgroup cgroup = full();
  cgroup.refuse("memory.max", EBUSY, "67108864");
  testing::internal::CaptureStderr();
  EXPECT_NE(cgroup.update(resources(R"({"pids": {"limit": 5}, "memory": {"limit": 1000000},
              "unified": {"last.one": "1"}})")),
            "");
  EXPECT_THAT(testing::internal::GetCapturedStderr(),
              HasSubstr("could not put memory.max back to \"67108864\": device or resource busy"));
  EXPECT_EQ(cgroup["memory.max"], "1000000");
  EXPECT_EQ(cgroup["pids.max"], "20");
}

std::vector<std::string> undo(const std::string& file, const std::string& value,
                              std::map<std::string, std::string> files) {
  FakeCgroup cgroup(std::move(files));
  std::vector<std::string> values;
  for (const FileWrite& write :
       undo_of(file, {{.file = file, .value = value, .pointer = ""}}, cgroup.reader())) {
    values.push_back(write.file + " " + write.value);
  }
  return values;
}

TEST(CgroupsUndo, EachKindOfFileHasItsOwn) {
  using List = std::vector<std::string>;
  EXPECT_EQ(undo("pids.max", "5", {{"pids.max", "max"}}), List{"pids.max max"});
  EXPECT_EQ(undo("cpuset.cpus", "5", {{"cpuset.cpus", ""}}), List{"cpuset.cpus \n"});
  EXPECT_EQ(undo("io.weight", "8:16 5", {{"io.weight", "default 100"}}),
            List{"io.weight 8:16 default"});
  EXPECT_EQ(undo("io.bfq.weight", "5", {{"io.bfq.weight", "default 100\n8:0 3"}}),
            List{"io.bfq.weight default 100"});
  EXPECT_EQ(undo("io.max", "8:16 wbps=5", {{"io.max", ""}}),
            List{"io.max 8:16 rbps=max wbps=max riops=max wiops=max"});
  EXPECT_EQ(
      undo("rdma.max", "mlx5_0 hca_handle=5",
           {{"rdma.max", "mlx4_0 hca_handle=1 hca_object=max\nmlx5_0 hca_handle=2 hca_object=3"}}),
      List{"rdma.max mlx5_0 hca_handle=2 hca_object=3"});
  EXPECT_EQ(undo("misc.max", "res_a 5", {{"misc.max", "res_a max\nres_b 10"}}),
            List{"misc.max res_a max"});
  EXPECT_EQ(undo("new.file", "5", {{"new.file", "a 1\nb 2"}}),
            (List{"new.file a 1", "new.file b 2"}));
  EXPECT_EQ(undo("cpu.weight.nice", "5", {{"cpu.weight", "55"}, {"cpu.weight.nice", "2"}}),
            List{"cpu.weight 55"});
  EXPECT_EQ(undo("memory.reclaim", "5", {}), List{});
  EXPECT_EQ(undo("memory.pressure", "some 1 2", {{"memory.pressure", "some avg10=0.00"}}), List{});
  EXPECT_EQ(undo("cgroup.pressure", "0", {{"cgroup.pressure", "1"}}), List{"cgroup.pressure 1"});
}

}  // namespace
}  // namespace tare::cgroups
