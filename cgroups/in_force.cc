// On cgroup v2 quota and period share one file, and swap is limited apart from memory, so of a pair
// of which one is given the other must be known. It is read from the control files: they show what
// is in force whoever set it.
#include "cgroups/in_force.h"

#include "cgroups/control_file.h"
#include "cgroups/resources.h"
#include "runtime/base/error.h"
#include "runtime/base/strings.h"

namespace tare::cgroups {
namespace {

// Nothing for a file that is not there, and for "max".
template <typename T>
std::optional<T> number_in(const ReadControl& read, const std::string& file) {
  return parse_number<T>(trim(read(file).value_or("")));
}

void complete_memory(oci::Memory& memory, const ReadControl& read) {
  if (memory.limit.value_or(0) != 0 || memory.swap.value_or(0) <= 0) return;
  // Without one the sum has no meaning, which is for the rules to say.
  if (auto limit = number_in<int64_t>(read, "memory.max")) memory.limit = limit;
}

// "QUOTA PERIOD", where QUOTA may be "max".
void complete_quota(oci::Cpu& cpu, const ReadControl& read) {
  bool has_quota = cpu.quota.value_or(0) != 0;
  bool has_period = cpu.period.value_or(0) != 0;
  if (has_quota == has_period) return;
  std::vector<std::string> in_force = words(read("cpu.max").value_or(""));
  if (in_force.size() != 2) return;
  if (has_quota) cpu.period = parse_number<uint64_t>(in_force[1]);
  if (has_period) cpu.quota = parse_number<int64_t>(in_force[0]).value_or(-1);
}

// The kernel refuses a burst above the quota with "invalid argument", whichever of them was there.
void check_burst(const oci::Cpu& cpu, const ReadControl& read) {
  int64_t quota = cpu.quota.value_or(0);
  std::vector<std::string> in_force = words(read("cpu.max").value_or(""));
  if (quota == 0 && !in_force.empty()) quota = parse_number<int64_t>(in_force[0]).value_or(-1);
  auto burst = cpu.burst ? cpu.burst : number_in<uint64_t>(read, "cpu.max.burst");
  if (quota <= 0 || !burst || *burst <= static_cast<uint64_t>(quota)) return;
  throw Error("linux.resources.cpu: the burst of " + std::to_string(*burst) +
              " is above the quota of " + std::to_string(quota))
      .with_hint(cpu.burst ? "change the quota, too" : "change the burst, too");
}

bool sets_swap_alone(const oci::Resources& resources) {
  return resources.unified.contains("memory.swap.max");
}

}  // namespace

void check_usage(const oci::Memory& memory, const ReadControl& read) {
  if (!memory.check_before_update.value_or(false)) return;
  if (auto usage = number_in<uint64_t>(read, "memory.current")) check_memory_usage(memory, *usage);
}

bool is_idle(const ReadControl& read) {
  return trim(read("cpu.idle").value_or("")) == "1";
}

std::optional<int64_t> memory_and_swap(const oci::Resources& resources) {
  int64_t sum = resources.memory ? resources.memory->swap.value_or(0) : 0;
  if (sum <= 0 || sets_swap_alone(resources)) return std::nullopt;
  return sum;
}

oci::Resources with_memory_and_swap(oci::Resources wanted, std::optional<int64_t> sum) {
  if (!wanted.memory || !sum || sets_swap_alone(wanted)) return wanted;
  bool limit_alone = wanted.memory->limit.value_or(0) > 0 && wanted.memory->swap.value_or(0) == 0;
  if (limit_alone) wanted.memory->swap = sum;
  return wanted;
}

std::optional<int64_t> memory_and_swap_after(const oci::Resources& wanted,
                                             std::optional<int64_t> sum) {
  const oci::Memory memory = wanted.memory.value_or(oci::Memory{});
  bool changes = memory.limit == -1 || memory.swap.value_or(0) != 0 || sets_swap_alone(wanted);
  return changes ? memory_and_swap(wanted) : sum;
}

oci::Resources with_limits_in_force(oci::Resources wanted, const ReadControl& read) {
  if (wanted.memory) {
    complete_memory(*wanted.memory, read);
    check_usage(*wanted.memory, read);
  }
  if (wanted.cpu) {
    complete_quota(*wanted.cpu, read);
    if (wanted.cpu->quota.value_or(0) != 0 || wanted.cpu->burst) check_burst(*wanted.cpu, read);
  }
  return wanted;
}

}  // namespace tare::cgroups
