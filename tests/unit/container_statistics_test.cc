#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "runtime/container/statistics.h"

namespace tare {
namespace {

using cgroups::kUnlimited;
using testing::HasSubstr;
using testing::Not;

constexpr const char* kNetDev =
    "Inter-|   Receive                                                |  Transmit\n"
    " face |bytes    packets errs drop fifo frame compressed multicast|bytes    packets errs drop "
    "fifo colls carrier compressed\n"
    "    lo: 83107991    9976    0    0    0     0          0         0 83107991    9976    0    0 "
    "   0     0       0          0\n"
    "  eth0:1779455018   38275    1    2    0     0          0         0  1643178   20329    3    "
    "4 "
    "   0     0       0          0\n";

TEST(NetworkInterfaces, AreTheLinesOfNetDev) {
  auto interfaces = parse_net_dev(kNetDev);
  ASSERT_EQ(interfaces.size(), 2U);
  EXPECT_EQ(interfaces[0].name, "lo");
  EXPECT_EQ(interfaces[0].sent_packets, 9976U);
  EXPECT_EQ(interfaces[1].name, "eth0");
  EXPECT_EQ(interfaces[1].received_bytes, 1779455018U);
  EXPECT_EQ(interfaces[1].received_packets, 38275U);
  EXPECT_EQ(interfaces[1].received_errors, 1U);
  EXPECT_EQ(interfaces[1].received_dropped, 2U);
  EXPECT_EQ(interfaces[1].sent_bytes, 1643178U);
  EXPECT_EQ(interfaces[1].sent_packets, 20329U);
  EXPECT_EQ(interfaces[1].sent_errors, 3U);
  EXPECT_EQ(interfaces[1].sent_dropped, 4U);
}

TEST(NetworkInterfaces, LinesThatAreNoneArePassedOver) {
  for (const char* text :
       {"", "\n", ":", "x:", "x: 1 2 3", "x: 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 -1",
        "x: 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17", "x 1 2 3 4 5 6 7 8"}) {
    EXPECT_TRUE(parse_net_dev(text).empty()) << text;
  }
}

TEST(NetworkInterfaces, AreBounded) {
  std::string many;
  for (int i = 0; i < 3000; ++i)
    many += "i" + std::to_string(i) + ": 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1\n";
  EXPECT_EQ(parse_net_dev(many).size(), 1000U);
}

// What the kernel does not count, to the letter: Go programs decode it into fixed structures.
TEST(Statistics, OfNothingHaveEveryMemberThatReadersExpect) {
  EXPECT_EQ(
      statistics_json("c1", {}),
      R"({"type":"stats","id":"c1","data":{"cpu":{"usage":{"kernel":0,"user":0},"throttling":{}},)"
      R"("cpuset":{"cpu_exclusive":0,"mem_hardwall":0,"mem_exclusive":0,"memory_migrate":0,)"
      R"("memory_spread_page":0,"memory_spread_slab":0,"memory_pressure":0,"sched_load_balance":0,)"
      R"("sched_relax_domain_level":0},"memory":{"usage":{"limit":0,"failcnt":0},)"
      R"("swap":{"limit":0,"failcnt":0},"kernel":{"limit":0,"failcnt":0},)"
      R"("kernelTCP":{"limit":0,"failcnt":0}},"pids":{},"blkio":{},"hugetlb":{},"intel_rdt":{},)"
      R"("network_interfaces":null}})");
}

// The text between a member's name and the next that is given.
std::string between(const std::string& text, const std::string& from, const std::string& to) {
  size_t begin = text.find(from);
  size_t end = text.find(to, begin);
  return begin == std::string::npos || end == std::string::npos ? text
                                                                : text.substr(begin, end - begin);
}

TEST(Statistics, TimesAreInNanoseconds) {
  Statistics statistics;
  statistics.cgroup.cpu = {.usage = 5,
                           .user = 2,
                           .system = 3,
                           .periods = 7,
                           .throttled_periods = 1,
                           .throttled_time = 4,
                           .bursts = 6,
                           .burst_time = 8,
                           .pressure = cgroups::Pressure{{153, 10000, 7, 9}, {}}};
  EXPECT_EQ(between(statistics_json("c1", statistics), R"("cpu":)", R"(,"cpuset")"),
            R"("cpu":{"usage":{"total":5000,"kernel":3000,"user":2000},)"
            R"("throttling":{"periods":7,"throttledPeriods":1,"throttledTime":4000},)"
            R"("burst":{"periods":6,"time":8000},)"
            R"("psi":{"some":{"avg10":1.53,"avg60":100.0,"avg300":0.07,"total":9},)"
            R"("full":{"avg10":0.0,"avg60":0.0,"avg300":0.0,"total":0}}})");
}

TEST(Statistics, SwapIsMemoryAndSwapTogether) {
  Statistics statistics;
  cgroups::MemoryStats& memory = statistics.cgroup.memory;
  memory.memory = {.current = 100, .limit = 1000, .peak = 300};
  memory.swap = cgroups::MemoryAmount{.current = 20, .limit = 500, .peak = 30};
  memory.raw = {{"anon", 60}, {"file", 40}};
  memory.events = {{"max", 2}, {"oom_kill", 1}};
  EXPECT_EQ(between(statistics_json("c1", statistics), R"("memory":)", R"(,"pids")"),
            R"("memory":{"cache":40,"usage":{"limit":1000,"usage":100,"max":300,"failcnt":0},)"
            R"("swap":{"limit":1500,"usage":120,"failcnt":0},"kernel":{"limit":0,"failcnt":0},)"
            R"("kernelTCP":{"limit":0,"failcnt":0},"raw":{"anon":60,"file":40},"peak":300,)"
            R"("swapOnly":{"limit":500,"usage":20,"max":30,"failcnt":0},)"
            R"("events":{"max":2,"oom_kill":1}})");
}

TEST(Statistics, OutOfMemoryIsNotNamedBeforeItHappened) {
  Statistics statistics;
  statistics.cgroup.memory.events = {
      {"max", 2}, {"oom", 0}, {"oom_kill", 0}, {"oom_group_kill", 0}};
  std::string text = statistics_json("c1", statistics);
  EXPECT_THAT(text, HasSubstr(R"("events":{"max":2}})"));
  EXPECT_THAT(text, Not(HasSubstr("oom")));
  statistics.cgroup.memory.events = {{"max", 0}, {"oom", 0}, {"oom_kill", 0}};
  EXPECT_THAT(statistics_json("c1", statistics), Not(HasSubstr("events")));
}

TEST(Statistics, WithoutALimitIsTheLargestNumber) {
  Statistics statistics;
  statistics.cgroup.memory.memory = {.current = 1, .limit = kUnlimited};
  statistics.cgroup.memory.swap = cgroups::MemoryAmount{.current = 1, .limit = 5};
  statistics.cgroup.pids = {.current = 3, .limit = kUnlimited, .peak = 4};
  std::string text = statistics_json("c1", statistics);
  EXPECT_EQ(between(text, R"("usage":{"limit")", ","), R"("usage":{"limit":18446744073709551615)");
  EXPECT_EQ(between(text, R"("swap":)", ","), R"("swap":{"limit":18446744073709551615)");
  EXPECT_EQ(between(text, R"("pids":)", R"(,"blkio")"), R"("pids":{"current":3,"peak":4})");
}

TEST(Statistics, OfDevicesAreReadsAndWrites) {
  Statistics statistics;
  statistics.cgroup.io.devices = {
      {.major = 254, .minor = 0, .read_bytes = 4096, .written_bytes = 0, .reads = 1, .writes = 2}};
  EXPECT_EQ(
      between(statistics_json("c1", statistics), R"("blkio":)", R"(,"hugetlb")"),
      R"("blkio":{"ioServiceBytesRecursive":[{"major":254,"op":"Read","value":4096},)"
      R"({"major":254,"op":"Write"}],"ioServicedRecursive":[{"major":254,"op":"Read","value":1},)"
      R"({"major":254,"op":"Write","value":2}]})");
}

TEST(Statistics, OfTheRestHaveTheirMembers) {
  Statistics statistics;
  statistics.cgroup.pids = {.current = 3, .limit = 10};
  statistics.cgroup.huge_pages = {{"2MB", 2097152, 1}, {"1GB", 0, 0}};
  statistics.cgroup.rdma = {{"mlx4_0", 2, 3, 4, kUnlimited}};
  statistics.cgroup.misc = {{"sev", 1, 5, 2}, {"tdx", 0, kUnlimited, 0}};
  statistics.interfaces = {{"eth\xff", 1, 2, 3, 4, 5, 6, 7, 8}};
  std::string text = statistics_json("c1", statistics) + "\n";
  EXPECT_EQ(between(text, R"("pids":)", "\n"),
            R"("pids":{"current":3,"limit":10},"blkio":{},)"
            R"("hugetlb":{"2MB":{"usage":2097152,"failcnt":1},"1GB":{"failcnt":0}},"intel_rdt":{},)"
            R"("network_interfaces":[{"Name":"eth)"
            "\xef\xbf\xbd"
            R"(","RxBytes":1,"RxPackets":2,"RxErrors":3,"RxDropped":4,"TxBytes":5,"TxPackets":6,)"
            R"("TxErrors":7,"TxDropped":8}],)"
            R"("rdma":{"mlx4_0":{"hcaHandles":2,"hcaObjects":3,"hcaHandlesLimit":4}},)"
            R"("misc":{"sev":{"usage":1,"limit":5,"failcnt":2},"tdx":{"usage":0,"failcnt":0}}}})");
}

TEST(Statistics, OfResctrlAreThoseOfItsGroup) {
  Statistics statistics;
  cgroups::ResctrlStats& resctrl = statistics.resctrl.emplace();
  resctrl.cache = cgroups::ResctrlStats::Cache{"fffff", 2, 16};
  resctrl.bandwidth = cgroups::ResctrlStats::Bandwidth{10, 1, 10, 8};
  resctrl.root_schemata = {"MB:0=100", "L3:0=fffff"};
  resctrl.schemata = {"MB:0=20", "L3:0=f"};
  resctrl.traffic = {{7, 5}, {0, 0}};
  resctrl.occupancy = {4096};
  EXPECT_EQ(
      between(statistics_json("c1", statistics), R"("intel_rdt":)", R"(,"network_interfaces")"),
      R"("intel_rdt":{"l3_cache_info":{"cbm_mask":"fffff","min_cbm_bits":2,"num_closids":16},)"
      R"("l3_cache_schema_root":"L3:0=fffff","l3_cache_schema":"L3:0=f",)"
      R"("mem_bw_info":{"bandwidth_gran":10,"delay_linear":1,"min_bandwidth":10,"num_closids":8},)"
      R"("mem_bw_schema_root":"MB:0=100","mem_bw_schema":"MB:0=20",)"
      R"("schemata":["MB:0=20","L3:0=f"],)"
      R"("mbm_stats":[{"mbm_total_bytes":7,"mbm_local_bytes":5},{}],)"
      R"("cmt_stats":[{"llc_occupancy":4096}]})");
}

TEST(Statistics, AnOutOfMemoryEventIsItsNameAlone) {
  EXPECT_EQ(out_of_memory_json("c1"), R"({"type":"oom","id":"c1"})");
}

}  // namespace
}  // namespace tare
