// libFuzzer harness for what is read of control files and of a container's network namespace: any
// bytes as each of the texts, and what they say as a line of events, which must be JSON.
#include <cstdint>
#include <cstdlib>

#include "cgroups/stats_text.h"
#include "oci/json.h"
#include "runtime/container/statistics.h"

using namespace tare;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  std::string_view text(reinterpret_cast<const char*>(data), size);
  std::string_view half = text.substr(size / 2);
  Statistics statistics;
  cgroups::Stats& counted = statistics.cgroup;
  counted.memory.raw = cgroups::parse_counters(text);
  counted.memory.memory.current = cgroups::parse_amount(text).value_or(0);
  counted.cpu.pressure = cgroups::parse_pressure(text);
  counted.io.devices = cgroups::parse_io(text);
  counted.rdma = cgroups::parse_rdma(text, half);
  counted.misc = cgroups::parse_misc(text, half, text);
  statistics.interfaces = parse_net_dev(text);

  // The reader refuses U+0000 and a name that is there twice, which are JSON as well.
  std::vector<oci::Violation> refused;
  std::string line = statistics_json("c1", statistics);
  if (!oci::json::parse(line, refused) || line.find('\n') != std::string::npos) std::abort();
  return 0;
}
