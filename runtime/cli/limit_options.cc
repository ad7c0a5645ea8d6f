// One line an option: the member it sets. An empty value is as good as no option, which scripts
// rely on ("--cpuset-cpus=$CPUS").
#include "runtime/cli/limit_options.h"

#include <algorithm>
#include <array>
#include <optional>

#include "runtime/base/error.h"
#include "runtime/base/log.h"
#include "runtime/base/size.h"
#include "runtime/base/strings.h"

namespace tare::cli {
namespace {

template <typename T>
T parse_integer(std::string_view text) {
  auto number = parse_number<T>(text);
  if (!number) throw Error(quote(text) + " is no number, or out of range");
  return *number;
}

struct Limits {
  const Options& options;
  oci::Resources resources = {};

  // Calls `set` with the value of an option that was given.
  template <typename Set>
  void take(Tag tag, const Set& set) {
    const auto* given = options.find(tag);
    if (given == nullptr || given->value.empty()) return;
    try {
      set(given->value);
    } catch (const Error& error) {
      throw Error(std::string("invalid value for ") + given->option->name + ": " + error.text());
    }
  }
  oci::Cpu& cpu() { return resources.cpu ? *resources.cpu : resources.cpu.emplace(); }
  oci::Memory& memory() {
    return resources.memory ? *resources.memory : resources.memory.emplace();
  }
};

void take_cpu(Limits& limits) {
  auto number = [&limits](Tag tag, auto member) {
    using T = typename std::remove_reference_t<decltype(limits.cpu().*member)>::value_type;
    limits.take(tag,
                [&](const std::string& text) { limits.cpu().*member = parse_integer<T>(text); });
  };
  number(Tag::CpuPeriod, &oci::Cpu::period);
  number(Tag::CpuQuota, &oci::Cpu::quota);
  number(Tag::CpuBurst, &oci::Cpu::burst);
  number(Tag::CpuShare, &oci::Cpu::shares);
  number(Tag::CpuRtPeriod, &oci::Cpu::realtime_period);
  number(Tag::CpuRtRuntime, &oci::Cpu::realtime_runtime);
  number(Tag::CpuIdle, &oci::Cpu::idle);
  limits.take(Tag::CpusetCpus, [&](const std::string& text) { limits.cpu().cpus = text; });
  limits.take(Tag::CpusetMems, [&](const std::string& text) { limits.cpu().mems = text; });
}

void take_memory(Limits& limits) {
  auto size = [&limits](Tag tag, auto member) {
    limits.take(tag, [&](const std::string& text) { limits.memory().*member = parse_size(text); });
  };
  size(Tag::Memory, &oci::Memory::limit);
  size(Tag::MemoryReservation, &oci::Memory::reservation);
  size(Tag::MemorySwap, &oci::Memory::swap);
  if (limits.options.has(Tag::KernelMemory) || limits.options.has(Tag::KernelMemoryTcp)) {
    log_warning("Kernel memory settings are ignored and will be removed");
  }
}

}  // namespace

oci::Resources limits_given(const Options& options) {
  Limits limits{options};
  take_cpu(limits);
  take_memory(limits);
  limits.take(Tag::BlkioWeight, [&](const std::string& text) {
    limits.resources.block_io.emplace().weight = parse_integer<uint16_t>(text);
  });
  limits.take(Tag::PidsLimit, [&](const std::string& text) {
    limits.resources.pids.emplace().limit = parse_integer<int64_t>(text);
  });
  return limits.resources;
}

}  // namespace tare::cli
