// Rules are turned into one list for each kind of device, highest priority first, without those
// that never decide: that is what makes the program small, and an allow-everything policy
// recognizable. Each access (read, write, mknod) is decided on its own, as if it had been asked for
// alone.
#include "cgroups/device_rules.h"

#include <linux/bpf.h>

#include <algorithm>
#include <string>

#include "runtime/base/error.h"
#include "runtime/base/strings.h"

namespace tare::cgroups {
namespace {

constexpr unsigned kAll = BPF_DEVCG_ACC_MKNOD | BPF_DEVCG_ACC_READ | BPF_DEVCG_ACC_WRITE;

struct Rule {
  char type;  // a, b, c
  DeviceEntry entry;
};

// Every container has these; /dev/net/tun is the last one.
const DeviceEntry kMakeAny = {{}, {}, BPF_DEVCG_ACC_MKNOD, true};
const DeviceEntry kCharacterDevices[] = {
    {1, 3, kAll, true}, {1, 5, kAll, true},    {1, 7, kAll, true},
    {1, 8, kAll, true}, {1, 9, kAll, true},    {5, 0, kAll, true},
    {5, 2, kAll, true}, {136, {}, kAll, true}, {10, 200, kAll, true},
};

// -1 is how some engines write "every number".
std::optional<uint32_t> device_number(const std::optional<int64_t>& number) {
  if (!number || *number == -1) return std::nullopt;
  if (*number < 0 || *number > UINT32_MAX) {
    throw Error("not a device number: " + std::to_string(*number));
  }
  return static_cast<uint32_t>(*number);
}

unsigned access_mask(const oci::DeviceRule& rule, bool allow) {
  // Without accesses a rule for everything is absolute, as in cgroup v1; one that allows a certain
  // device allows nothing.
  bool everything = rule.type.empty() || rule.type == "a";
  if (rule.access.empty()) return !allow || everything ? kAll : 0;
  unsigned mask = 0;
  for (char c : rule.access) {
    switch (c) {
      case 'r':
        mask |= BPF_DEVCG_ACC_READ;
        break;
      case 'w':
        mask |= BPF_DEVCG_ACC_WRITE;
        break;
      case 'm':
        mask |= BPF_DEVCG_ACC_MKNOD;
        break;
      default:
        // Configurations deny "rwa": peers let a denial say what it likes. It denies no less.
        if (!allow) return kAll;
        throw Error("access " + quote(rule.access) + " has other letters than r, w and m");
    }
  }
  return mask;
}

std::vector<Rule> parse(const std::vector<oci::DeviceRule>& rules) {
  std::vector<Rule> parsed;
  for (size_t i = 0; i < rules.size(); ++i) {
    Scope scope("linux.resources.devices[" + std::to_string(i) + "]");
    const oci::DeviceRule& rule = rules[i];
    std::string type = rule.type.empty() ? "a" : rule.type;
    if (type != "a" && type != "b" && type != "c") {
      throw Error("type " + quote(type) + " is not a, b or c");
    }
    bool allow = rule.allow.value_or(false);
    parsed.push_back(
        {type[0],
         {device_number(rule.major), device_number(rule.minor), access_mask(rule, allow), allow}});
  }
  return parsed;
}

bool covers(const DeviceEntry& upper, const DeviceEntry& lower) {
  return (!upper.major || upper.major == lower.major) &&
         (!upper.minor || upper.minor == lower.minor) && (lower.access & ~upper.access) == 0;
}

// The accesses that rule `index`, a denial of exactly one device, has the last word on.
unsigned explicitly_denied(const std::vector<Rule>& rules, size_t index, char type) {
  const DeviceEntry& entry = rules[index].entry;
  if (rules[index].type != type || entry.allow || !entry.major || !entry.minor) return 0;
  unsigned access = entry.access;
  for (size_t later = index + 1; later < rules.size(); ++later) {
    const DeviceEntry& other = rules[later].entry;
    bool same_device = (rules[later].type == type || rules[later].type == 'a') &&
                       (!other.major || other.major == entry.major) &&
                       (!other.minor || other.minor == entry.minor);
    if (same_device) access &= ~other.access;
  }
  return access;
}

// Highest priority first.
std::vector<DeviceEntry> by_priority(const std::vector<Rule>& rules, char type) {
  std::vector<DeviceEntry> entries;
  for (size_t i = 0; i < rules.size(); ++i) {
    if (unsigned access = explicitly_denied(rules, i, type)) {
      entries.push_back({rules[i].entry.major, rules[i].entry.minor, access, false});
    }
  }
  if (type == 'c') {
    entries.insert(entries.end(), std::begin(kCharacterDevices), std::end(kCharacterDevices));
  }
  entries.push_back(kMakeAny);
  for (auto rule = rules.rbegin(); rule != rules.rend(); ++rule) {
    if (rule->type == type || rule->type == 'a') entries.push_back(rule->entry);
  }
  return entries;
}

DeviceList simplify(const std::vector<DeviceEntry>& entries) {
  DeviceList list;
  for (const DeviceEntry& entry : entries) {
    if (!entry.major && !entry.minor && entry.access == kAll) {
      list.otherwise = entry.allow;
      break;
    }
    auto covered = [&entry](const DeviceEntry& upper) { return covers(upper, entry); };
    if (entry.access != 0 && std::none_of(list.entries.begin(), list.entries.end(), covered)) {
      list.entries.push_back(entry);
    }
  }
  while (!list.entries.empty() && list.entries.back().allow == list.otherwise) {
    list.entries.pop_back();
  }
  return list;
}

}  // namespace

bool DevicePolicy::allows_everything() const {
  return character.otherwise && character.entries.empty() && block.otherwise &&
         block.entries.empty();
}

DevicePolicy device_policy(const std::vector<oci::DeviceRule>& rules) {
  std::vector<Rule> parsed = parse(rules);
  return {simplify(by_priority(parsed, 'c')), simplify(by_priority(parsed, 'b'))};
}

}  // namespace tare::cgroups
