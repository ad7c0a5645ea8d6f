// The conversion table, row by row: a fragment of linux.resources in, control files out.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>

#include "cgroups/hierarchy.h"
#include "cgroups/resources.h"
#include "runtime/base/error.h"

namespace tare::cgroups {
namespace {

using oci::Resources;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using Fill = std::function<void(Resources&)>;

constexpr int64_t kMiB = 1 << 20;

Resources filled(const Fill& fill) {
  Resources resources;
  fill(resources);
  return resources;
}

// "file=value"; with a trailing "?" for an optional file, "~" for one that lifts a limit.
std::vector<std::string> writes_of(const Fill& fill) {
  std::vector<std::string> lines;
  for (const FileWrite& write : convert(filled(fill)).writes) {
    std::string flags = std::string(write.optional_file ? "?" : "") + (write.no_limit ? "~" : "") +
                        (write.retry ? "!" : "") +
                        (write.unless.empty() ? "" : " unless " + write.unless);
    lines.push_back(write.file + "=" + write.value + flags);
  }
  return lines;
}

std::string error_of(const Fill& fill) {
  try {
    convert(filled(fill));
  } catch (const Error& error) {
    return error.what();
  }
  return "";
}

std::vector<std::string> warnings_of(const Fill& fill) {
  return convert(filled(fill)).warnings;
}

void set_memory(Resources& r, std::optional<int64_t> limit, std::optional<int64_t> swap) {
  r.memory.emplace();
  r.memory->limit = limit;
  r.memory->swap = swap;
}

Fill memory(std::optional<int64_t> limit, std::optional<int64_t> swap) {
  return [=](Resources& r) { set_memory(r, limit, swap); };
}

template <typename Change>
Fill cpu(Change change) {
  return [=](Resources& r) { change(r.cpu.emplace()); };
}

template <typename Change>
Fill block_io(Change change) {
  return [=](Resources& r) { change(r.block_io.emplace()); };
}

Fill unified(const std::string& key, const std::string& value) {
  return [=](Resources& r) { r.unified[key] = value; };
}

Fill pids(int64_t limit) {
  return [=](Resources& r) { r.pids.emplace().limit = limit; };
}

TEST(CgroupsResources, NothingAskedNothingWritten) {
  EXPECT_THAT(writes_of([](Resources&) {}), IsEmpty());
  EXPECT_THAT(writes_of([](Resources& r) {
                r.memory.emplace();
                r.cpu.emplace();
                r.block_io.emplace();
                r.pids.emplace();
                r.network.emplace();
              }),
              IsEmpty());
}

// Shows: pids-1, pids-2, pids-3
TEST(CgroupsResources, Pids) {
  EXPECT_THAT(writes_of(pids(7)), ElementsAre("pids.max=7"));
  EXPECT_THAT(writes_of(pids(0)), ElementsAre("pids.max=1"));
  EXPECT_THAT(writes_of(pids(-1)), ElementsAre("pids.max=max~"));
  EXPECT_THAT(error_of(pids(-2)), HasSubstr("linux.resources.pids.limit: expected -1"));
}

// Shows: mem-1, mem-2
TEST(CgroupsResources, MemoryLimitAndReservation) {
  EXPECT_THAT(writes_of(memory(kMiB, {})), ElementsAre("memory.max=1048576"));
  EXPECT_THAT(writes_of(memory(0, {})), IsEmpty());
  EXPECT_THAT(error_of(memory(-2, {})), HasSubstr("linux.resources.memory.limit"));
  EXPECT_THAT(writes_of([](Resources& r) { r.memory.emplace().reservation = kMiB; }),
              ElementsAre("memory.low=1048576"));
  EXPECT_THAT(writes_of([](Resources& r) { r.memory.emplace().reservation = -1; }),
              ElementsAre("memory.low=max~"));
}

// Shows: mem-3, mem-4, uni-5
TEST(CgroupsResources, SwapIsWithoutMemory) {
  EXPECT_THAT(writes_of(memory(kMiB, 3 * kMiB)),
              ElementsAre("memory.swap.max=2097152", "memory.max=1048576"));
  EXPECT_THAT(writes_of(memory(kMiB, kMiB)),
              ElementsAre("memory.swap.max=0?", "memory.max=1048576"));
  EXPECT_THAT(writes_of(memory(kMiB, -1)),
              ElementsAre("memory.swap.max=max?~", "memory.max=1048576"));
  EXPECT_THAT(writes_of(memory(kMiB, 0)), ElementsAre("memory.max=1048576"));
  EXPECT_THAT(writes_of(memory(-1, {})), ElementsAre("memory.swap.max=max?~", "memory.max=max~"));
  EXPECT_THAT(writes_of(memory(-1, kMiB)),
              ElementsAre("memory.swap.max=1048576", "memory.max=max~"));
  EXPECT_THAT(writes_of(memory({}, -1)), ElementsAre("memory.swap.max=max?~"));
  EXPECT_THAT(error_of(memory({}, kMiB)),
              HasSubstr("unable to set swap limit without memory limit"));
  EXPECT_THAT(error_of(memory(2 * kMiB, kMiB)),
              HasSubstr("memory+swap limit should be >= memory limit"));
  EXPECT_THAT(error_of(memory(kMiB, -2)), HasSubstr("linux.resources.memory.swap"));
}

// Shows: cpu-1
TEST(CgroupsResources, CpuWeight) {
  EXPECT_THAT(writes_of(cpu([](oci::Cpu& c) { c.shares = 1024; })), ElementsAre("cpu.weight=100"));
  EXPECT_THAT(writes_of(cpu([](oci::Cpu& c) { c.shares = 0; })), IsEmpty());
}

// Shows: cpu-1
TEST(CgroupsResources, CpuMax) {
  EXPECT_THAT(writes_of(cpu([](oci::Cpu& c) {
                c.quota = 50000;
                c.period = 20000;
              })),
              ElementsAre("cpu.max=50000 20000"));
  EXPECT_THAT(writes_of(cpu([](oci::Cpu& c) { c.quota = 50000; })),
              ElementsAre("cpu.max=50000 100000"));
  EXPECT_THAT(writes_of(cpu([](oci::Cpu& c) { c.quota = -1; })),
              ElementsAre("cpu.max=max 100000~"));
  EXPECT_THAT(writes_of(cpu([](oci::Cpu& c) { c.period = 20000; })),
              ElementsAre("cpu.max=max 20000~"));
  EXPECT_THAT(writes_of(cpu([](oci::Cpu& c) { c.quota = 0; })), IsEmpty());
}

// Shows: cpu-1
TEST(CgroupsResources, CpuBurstComesBeforeTheQuotaAndIsRetried) {
  EXPECT_THAT(writes_of(cpu([](oci::Cpu& c) {
                c.quota = 50000;
                c.burst = 10000;
              })),
              ElementsAre("cpu.max.burst=10000!", "cpu.max=50000 100000"));
  EXPECT_THAT(writes_of(cpu([](oci::Cpu& c) { c.burst = 0; })), ElementsAre("cpu.max.burst=0~!"));
}

// Shows: cpu-4
TEST(CgroupsResources, CpuIdle) {
  EXPECT_THAT(writes_of(cpu([](oci::Cpu& c) {
                c.idle = 0;
                c.shares = 1024;
              })),
              ElementsAre("cpu.idle=0~", "cpu.weight=100"));
  Fill both = cpu([](oci::Cpu& c) {
    c.idle = 1;
    c.shares = 1024;
  });
  EXPECT_THAT(writes_of(both), ElementsAre("cpu.idle=1"));
  EXPECT_THAT(warnings_of(both),
              ElementsAre(testing::MatchesRegex("unable to apply both.*cpu\\.shares is ignored")));
  Fill through_unified = [](Resources& r) { r.unified = {{"cpu.idle", "1"}, {"cpu.weight", "8"}}; };
  EXPECT_THAT(writes_of(through_unified), ElementsAre("cpu.idle=1"));
  EXPECT_THAT(warnings_of(through_unified), ElementsAre(HasSubstr("cpu.weight\"] is ignored")));
  Fill overridden = [](Resources& r) {
    r.cpu.emplace().idle = 1;
    r.unified = {{"cpu.idle", "0"}, {"cpu.weight", "8"}};
  };
  EXPECT_THAT(writes_of(overridden), ElementsAre("cpu.idle=1", "cpu.idle=0", "cpu.weight=8"));
  EXPECT_THAT(error_of(cpu([](oci::Cpu& c) { c.idle = 2; })),
              HasSubstr("cpu.idle: expected 0 or 1"));
}

// Shows: cpu-3
TEST(CgroupsResources, Cpuset) {
  EXPECT_THAT(writes_of(cpu([](oci::Cpu& c) {
                c.cpus = "0-3,7";
                c.mems = "0";
              })),
              ElementsAre("cpuset.cpus=0-3,7", "cpuset.mems=0"));
}

// Shows: blk-1, blk-2
TEST(CgroupsResources, IoWeightGoesToBfqElseToIoCost) {
  EXPECT_THAT(writes_of(block_io([](oci::BlockIo& io) { io.weight = 100; })),
              ElementsAre("io.bfq.weight=100?", "io.weight=910 unless io.bfq.weight"));
  EXPECT_THAT(writes_of(block_io([](oci::BlockIo& io) { io.weight = 0; })), IsEmpty());
  EXPECT_THAT(error_of(block_io([](oci::BlockIo& io) { io.weight = 9; })),
              HasSubstr("linux.resources.blockIO.weight: expected 10 to 1000"));
  EXPECT_THAT(writes_of(block_io([](oci::BlockIo& io) {
                io.weight_device.push_back({.major = 8, .minor = 16, .weight = 1000});
              })),
              ElementsAre("io.bfq.weight=8:16 1000?", "io.weight=8:16 10000 unless io.bfq.weight"));
  EXPECT_THAT(error_of(block_io([](oci::BlockIo& io) {
                io.weight_device.push_back({.major = 8, .weight = 100});
              })),
              HasSubstr("blockIO.weightDevice[0]: major and minor are required"));
}

// Shows: blk-3
TEST(CgroupsResources, IoThrottles) {
  EXPECT_THAT(writes_of(block_io([](oci::BlockIo& io) {
                io.throttle_read_bps.push_back({8, 0, 1000});
                io.throttle_write_bps.push_back({8, 0, 2000});
                io.throttle_read_iops.push_back({8, 0, 30});
                io.throttle_write_iops.push_back({8, 16, 0});
              })),
              ElementsAre("io.max=8:0 rbps=1000", "io.max=8:0 wbps=2000", "io.max=8:0 riops=30",
                          "io.max=8:16 wiops=max~"));
  EXPECT_THAT(error_of(block_io([](oci::BlockIo& io) {
                io.throttle_read_bps.push_back({8, 0, {}});
              })),
              HasSubstr("blockIO.throttleReadBpsDevice[0]: major, minor and rate are required"));
}

// Shows: huge-1, huge-2, huge-3
TEST(CgroupsResources, HugePages) {
  EXPECT_THAT(writes_of([](Resources& r) {
                r.hugepage_limits.push_back({"2MB", 0});
              }),
              ElementsAre("hugetlb.2MB.max=0", "hugetlb.2MB.rsvd.max=0?"));
  EXPECT_THAT(writes_of([](Resources& r) {
                r.hugepage_limits.push_back({"64KB", UINT64_MAX});
              }),
              ElementsAre("hugetlb.64KB.max=18446744073709551615",
                          "hugetlb.64KB.rsvd.max=18446744073709551615?"));
  for (const char* bad : {"", "MB", "2mB", "02MB", "2M", "2 MB", "../2MB", "2TB"}) {
    EXPECT_THAT(error_of([bad](Resources& r) {
                  r.hugepage_limits.push_back({bad, 1});
                }),
                HasSubstr("linux.resources.hugepageLimits[0].pageSize"))
        << bad;
  }
}

// Shows: rdma-1
TEST(CgroupsResources, Rdma) {
  EXPECT_THAT(
      writes_of([](Resources& r) {
        r.rdma["mlx5_1"] = {.hca_handles = 3, .hca_objects = 10000};
        r.rdma["mlx4_0"] = {.hca_handles = 0, .hca_objects = {}};
      }),
      ElementsAre("rdma.max=mlx4_0 hca_handle=0", "rdma.max=mlx5_1 hca_handle=3 hca_object=10000"));
  EXPECT_THAT(error_of([](Resources& r) { r.rdma["x"] = {}; }),
              HasSubstr("linux.resources.rdma[\"x\"]"));
  EXPECT_THAT(error_of([](Resources& r) { r.rdma["a b"] = {.hca_handles = 1, .hca_objects = {}}; }),
              HasSubstr("not the name of a device"));
}

// Shows: uni-2, uni-6
TEST(CgroupsResources, UnifiedComesLastLineByLine) {
  EXPECT_THAT(
      writes_of([](Resources& r) {
        r.unified["memory.max"] = "2048";
        r.unified["io.max"] = "8:0 rbps=1\n8:16 rbps=2\n";
        r.pids.emplace().limit = 5;
      }),
      ElementsAre("pids.max=5", "io.max=8:0 rbps=1", "io.max=8:16 rbps=2", "memory.max=2048"));
  EXPECT_THAT(writes_of(unified("hugetlb.2MB.max", "0")), ElementsAre("hugetlb.2MB.max=0"));
  EXPECT_THAT(writes_of(unified("misc.max", "res_a 1")), ElementsAre("misc.max=res_a 1"));
  EXPECT_THAT(writes_of(unified("cgroup.max.depth", "3")), ElementsAre("cgroup.max.depth=3"));
}

// Shows: uni-6
TEST(CgroupsResources, UnifiedKeysStayControlFiles) {
  for (const char* bad : {"", "memory", "../memory.max", "/memory.max", "a/b.max", ".max",
                          "memory.max\n", "memory max.x", "..", "memory-x.max"}) {
    EXPECT_THAT(error_of(unified(bad, "1")), HasSubstr("not the name of a control file")) << bad;
  }
  for (const char* own : {"cgroup.procs", "cgroup.threads", "cgroup.freeze", "cgroup.kill",
                          "cgroup.type", "cgroup.subtree_control"}) {
    EXPECT_THAT(error_of(unified(own, "1")), HasSubstr("the runtime's own")) << own;
  }
  EXPECT_THAT(error_of(unified("memory.max", "")), HasSubstr("invalid value"));
  EXPECT_THAT(error_of(unified("memory.max", " \n")), HasSubstr("invalid value"));
  EXPECT_THAT(error_of(unified("memory.max", std::string("1\0", 2))), HasSubstr("invalid value"));
}

// Shows: mem-5, mem-6, mem-7, mem-8, cgnet-1, cgnet-2, uni-4
TEST(CgroupsResources, WhatOnlyV1HadIsWarnedAboutOnce) {
  Fill v1 = [](Resources& r) {
    oci::Memory& memory = r.memory.emplace();
    memory.swappiness = 0;
    memory.disable_oom_killer = true;
    memory.kernel = kMiB;
    memory.kernel_tcp = kMiB;
    oci::BlockIo& io = r.block_io.emplace();
    io.leaf_weight = 100;
    io.weight_device.push_back({.major = 8, .minor = 0, .leaf_weight = 100});
    oci::Cpu& cpu = r.cpu.emplace();
    cpu.realtime_runtime = 5;
    cpu.realtime_period = 10;
    r.network.emplace();
    r.network->class_id = 5;
    r.network->priorities.push_back({"eth0", 1});
  };
  EXPECT_THAT(writes_of(v1), IsEmpty());
  std::vector<std::string> expected;
  for (const char* member :
       {"memory.kernel", "memory.kernelTCP", "memory.swappiness", "memory.disableOOMKiller",
        "blockIO.leafWeight", "blockIO.weightDevice[0].leafWeight", "cpu.realtimeRuntime",
        "cpu.realtimePeriod", "network.classID", "network.priorities"}) {
    expected.push_back(std::string("linux.resources.") + member +
                       " exists on cgroup v1 only: ignored");
  }
  EXPECT_THAT(warnings_of(v1), testing::UnorderedElementsAreArray(expected));
  EXPECT_THAT(warnings_of([](Resources& r) {
                oci::Memory& memory = r.memory.emplace();
                memory.disable_oom_killer = false;
                memory.use_hierarchy = true;
                memory.kernel = -1;
                r.cpu.emplace().realtime_period = 0;
                r.network.emplace().class_id = 0;
              }),
              IsEmpty());
}

TEST(CgroupsResources, ControllersOfFiles) {
  EXPECT_EQ(controller_of("memory.swap.max"), "memory");
  EXPECT_EQ(controller_of("cpuset.cpus"), "cpuset");
  EXPECT_EQ(controller_of("hugetlb.2MB.rsvd.max"), "hugetlb");
  EXPECT_EQ(controller_of("cgroup.max.depth"), "");
  EXPECT_EQ(controller_of("memory.pressure"), "");
}

// Shows: uni-3
TEST(CgroupsResources, LimitWithoutControllerIsAnErrorThatSaysTheWayOut) {
  const Hierarchy hybrid{"/sys/fs/cgroup/unified", {"hugetlb"}};
  std::vector<FileWrite> writes = convert(filled(memory(kMiB, {}))).writes;
  try {
    require_controllers(writes, hybrid);
    FAIL() << "no error";
  } catch (const Error& error) {
    EXPECT_STREQ(error.what(),
                 "linux.resources.memory.limit needs the memory controller, which is not on the "
                 "cgroup2 hierarchy at /sys/fs/cgroup/unified (file memory.max) (boot with "
                 "cgroup_no_v1=all or systemd.unified_cgroup_hierarchy=1, or remove the limit)");
  }
}

TEST(CgroupsResources, LiftedLimitsNeedNoController) {
  const Hierarchy hybrid{"/sys/fs/cgroup/unified", {"hugetlb"}};
  std::vector<FileWrite> writes = convert(filled([](Resources& r) {
                                    set_memory(r, -1, -1);
                                    r.memory->reservation = -1;
                                    r.pids.emplace().limit = -1;
                                    oci::Cpu& cpu = r.cpu.emplace();
                                    cpu.quota = -1;
                                    cpu.period = 100000;
                                    cpu.burst = 0;
                                    cpu.idle = 0;
                                    r.hugepage_limits.push_back({"2MB", 0});
                                    r.unified["cgroup.max.depth"] = "1";
                                  })).writes;
  require_controllers(writes, hybrid);
  std::vector<std::string> files;
  for (const FileWrite& write : writes) files.push_back(write.file);
  EXPECT_THAT(files, ElementsAre("hugetlb.2MB.max", "hugetlb.2MB.rsvd.max", "cgroup.max.depth"));
}

// Shows: uni-3, pids-3
TEST(CgroupsResources, PidsZeroAndUnifiedNeedTheirControllers) {
  const Hierarchy none{"/sys/fs/cgroup", {}};
  std::vector<FileWrite> zero = convert(filled(pids(0))).writes;
  EXPECT_THROW(require_controllers(zero, none), Error);
  std::vector<FileWrite> named = convert(filled(unified("memory.max", "max"))).writes;
  EXPECT_THROW(require_controllers(named, none), Error);
}

// Shows: mem-9
TEST(CgroupsResources, CheckBeforeUpdate) {
  oci::Memory memory;
  memory.limit = 100;
  EXPECT_NO_THROW(check_memory_usage(memory, 100));
  EXPECT_THROW(check_memory_usage(memory, 101), Error);
  memory.limit = -1;
  EXPECT_NO_THROW(check_memory_usage(memory, 101));
  memory.swap = 100;
  EXPECT_THROW(check_memory_usage(memory, 101), Error);
}

}  // namespace
}  // namespace tare::cgroups
