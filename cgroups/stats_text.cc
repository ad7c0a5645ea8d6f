// Two shapes hold everything (kernel: admin-guide/cgroup-v2.rst, "Core Interface Files"): flat
// keyed files with lines "name value", and nested keyed ones with lines "name key=value key=value".
#include "cgroups/stats_text.h"

#include <algorithm>

#include "runtime/base/strings.h"

namespace tare::cgroups {
namespace {

using Pair = std::pair<std::string_view, std::string_view>;

std::optional<Pair> pair_of(std::string_view text, char separator) {
  size_t at = text.find(separator);
  if (at == 0 || at == std::string_view::npos) return std::nullopt;
  return Pair(text.substr(0, at), text.substr(at + 1));
}

struct NestedLine {
  std::string_view name;
  std::vector<Pair> values;
};

std::vector<NestedLine> nested_lines(std::string_view text) {
  std::vector<NestedLine> lines;
  for (std::string_view line : split(text, '\n')) {
    auto words = split(line, ' ');
    if (words.front().empty()) continue;
    NestedLine parsed{words.front(), {}};
    for (size_t i = 1; i < words.size(); ++i) {
      if (auto value = pair_of(words[i], '=')) parsed.values.push_back(*value);
    }
    lines.push_back(std::move(parsed));
  }
  return lines;
}

// "12.34" is 1234; the kernel writes two digits.
uint64_t hundredths(std::string_view text) {
  auto parts = pair_of(text, '.').value_or(Pair(text, "00"));
  auto whole = parse_number<uint32_t>(parts.first);
  auto fraction = parse_number<uint32_t>(parts.second);
  if (!whole || !fraction || parts.second.size() != 2) return 0;
  return uint64_t{*whole} * 100 + *fraction;
}

Stall stall_of(const std::vector<Pair>& values) {
  Stall stall;
  for (const auto& [key, value] : values) {
    if (key == "avg10") stall.avg10 = hundredths(value);
    if (key == "avg60") stall.avg60 = hundredths(value);
    if (key == "avg300") stall.avg300 = hundredths(value);
    if (key == "total") stall.total = parse_number<uint64_t>(value).value_or(0);
  }
  return stall;
}

void set_limits(RdmaStats& device, const std::vector<Pair>& values) {
  for (const auto& [key, value] : values) {
    uint64_t limit = parse_amount(value).value_or(kUnlimited);
    if (key == "hca_handle") device.handles_limit = limit;
    if (key == "hca_object") device.objects_limit = limit;
  }
}

}  // namespace

std::optional<uint64_t> parse_amount(std::string_view text) {
  text = trim(text);
  if (text == "max") return kUnlimited;
  return parse_number<uint64_t>(text);
}

Counters parse_counters(std::string_view text) {
  Counters counters;
  for (std::string_view line : split(text, '\n')) {
    auto parts = pair_of(line, ' ');
    if (!parts) continue;
    if (auto number = parse_amount(parts->second)) counters.emplace_back(parts->first, *number);
  }
  return counters;
}

uint64_t counter(const Counters& counters, std::string_view name) {
  auto found = std::find_if(counters.begin(), counters.end(),
                            [&](const auto& entry) { return entry.first == name; });
  return found == counters.end() ? 0 : found->second;
}

std::optional<Pressure> parse_pressure(std::string_view text) {
  Pressure pressure;
  bool any = false;
  for (const NestedLine& line : nested_lines(text)) {
    if (line.name != "some" && line.name != "full") continue;
    (line.name == "some" ? pressure.some : pressure.full) = stall_of(line.values);
    any = true;
  }
  return any ? std::optional(pressure) : std::nullopt;
}

std::vector<DeviceIo> parse_io(std::string_view text) {
  std::vector<DeviceIo> devices;
  for (const NestedLine& line : nested_lines(text)) {
    auto numbers = pair_of(line.name, ':');
    if (!numbers) continue;
    auto major = parse_number<uint64_t>(numbers->first);
    auto minor = parse_number<uint64_t>(numbers->second);
    if (!major || !minor) continue;
    DeviceIo device{.major = *major, .minor = *minor};
    for (const auto& [key, value] : line.values) {
      uint64_t number = parse_number<uint64_t>(value).value_or(0);
      if (key == "rbytes") device.read_bytes = number;
      if (key == "wbytes") device.written_bytes = number;
      if (key == "rios") device.reads = number;
      if (key == "wios") device.writes = number;
    }
    devices.push_back(device);
  }
  return devices;
}

std::vector<RdmaStats> parse_rdma(std::string_view current, std::string_view limits) {
  std::vector<RdmaStats> devices;
  auto limit_lines = nested_lines(limits);
  for (const NestedLine& line : nested_lines(current)) {
    RdmaStats device;
    device.device = line.name;
    for (const auto& [key, value] : line.values) {
      uint64_t number = parse_amount(value).value_or(0);
      if (key == "hca_handle") device.handles = number;
      if (key == "hca_object") device.objects = number;
    }
    for (const NestedLine& limit : limit_lines) {
      if (limit.name == line.name) set_limits(device, limit.values);
    }
    devices.push_back(std::move(device));
  }
  return devices;
}

std::vector<MiscStats> parse_misc(std::string_view current, std::string_view limits,
                                  std::string_view events) {
  std::vector<MiscStats> resources;
  Counters most = parse_counters(limits);
  Counters failures = parse_counters(events);
  for (auto& [name, usage] : parse_counters(current)) {
    MiscStats resource{.resource = name, .usage = usage};
    for (const auto& [limited, limit] : most) {
      if (limited == name) resource.limit = limit;
    }
    resource.failures = counter(failures, name + ".max");
    resources.push_back(std::move(resource));
  }
  return resources;
}

}  // namespace tare::cgroups
