// The device program, run here instruction by instruction, against the rules read as the
// specification has them: for lists that engines send and for thousands made up, on a grid of
// devices and accesses.
#include <gtest/gtest.h>
#include <linux/bpf.h>

#include <cstring>
#include <random>
#include <set>

#include "cgroups/device_program.h"
#include "cgroups/device_rules.h"
#include "runtime/base/error.h"

namespace tare::cgroups {
namespace {

using oci::DeviceRule;
using Rules = std::vector<DeviceRule>;

struct Question {
  char type;
  uint32_t major, minor;
  unsigned access;
};

// --- what the rules mean ---

bool names(const DeviceRule& rule, const Question& asked, unsigned bit) {
  const char* letter = bit == BPF_DEVCG_ACC_READ ? "r" : bit == BPF_DEVCG_ACC_WRITE ? "w" : "m";
  auto number = [](const std::optional<int64_t>& wanted, uint32_t is) {
    return !wanted || *wanted == -1 || *wanted == is;
  };
  return (rule.type.empty() || rule.type == "a" || rule.type[0] == asked.type) &&
         number(rule.major, asked.major) && number(rule.minor, asked.minor) &&
         rule.access.find(letter) != std::string::npos;
}

bool always_allowed(const Question& asked, unsigned bit) {
  if (bit == BPF_DEVCG_ACC_MKNOD) return true;
  static const std::set<std::pair<uint32_t, uint32_t>> kDevices = {
      {1, 3}, {1, 5}, {1, 7}, {1, 8}, {1, 9}, {5, 0}, {5, 2}, {10, 200}};
  return asked.type == 'c' &&
         (asked.major == 136 || kDevices.count({asked.major, asked.minor}) != 0);
}

bool expected_for(const Rules& rules, const Question& asked, unsigned bit) {
  const DeviceRule* last = nullptr;
  for (const DeviceRule& rule : rules) {
    if (names(rule, asked, bit)) last = &rule;
  }
  bool exact = last != nullptr && (last->type == "b" || last->type == "c") &&
               last->major.value_or(-1) != -1 && last->minor.value_or(-1) != -1;
  if (exact && !*last->allow) return false;
  return always_allowed(asked, bit) || (last != nullptr && *last->allow);
}

bool expected(const Rules& rules, const Question& asked) {
  for (unsigned bit : {BPF_DEVCG_ACC_READ, BPF_DEVCG_ACC_WRITE, BPF_DEVCG_ACC_MKNOD}) {
    if ((asked.access & bit) != 0 && !expected_for(rules, asked, bit)) return false;
  }
  return true;
}

// --- what the program does ---

std::vector<bpf_insn> instructions(const std::vector<std::byte>& program) {
  std::vector<bpf_insn> code(program.size() / sizeof(bpf_insn));
  if (!code.empty()) std::memcpy(code.data(), program.data(), program.size());
  return code;
}

bool jumps(const bpf_insn& instruction, const uint64_t* registers) {
  auto value = static_cast<uint32_t>(registers[instruction.dst_reg]);
  auto constant = static_cast<uint32_t>(instruction.imm);
  switch (instruction.code) {
    case BPF_JMP | BPF_JA:
      return true;
    case BPF_JMP32 | BPF_JEQ | BPF_K:
      return value == constant;
    case BPF_JMP32 | BPF_JNE | BPF_K:
      return value != constant;
    case BPF_JMP32 | BPF_JSET | BPF_K:
      return (value & constant) != 0;
    default:
      return false;
  }
}

bool run(const std::vector<bpf_insn>& code, const Question& asked) {
  if (code.empty()) return true;
  const uint32_t type = asked.type == 'b' ? BPF_DEVCG_DEV_BLOCK : BPF_DEVCG_DEV_CHAR;
  const uint32_t context[] = {asked.access << 16 | type, asked.major, asked.minor};
  uint64_t registers[11] = {};
  for (size_t at = 0; at < code.size(); ++at) {
    const bpf_insn& i = code[at];
    uint64_t& target = registers[i.dst_reg];
    auto constant = static_cast<uint32_t>(i.imm);
    switch (i.code) {
      case BPF_LDX | BPF_MEM | BPF_W:
        target = context[static_cast<size_t>(i.off) / sizeof(uint32_t)];
        break;
      case BPF_ALU | BPF_MOV | BPF_X:
        target = static_cast<uint32_t>(registers[i.src_reg]);
        break;
      case BPF_ALU | BPF_MOV | BPF_K:
        target = constant;
        break;
      case BPF_ALU | BPF_AND | BPF_K:
        target = static_cast<uint32_t>(target) & constant;
        break;
      case BPF_ALU | BPF_RSH | BPF_K:
        target = static_cast<uint32_t>(target) >> constant;
        break;
      case BPF_JMP | BPF_EXIT:
        return registers[0] == 1;
      default:
        if (BPF_CLASS(i.code) != BPF_JMP && BPF_CLASS(i.code) != BPF_JMP32) {
          ADD_FAILURE() << "unknown instruction";
        }
        if (jumps(i, registers)) at += static_cast<size_t>(i.off);
    }
  }
  ADD_FAILURE() << "ran off the end";
  return false;
}

// What the kernel's verifier insists on: every instruction is reached, jumps go forward and inside.
void expect_verifiable(const std::vector<bpf_insn>& code) {
  std::set<size_t> reached = {0};
  for (size_t at = 0; at < code.size(); ++at) {
    ASSERT_TRUE(reached.count(at)) << "instruction " << at << " is unreachable";
    const bpf_insn& i = code[at];
    if (i.code == (BPF_JMP | BPF_EXIT)) continue;
    bool is_jump = BPF_CLASS(i.code) == BPF_JMP || BPF_CLASS(i.code) == BPF_JMP32;
    if (is_jump) {
      ASSERT_GE(i.off, 0);
      reached.insert(at + 1 + static_cast<size_t>(i.off));
    }
    if (i.code != (BPF_JMP | BPF_JA)) reached.insert(at + 1);
  }
  EXPECT_LT(*reached.rbegin(), code.size());
}

void expect_faithful(const Rules& rules) {
  std::vector<bpf_insn> code = instructions(device_program(device_policy(rules)));
  if (!code.empty()) expect_verifiable(code);
  for (char type : {'b', 'c'}) {
    for (uint32_t major : {0U, 1U, 5U, 8U, 10U, 136U, 0xffffffffU}) {
      for (uint32_t minor : {0U, 2U, 3U, 5U, 9U, 200U, 0xffffffffU}) {
        for (unsigned access = 1; access < 8; ++access) {
          Question asked{type, major, minor, access};
          if (run(code, asked) == expected(rules, asked)) continue;
          FAIL() << type << " " << major << ":" << minor << " access " << access << " should be "
                 << (expected(rules, asked) ? "allowed" : "denied");
        }
      }
    }
  }
}

DeviceRule rule(bool allow, const char* type, std::optional<int64_t> major,
                std::optional<int64_t> minor, const char* access) {
  return {allow, type, major, minor, access};
}

std::string describe(const Rules& rules) {
  std::string text;
  for (const DeviceRule& r : rules) {
    text += std::string(*r.allow ? "allow " : "deny ") + r.type + " " +
            (r.major ? std::to_string(*r.major) : "*") + ":" +
            (r.minor ? std::to_string(*r.minor) : "*") + " " + r.access + "; ";
  }
  return text;
}

size_t length(const Rules& rules) {
  return instructions(device_program(device_policy(rules))).size();
}

const DeviceRule kDenyAll = rule(false, "", {}, {}, "rwm");
const DeviceRule kAllowAll = rule(true, "a", {}, {}, "rwm");

TEST(CgroupsDevices, WithoutRulesEverythingButTheDefaultsIsDenied) {
  expect_faithful({});
  expect_faithful({kDenyAll});
  EXPECT_FALSE(device_policy({}).allows_everything());
  EXPECT_LE(length({}), 32U) << "the usual program has grown";
}

TEST(CgroupsDevices, RulesThatRepeatTheDefaultsCostNothing) {
  Rules docker = {kDenyAll,
                  rule(true, "c", 1, 5, "rwm"),
                  rule(true, "c", 1, 3, "rwm"),
                  rule(true, "c", 1, 9, "rwm"),
                  rule(true, "c", 1, 8, "rwm"),
                  rule(true, "c", 5, 0, "rwm"),
                  rule(true, "c", 5, 1, "rwm"),
                  rule(false, "c", 10, 229, "rwm")};
  expect_faithful(docker);
  EXPECT_LE(length(docker), length({}) + 4);
}

TEST(CgroupsDevices, AllowEverythingNeedsNoProgram) {
  EXPECT_EQ(length({kAllowAll}), 0U);
  EXPECT_EQ(length({kDenyAll, rule(true, "", {}, {}, "rwm")}), 0U);
  EXPECT_EQ(length({rule(true, "c", {}, {}, "rwm"), rule(true, "b", -1, -1, "rwm")}), 0U);
  EXPECT_GT(length({rule(true, "c", {}, {}, "rwm")}), 0U);
  EXPECT_GT(length({kAllowAll, rule(false, "b", 8, 0, "r")}), 0U);
  EXPECT_GT(length({rule(true, "a", {}, {}, "rw")}), 0U);
}

TEST(CgroupsDevices, ExactDenialsBeatTheDefaults) {
  expect_faithful({rule(false, "c", 10, 200, "rwm")});
  expect_faithful({rule(false, "c", 1, 3, "w")});
  expect_faithful({rule(false, "b", 8, 0, "m")});
  expect_faithful({kAllowAll, rule(false, "c", 1, 5, "rw")});
  expect_faithful({rule(false, "c", 1, 5, "rwm"), kAllowAll});
  expect_faithful({rule(false, "c", 1, 5, "rwm"), rule(true, "c", 1, {}, "r")});
  // Wider ones do not: a container without /dev/null is of no use.
  expect_faithful({rule(false, "c", 1, {}, "rwm")});
  expect_faithful({rule(false, "a", 1, 3, "rwm")});
}

// Shows: cgdev-1, cgdev-4
TEST(CgroupsDevices, LaterRulesWinForEachAccess) {
  expect_faithful({rule(true, "b", 8, {}, "rwm"), rule(false, "b", 8, 2, "w")});
  expect_faithful({rule(false, "b", 8, 2, "w"), rule(true, "b", 8, {}, "rwm")});
  expect_faithful({rule(true, "b", 8, 0, "r"), rule(true, "b", {}, 0, "w")});
  expect_faithful({kAllowAll, rule(false, "b", {}, {}, "w"), rule(true, "b", 8, 9, "w")});
}

// Shows: cgdev-1, cgdev-3, cgdev-4
TEST(CgroupsDevices, MadeUpRules) {
  std::mt19937 random(20260101);  // NOLINT: the same rules every time
  auto pick = [&random](auto... values) {
    std::common_type_t<decltype(values)...> all[] = {values...};
    return all[random() % sizeof...(values)];
  };
  for (int round = 0; round < 200; ++round) {
    Rules rules;
    for (unsigned count = static_cast<unsigned>(random() % 7); count > 0; --count) {
      rules.push_back(rule(random() % 2 == 0, pick("", "a", "b", "c", "c"),
                           pick(std::optional<int64_t>(), std::optional<int64_t>(1),
                                std::optional<int64_t>(8), std::optional<int64_t>(136)),
                           pick(std::optional<int64_t>(), std::optional<int64_t>(0),
                                std::optional<int64_t>(3), std::optional<int64_t>(-1)),
                           pick("rwm", "rwm", "r", "w", "m", "rw", "rm")));
    }
    SCOPED_TRACE(describe(rules));
    expect_faithful(rules);
    if (HasFatalFailure()) return;
  }
}

TEST(CgroupsDevices, RuleWithoutAccess) {
  EXPECT_EQ(length({rule(true, "", {}, {}, "")}), 0U) << "absolute, as on cgroup v1";
  EXPECT_EQ(length({rule(true, "b", 8, 0, "")}), length({}));
  auto code = instructions(device_program(device_policy({rule(false, "c", 1, 5, "")})));
  EXPECT_FALSE(run(code, {'c', 1, 5, BPF_DEVCG_ACC_READ}));
}

// Shows: cgdev-4
TEST(CgroupsDevices, MeaninglessRulesAreErrors) {
  EXPECT_THROW(device_policy({rule(true, "p", 1, 1, "r")}), Error);
  EXPECT_THROW(device_policy({rule(true, "c", 1, 1, "rx")}), Error);
  EXPECT_THROW(device_policy({rule(true, "c", -2, 1, "r")}), Error);
  EXPECT_THROW(device_policy({rule(true, "c", 1, int64_t{1} << 32, "r")}), Error);
}

TEST(CgroupsDevices, ADenialOfOtherLettersDeniesEverything) {
  auto code = instructions(device_program(device_policy({rule(false, "c", 1, 5, "xa")})));
  for (unsigned access : {BPF_DEVCG_ACC_READ, BPF_DEVCG_ACC_WRITE, BPF_DEVCG_ACC_MKNOD}) {
    EXPECT_FALSE(run(code, {'c', 1, 5, access}));
  }
}

TEST(CgroupsDevices, TooManyRulesAreAnError) {
  Rules rules;
  for (int64_t major = 0; major < 9000; ++major) rules.push_back(rule(true, "c", major, 1, "r"));
  EXPECT_THROW(device_program(device_policy(rules)), Error);
}

}  // namespace
}  // namespace tare::cgroups
