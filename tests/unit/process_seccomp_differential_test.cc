// Random profiles, compiled and run in an interpreter, against a direct reading of the profile.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdio>
#include <random>

#include "tests/unit/seccomp_calls.h"
#include "tests/unit/seccomp_profiles.h"

namespace tare::test {
namespace {

uint32_t action_value(const std::string& action, std::optional<uint32_t> number) {
  if (action == "SCMP_ACT_ALLOW") return SECCOMP_RET_ALLOW;
  if (action == "SCMP_ACT_LOG") return SECCOMP_RET_LOG;
  if (action == "SCMP_ACT_TRAP") return SECCOMP_RET_TRAP;
  if (action == "SCMP_ACT_KILL_PROCESS") return SECCOMP_RET_KILL_PROCESS;
  if (action == "SCMP_ACT_TRACE") return SECCOMP_RET_TRACE | number.value_or(EPERM);
  if (action == "SCMP_ACT_ERRNO") return SECCOMP_RET_ERRNO | number.value_or(EPERM);
  return SECCOMP_RET_KILL_THREAD;
}

// A negative number of 64 bits means one of 32 where arguments have no more.
uint64_t fitted(uint64_t value, bool narrow) {
  return narrow && value >> 31 == 0x1ffffffff ? value & 0xffffffff : value;
}

bool holds(const oci::SeccompArgument& condition, uint64_t actual, bool narrow) {
  uint64_t value = fitted(*condition.value, narrow);
  if (condition.op == "SCMP_CMP_EQ") return actual == value;
  if (condition.op == "SCMP_CMP_NE") return actual != value;
  if (condition.op == "SCMP_CMP_LT") return actual < value;
  if (condition.op == "SCMP_CMP_LE") return actual <= value;
  if (condition.op == "SCMP_CMP_GT") return actual > value;
  if (condition.op == "SCMP_CMP_GE") return actual >= value;
  return (actual & *condition.value) == fitted(condition.value_two & *condition.value, narrow);
}

bool matches(const oci::SeccompRule& rule, const std::vector<uint64_t>& args, bool narrow) {
  bool repeated = false;
  for (size_t i = 0; i < rule.args.size(); ++i) {
    for (size_t j = 0; j < i; ++j) repeated = repeated || rule.args[i].index == rule.args[j].index;
  }
  auto one = [&](const oci::SeccompArgument& condition) {
    return holds(condition, args[*condition.index], narrow);
  };
  return repeated ? std::any_of(rule.args.begin(), rule.args.end(), one)
                  : std::all_of(rule.args.begin(), rule.args.end(), one);
}

bool listed(const oci::Seccomp& seccomp, Abi abi) {
  const auto& names = seccomp.architectures;
  return abi == kNative || std::find(names.begin(), names.end(), kAbiNames[abi]) != names.end();
}

uint32_t newest_named(const oci::Seccomp& seccomp, Abi abi) {
  uint32_t newest = 0;
  for (const auto& rule : seccomp.syscalls) {
    for (const auto& name : rule.names) newest = std::max(newest, call_of(name).numbers[abi]);
  }
  return newest;
}

uint32_t expected(const oci::Seccomp& seccomp, Abi abi, uint32_t number,
                  const std::vector<uint64_t>& args) {
  bool same_architecture =
      (abi == kX32 && listed(seccomp, kX86_64)) || (abi == kX86_64 && listed(seccomp, kX32));
  uint32_t fallback = action_value(seccomp.default_action, seccomp.default_errno_ret);
  if (number == 0xffffffff && (listed(seccomp, abi) || same_architecture)) return fallback;
  if (!listed(seccomp, abi)) return SECCOMP_RET_KILL_THREAD;
  bool stubbed = seccomp.default_action != "SCMP_ACT_ALLOW" &&
                 seccomp.default_action != "SCMP_ACT_LOG" &&
                 seccomp.default_action != "SCMP_ACT_TRACE" && fallback != kEnosys;
  if (stubbed && !seccomp.syscalls.empty() && number > newest_named(seccomp, abi)) return kEnosys;
  // Rules without conditions first, rules like the default not at all.
  for (bool conditional : {false, true}) {
    for (const auto& rule : seccomp.syscalls) {
      uint32_t action = action_value(rule.action, rule.errno_ret);
      if (action == fallback || rule.args.empty() == conditional) continue;
      if (call_of(rule.names.at(0)).numbers[abi] == number &&
          matches(rule, args, abi == kX86 || abi == kX32)) {
        return action;
      }
    }
  }
  return fallback;
}

// --- random profiles ---

class Dice {
 public:
  explicit Dice(unsigned seed) : engine_(seed) {}
  size_t roll(size_t sides) { return std::uniform_int_distribution<size_t>(0, sides - 1)(engine_); }
  template <typename List>
  auto pick(const List& list) {
    return list[roll(std::size(list))];
  }

 private:
  std::mt19937 engine_;
};

constexpr const char* kOperators[] = {"SCMP_CMP_EQ",       "SCMP_CMP_NE", "SCMP_CMP_LT",
                                      "SCMP_CMP_LE",       "SCMP_CMP_GT", "SCMP_CMP_GE",
                                      "SCMP_CMP_MASKED_EQ"};
constexpr const char* kActions[] = {"SCMP_ACT_ALLOW",       "SCMP_ACT_ERRNO", "SCMP_ACT_LOG",
                                    "SCMP_ACT_TRACE",       "SCMP_ACT_TRAP",  "SCMP_ACT_KILL",
                                    "SCMP_ACT_KILL_PROCESS"};
constexpr uint64_t kValues[] = {
    0,           1,          8,           9,          0x7e020000,
    0xffffffff,  0x80000000, 0x100000008, 1ULL << 63, 0x5401ULL << 32 | 0x5412,
    ~uint64_t{0}};

oci::SeccompRule random_rule(Dice& dice, const Call& call, const std::string& action,
                             std::optional<uint32_t> number) {
  oci::SeccompRule made = rule({call.name}, action);
  made.errno_ret = number;
  for (size_t count = dice.roll(3); count > 0; --count) {
    auto condition =
        argument(static_cast<uint32_t>(dice.roll(3)), dice.pick(kOperators), dice.pick(kValues));
    if (condition.op == "SCMP_CMP_MASKED_EQ") {
      condition.value_two = dice.pick(kValues);
    }
    made.args.push_back(condition);
  }
  return made;
}

oci::Seccomp random_profile(Dice& dice) {
  oci::Seccomp seccomp = profile(dice.pick(kActions));
  auto maybe_number = [&](const std::string& action) -> std::optional<uint32_t> {
    bool takes = action == "SCMP_ACT_ERRNO" || action == "SCMP_ACT_TRACE";
    if (!takes || dice.roll(2) == 0) return std::nullopt;
    return dice.roll(2) == 0 ? ENOSYS : static_cast<uint32_t>(dice.roll(4096));
  };
  seccomp.default_errno_ret = maybe_number(seccomp.default_action);
  for (const char* name : kAbiNames) {
    if (dice.roll(3) != 0) seccomp.architectures.emplace_back(name);
  }
  for (const Call& call : kCalls) {
    if (dice.roll(3) == 0) continue;
    for (size_t count = 1 + dice.roll(3); count > 0; --count) {
      std::string action = dice.pick(kActions);
      auto number = maybe_number(action);
      seccomp.syscalls.push_back(random_rule(dice, call, action, number));
    }
  }
  return seccomp;
}

std::vector<uint32_t> interesting_numbers(const oci::Seccomp& seccomp, Abi abi) {
  std::vector<uint32_t> numbers{0, 1, 200, 0xffffffff};
  if (abi == kX32) {
    numbers = {kX32Bit, kX32Bit | 200, kX32Bit | 600};
  } else {
    numbers.push_back(600);
  }
  for (const Call& call : kCalls) numbers.push_back(call.numbers[abi]);
  uint32_t newest = newest_named(seccomp, abi);
  numbers.push_back(newest);
  numbers.push_back(newest + 1);
  return numbers;
}

std::string describe(const oci::Seccomp& seccomp) {
  std::string text = "default " + seccomp.default_action;
  for (const auto& rule : seccomp.syscalls) {
    text += "\n" + rule.names[0] + " " + rule.action;
    for (const auto& condition : rule.args) {
      char part[128];
      std::snprintf(part, sizeof part, " [%u %s %#lx %#lx]", *condition.index, condition.op.c_str(),
                    *condition.value, condition.value_two);
      text += part;
    }
  }
  return text;
}

// Shows: sec-1, sec-3, sec-9
TEST(Seccomp, AnswersAsAReadingOfTheProfileDoes) {
  Dice dice(20);
  size_t compared = 0;
  for (int round = 0; round < 300; ++round) {
    oci::Seccomp seccomp = random_profile(dice);
    std::vector<sock_filter> program = compiled(seccomp);
    for (int abi = 0; abi < kAbis; ++abi) {
      for (uint32_t number : interesting_numbers(seccomp, static_cast<Abi>(abi))) {
        for (int arguments = 0; arguments < 12; ++arguments) {
          std::vector<uint64_t> args{
              dice.pick(kValues), dice.pick(kValues), dice.pick(kValues), 0, 0, 0};
          uint32_t want = expected(seccomp, static_cast<Abi>(abi), number, args);
          uint32_t got = answer(program, static_cast<Abi>(abi), number, args);
          ASSERT_EQ(got, want) << "round " << round << " " << kAbiNames[abi] << " call " << number
                               << std::hex << " args " << args[0] << " " << args[1] << " "
                               << args[2] << "\n"
                               << describe(seccomp);
          ++compared;
        }
      }
    }
  }
  EXPECT_GT(compared, 200000U);
}

}  // namespace
}  // namespace tare::test
