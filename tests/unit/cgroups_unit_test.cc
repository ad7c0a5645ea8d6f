// What systemd is asked for: names of units, limits and annotations as properties.
#include <gmock/gmock.h>

#include "cgroups/resources.h"
#include "cgroups/systemd.h"
#include "cgroups/unit_name.h"
#include "cgroups/unit_properties.h"
#include "runtime/base/error.h"
#include "runtime/base/strings.h"

namespace tare::cgroups {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

template <typename Action>
std::string error_of(Action action) {
  try {
    action();
  } catch (const Error& error) {
    return error.what();
  }
  return "no error";
}

const UnitNameDefaults kDefaults{"system.slice", "tare", "c1"};

std::string name_of(std::string_view path) {
  UnitName name = unit_name(path, kDefaults);
  return name.slice + " " + name.name;
}

// Shows: cgp-1
TEST(UnitName, IsMadeOfTheThreeParts) {
  EXPECT_EQ(name_of("machine.slice:libpod:abc"), "machine.slice libpod-abc.scope");
  EXPECT_EQ(name_of(""), "system.slice tare-c1.scope");
  EXPECT_EQ(name_of("::"), "system.slice c1.scope");
  EXPECT_EQ(name_of(":docker:"), "system.slice docker-c1.scope");
  EXPECT_EQ(name_of("a.slice::x"), "a.slice x.scope");
  EXPECT_EQ(name_of("-.slice:p:x"), "-.slice p-x.scope");
  EXPECT_EQ(name_of("a.slice:ignored:a-b.slice"), "a.slice a-b.slice");
  EXPECT_EQ(unit_name("", {"user.slice", "tare", "a+b"}).name, "tare-a\\x2bb.scope");
}

TEST(UnitName, OtherFormsAreRefused) {
  for (const char* bad : {"/a/b", "a", "a:b", "a:b:c:d"}) {
    EXPECT_EQ(
        error_of([&] { name_of(bad); }),
        "expected cgroupsPath to be of format \"slice:prefix:name\" for systemd cgroups, got " +
            quote(bad) + " instead");
  }
  for (const char* bad : {"a", "a.scope", ".slice", "-a.slice", "a-.slice", "a--b.slice",
                          "a/b.slice", "../x.slice", "--.slice"}) {
    EXPECT_THAT(error_of([&] { name_of(std::string(bad) + ":p:n"); }),
                HasSubstr("invalid slice name: " + quote(bad)));
  }
  EXPECT_THAT(error_of([] { name_of("a.slice:p:-x.slice"); }), HasSubstr("invalid slice name"));
  EXPECT_THAT(error_of([] { name_of(":p:" + std::string(250, 'x')); }), HasSubstr("255 bytes"));
}

TEST(UnitName, SlicesAreNestedByTheirNames) {
  EXPECT_EQ(slice_path("system.slice"), "/system.slice");
  EXPECT_EQ(slice_path("kubepods-burstable-pod1.slice"),
            "/kubepods.slice/kubepods-burstable.slice/kubepods-burstable-pod1.slice");
  EXPECT_EQ(slice_path("-.slice"), "");
}

TEST(Systemd, VersionIsTheFirstNumber) {
  EXPECT_EQ(parse_version("257.13-1~deb13u1"), 257);
  EXPECT_EQ(parse_version("v252"), 252);
  EXPECT_EQ(parse_version("systemd 244 (244.3)"), 244);
  EXPECT_EQ(parse_version("none"), 0);
}

// "Name=value" with values as a person would write them.
std::string shown(const dbus::Value& value) {
  if (const auto* number = std::get_if<uint64_t>(&value.content)) {
    return *number == UINT64_MAX ? "infinity" : std::to_string(*number);
  }
  if (const auto* text = std::get_if<std::string>(&value.content)) return *text;
  std::vector<std::string> members;
  for (const dbus::Value& member : value.members()) members.push_back(shown(member));
  return join(members, value.signature.starts_with('(') ? "=" : " ");
}

std::vector<std::string> shown(const std::vector<UnitProperty>& properties) {
  std::vector<std::string> lines;
  for (const UnitProperty& property : properties) {
    lines.push_back(property.name + ":" + property.value.signature + "=" + shown(property.value));
  }
  return lines;
}

std::vector<std::string> limits(const std::vector<std::pair<std::string, std::string>>& writes,
                                int version = 257) {
  std::vector<FileWrite> list;
  for (const auto& [file, value] : writes) list.push_back({file, value, ""});
  return shown(limit_properties(list, version));
}

TEST(UnitProperties, QuotasAreThoseThatSystemdWrites) {
  for (auto [value, rounded] : std::vector<std::pair<std::string, std::string>>{
           {"500000 900000", "504000 900000"},
           {"50000 100000", "50000 100000"},
           {"1001", "2000 100000"},
           {"max 20000", "max 20000"},
           {"9223372036854775807 1000000", "9223372036854775807 1000000"}}) {
    std::vector<FileWrite> writes = {{"cpu.max", value, ""}, {"cpu.max.burst", "7", ""}};
    round_quotas(writes);
    EXPECT_EQ(writes[0].value, rounded);
    EXPECT_EQ(writes[1].value, "7");
  }
}

TEST(UnitProperties, LimitsAreSaidToSystemdToo) {
  EXPECT_THAT(limits({{"memory.max", "1000"}, {"memory.low", "max"}, {"memory.swap.max", "0"}}),
              ElementsAre("MemoryMax:t=1000", "MemoryLow:t=infinity", "MemorySwapMax:t=0"));
  EXPECT_THAT(limits({{"cpu.weight", "100"}, {"pids.max", "5"}, {"memory.oom.group", "1"}}),
              ElementsAre("CPUWeight:t=100", "TasksMax:t=5", "OOMPolicy:s=kill"));
  EXPECT_THAT(limits({{"cpu.idle", "1"}}), ElementsAre("CPUWeight:t=0"));
  EXPECT_THAT(limits({{"cpu.idle", "0"}}), IsEmpty());
  EXPECT_THAT(limits({{"pids.max", "0"}}), ElementsAre("TasksMax:t=1"));
  EXPECT_THAT(limits({{"pids.max", "max"}}), ElementsAre("TasksMax:t=infinity"));
  // The later write wins, as it does in the file.
  EXPECT_THAT(limits({{"memory.max", "1"}, {"memory.max", "2"}}), ElementsAre("MemoryMax:t=2"));
  EXPECT_THAT(limits({{"hugetlb.2MB.max", "1"}, {"rdma.max", "x"}, {"cpu.max.burst", "1"}}),
              IsEmpty());
}

TEST(UnitProperties, CpuQuotaIsRoundedUpToTenMilliseconds) {
  auto quota = [](const std::string& value) { return limits({{"cpu.max", value}}); };
  EXPECT_THAT(quota("50000 100000"),
              ElementsAre("CPUQuotaPeriodUSec:t=100000", "CPUQuotaPerSecUSec:t=500000"));
  EXPECT_THAT(quota("1001 1000000"),
              ElementsAre("CPUQuotaPeriodUSec:t=1000000", "CPUQuotaPerSecUSec:t=10000"));
  EXPECT_THAT(quota("2005 20000"),
              ElementsAre("CPUQuotaPeriodUSec:t=20000", "CPUQuotaPerSecUSec:t=110000"));
  EXPECT_THAT(quota("max 20000"),
              ElementsAre("CPUQuotaPeriodUSec:t=20000", "CPUQuotaPerSecUSec:t=infinity"));
  EXPECT_THAT(quota("9223372036854775807 100000"),
              ElementsAre("CPUQuotaPeriodUSec:t=100000", "CPUQuotaPerSecUSec:t=infinity"));
  EXPECT_THAT(quota("1000"),
              ElementsAre("CPUQuotaPeriodUSec:t=100000", "CPUQuotaPerSecUSec:t=10000"));
  EXPECT_THAT(quota("1000 0"), IsEmpty());
}

TEST(UnitProperties, ProcessorsAreAMaskOfBytes) {
  EXPECT_THAT(limits({{"cpuset.cpus", "0,3,9-10"}, {"cpuset.mems", "0"}}),
              ElementsAre("AllowedCPUs:ay=9 6", "AllowedMemoryNodes:ay=1"));
}

TEST(UnitProperties, IoIsByDevice) {
  EXPECT_THAT(
      limits({{"io.weight", "200"}, {"io.weight", "8:0 300"}, {"io.weight", "default 400"}}),
      ElementsAre("IOWeight:t=400", "IODeviceWeight:a(st)=/dev/block/8:0=300"));
  EXPECT_THAT(limits({{"io.max", "8:0 rbps=1 wiops=max"},
                      {"io.max", "8:16 rbps=2"},
                      {"io.max", "8:0 rbps=3"}}),
              ElementsAre("IOReadBandwidthMax:a(st)=/dev/block/8:16=2 /dev/block/8:0=3",
                          "IOWriteIOPSMax:a(st)=/dev/block/8:0=infinity"));
}

TEST(UnitProperties, OldVersionsAreNotAskedForWhatTheyDoNotKnow) {
  EXPECT_THAT(limits({{"cpuset.cpus", "1"},
                      {"cpu.max", "1000 100000"},
                      {"memory.zswap.max", "1"},
                      {"memory.oom.group", "1"},
                      {"cpu.idle", "1"},
                      {"memory.min", "1"}},
                     239),
              ElementsAre("CPUQuotaPerSecUSec:t=10000"));
}

oci::DeviceRule rule(bool allow, const char* type, int64_t major, int64_t minor,
                     const char* access) {
  oci::DeviceRule rule;
  rule.allow = allow;
  rule.type = type;
  rule.major = major;
  rule.minor = minor;
  rule.access = access;
  return rule;
}

TEST(UnitProperties, DevicesAreNeverFewerThanTheProgramAllows) {
  oci::DeviceRule none;
  none.type = "a";
  none.access = "rwm";
  auto properties = shown(device_properties(
      device_policy({none, rule(true, "b", 8, -1, "r"), rule(true, "c", 4, 64, "rw"),
                     rule(true, "c", -1, 9, "r"), rule(false, "c", 1, 3, "w")}),
      257));
  ASSERT_EQ(properties.size(), 2U);
  EXPECT_EQ(properties[0], "DevicePolicy:s=strict");
  for (const char* allowed : {" block-8=r", "=block-*=m", "/dev/char/4:64=rw", "char-*=r",
                              "char-136=rwm", "/dev/char/1:3=rwm", "/dev/char/10:200=rwm"}) {
    bool found = properties[1].find(allowed) != std::string::npos ||
                 properties[1].find(std::string(allowed).substr(1)) != std::string::npos;
    EXPECT_TRUE(found) << allowed << " in " << properties[1];
  }
  none.allow = true;
  EXPECT_THAT(device_properties(device_policy({none}), 257), IsEmpty());
}

std::vector<std::string> annotated(const std::string& name, const std::string& value) {
  return shown(annotated_properties({{"org.systemd.property." + name, value}, {"other", "x"}}));
}

TEST(UnitProperties, AnnotationsBecomeProperties) {
  EXPECT_THAT(annotated("TimeoutStopUSec", "uint64 5"), ElementsAre("TimeoutStopUSec:t=5"));
  EXPECT_THAT(annotated("TimeoutStopSec", "123"), ElementsAre("TimeoutStopUSec:t=123000000"));
  EXPECT_THAT(annotated("TimeoutStopSec", "1.5"), ElementsAre("TimeoutStopUSec:t=1500000"));
  EXPECT_THAT(annotated("After", "['crio.service']"), ElementsAre("After:as=crio.service"));
  EXPECT_THAT(annotated("CollectMode", "'inactive'"), ElementsAre("CollectMode:s=inactive"));
}

TEST(UnitProperties, BadAnnotationsAreErrorsThatNameThem) {
  const std::pair<const char*, const char*> kBad[] = {
      {"TimeoutStopSec", "'x'"},
      {"TimeoutStopSec", "-1"},
      {"TimeoutStopSec", "uint64 18446744073709551615"},
      {"After", "[crio]"},
      {"After", ""},
      {"Bad Name", "1"},
      {"lower", "1"},
      {"", "1"},
      {"PIDs", "[uint32 1]"},
      {"Slice", "'x.slice'"},
      {"A\nB", "1"}};
  for (const auto& [name, value] : kBad) {
    EXPECT_THAT(
        error_of([&] { annotated(name, value); }),
        HasSubstr("annotation " + quote("org.systemd.property." + std::string(name)) + ": "))
        << name;
  }
}

TEST(UnitProperties, TheLaterOnesWin) {
  std::vector<UnitProperty> properties = {{"A", dbus::text("1")}, {"B", dbus::text("2")}};
  override_properties(properties, {{"A", dbus::text("3")}, {"C", dbus::text("4")}});
  EXPECT_THAT(shown(properties), ElementsAre("A:s=3", "B:s=2", "C:s=4"));
}

}  // namespace
}  // namespace tare::cgroups
