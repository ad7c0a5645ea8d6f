// libseccomp knows the numbers of every system call on every architecture, and that is what it is
// used for, here alone. Its program generator is not: with two comparisons of one argument, or two
// rules with different ones for one call, version 2.5 answers what neither rule says (a test of
// ours shows it), and it takes 13 to 19 ms for an engine's profile where this takes 0.3 to 0.5.
//
// What rules mean together follows libseccomp and runc (runc.md 4.11): two conditions on one
// argument make each condition of the rule an alternative; a rule without conditions decides for
// its call, wherever it stands; otherwise the first that holds does.
#include "runtime/process/seccomp_rules.h"

#include <linux/audit.h>
#include <seccomp.h>

#include <algorithm>
#include <array>
#include <bit>
#include <cctype>
#include <cstdlib>
#include <string_view>
#include <utility>

#include "oci/names.h"
#include "runtime/base/error.h"
#include "runtime/base/log.h"
#include "runtime/base/strings.h"
#include "runtime/process/seccomp_names.h"

namespace tare::process {
namespace {

constexpr unsigned kArguments = 6;
constexpr uint32_t kX32Bit = 0x40000000;
constexpr uint32_t kLastNumber = 0xfffffffe;

struct Abi {
  uint32_t token;  // of libseccomp
  AbiRules rules;
  bool narrow;               // arguments have 32 bits
  oci::Map<uint32_t> names;  // of the higher numbers, when asked for
};

// A rule of the profile, ready to be added to any ABI.
struct Rule {
  std::vector<std::vector<Condition>> alternatives;  // any of them
  uint32_t action = 0;
};

Comparison comparison_named(const std::string& op) {
  struct Named {
    std::string_view name;
    Comparison value;
  };
  static constexpr Named kOperators[] = {{"SCMP_CMP_NE", Comparison::Ne},
                                         {"SCMP_CMP_LT", Comparison::Lt},
                                         {"SCMP_CMP_LE", Comparison::Le},
                                         {"SCMP_CMP_EQ", Comparison::Eq},
                                         {"SCMP_CMP_GE", Comparison::Ge},
                                         {"SCMP_CMP_GT", Comparison::Gt},
                                         {"SCMP_CMP_MASKED_EQ", Comparison::MaskedEq}};
  for (const Named& known : kOperators) {
    if (known.name == op) return known.value;
  }
  throw Error("seccomp: unknown operator " + quote(op));
}

Condition condition_of(const oci::SeccompArgument& argument) {
  Condition condition;
  condition.argument = argument.index.value_or(kArguments);
  if (condition.argument >= kArguments || !argument.value) {
    throw Error("seccomp: an argument needs a value and an index below 6");
  }
  condition.comparison = comparison_named(argument.op);
  condition.value = *argument.value;
  if (condition.comparison == Comparison::MaskedEq) {
    condition.mask = *argument.value;
    condition.value = argument.value_two & condition.mask;
  }
  return condition;
}

Rule rule_of(const oci::SeccompRule& source) {
  Rule rule;
  rule.action = seccomp_action(source.action, source.errno_ret);
  std::vector<Condition> all;
  std::array<bool, kArguments> seen{};
  bool repeated = false;
  for (const oci::SeccompArgument& argument : source.args) {
    all.push_back(condition_of(argument));
    repeated = std::exchange(seen[all.back().argument], true) || repeated;
  }
  if (!repeated) {
    rule.alternatives.push_back(std::move(all));
  } else {
    for (const Condition& condition : all) rule.alternatives.push_back({condition});
  }
  return rule;
}

// 0 when libseccomp does not know it. SCMP_ARCH_X86_64 is "x86_64" there, and so with all of them.
uint32_t known_architecture(std::string_view name) {
  constexpr std::string_view kPrefix = "SCMP_ARCH_";
  if (!name.starts_with(kPrefix)) return 0;
  std::string lower(name.substr(kPrefix.size()));
  for (char& c : lower) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return lower.empty() ? 0 : ::seccomp_arch_resolve_name(lower.c_str());
}

uint32_t architecture_token(const std::string& name) {
  uint32_t token = known_architecture(name);
  if (token == 0) {
    throw Error("seccomp: architecture " + quote(name) + " is not known to libseccomp " +
                libseccomp_version());
  }
  // Arguments are looked at by halves, whose order is the machine's.
  constexpr bool kLittleEndian = std::endian::native == std::endian::little;
  if (((token & __AUDIT_ARCH_LE) != 0) != kLittleEndian) {
    throw Error("seccomp: architecture " + name + " has another byte order than this machine");
  }
  return token;
}

Abi abi_of(uint32_t token) {
  Abi abi{token, {token, 0, kLastNumber, {}, {}}, (token & __AUDIT_ARCH_64BIT) == 0, {}};
  if (token == SCMP_ARCH_X86_64) abi.rules.last = kX32Bit - 1;
  if (token == SCMP_ARCH_X32) {
    abi.rules.architecture = AUDIT_ARCH_X86_64;
    abi.rules.first = kX32Bit;
  }
  return abi;
}

std::vector<Abi> abis_of(const oci::Seccomp& seccomp) {
  std::vector<Abi> abis{abi_of(::seccomp_arch_native())};
  for (const std::string& name : seccomp.architectures) {
    uint32_t token = architecture_token(name);
    if (std::none_of(abis.begin(), abis.end(), [&](auto& abi) { return abi.token == token; })) {
      abis.push_back(abi_of(token));
    }
  }
  return abis;
}

// A negative number of 64 bits is meant as one of 32 where arguments have no more.
void fit(std::vector<Condition>& conditions) {
  constexpr uint64_t kSigns = 0xffffffff80000000;
  for (Condition& condition : conditions) {
    if ((condition.value & kSigns) == kSigns) condition.value &= 0xffffffff;
  }
}

void add_clause(AbiRules& abi, uint32_t number, Clause clause) {
  std::vector<Clause>& clauses = abi.calls[number];
  if (!clauses.empty() && clauses.front().conditions.empty()) return;
  if (clause.conditions.empty()) clauses.clear();
  clauses.push_back(std::move(clause));
}

void add_rule(Abi& abi, uint32_t number, const Rule& rule) {
  for (std::vector<Condition> conditions : rule.alternatives) {
    if (abi.narrow) fit(conditions);
    add_clause(abi.rules, number, {std::move(conditions), rule.action});
  }
}

bool permits(uint32_t action) {
  return action == SCMP_ACT_ALLOW || action == SCMP_ACT_LOG || (action >> 16) == 0x7ff0;
}

// Behind socketcall or ipc, which call it is stands in the first argument, and its own arguments
// are in memory that a filter cannot read. There a rule with conditions that permits is left out,
// and one that refuses does so unconditionally.
void add_multiplexed(AbiRules& abi, uint32_t number, uint64_t which, const Rule& rule) {
  if (!rule.alternatives.front().empty() && permits(rule.action)) return;
  add_clause(abi, number, {{{0, Comparison::Eq, which, 0}}, rule.action});
}

// The number a multiplexed call has of its own, if any. libseccomp tells it in the other direction
// only, and slowly, so it is asked once an ABI.
std::optional<uint32_t> direct_number(Abi& abi, const std::string& name) {
  constexpr int kFrom = 300, kTo = 450;  // Linux 4.3 and 5.1 added them
  if (abi.names.empty()) {
    for (int number = kFrom; number < kTo; ++number) {
      char* found = ::seccomp_syscall_resolve_num_arch(abi.token, number);
      if (found != nullptr) abi.names.emplace(found, static_cast<uint32_t>(number));
      std::free(found);
    }
  }
  auto found = abi.names.find(name);
  if (found == abi.names.end()) return std::nullopt;
  return found->second;
}

void note_newest(AbiRules& abi, uint32_t number) {
  abi.newest = std::max(abi.newest.value_or(0), number);
}

// `rule` is null for one that does what the default does: its calls count as known to the profile.
void add_call(Abi& abi, const std::string& name, const Rule* rule) {
  int number = ::seccomp_syscall_resolve_name_arch(abi.token, name.c_str());
  if (number >= 0) {
    note_newest(abi.rules, static_cast<uint32_t>(number));
    if (rule != nullptr) add_rule(abi, static_cast<uint32_t>(number), *rule);
    return;
  }
  // -101 … are functions 1 … of socketcall, -201 … of ipc; the rest does not exist here.
  if (number == __NR_SCMP_ERROR || number <= -300) return;
  int multiplexer = ::seccomp_syscall_resolve_name_rewrite(abi.token, name.c_str());
  if (multiplexer < 0) return;
  note_newest(abi.rules, static_cast<uint32_t>(multiplexer));
  if (rule != nullptr) {
    add_multiplexed(abi.rules, static_cast<uint32_t>(multiplexer),
                    static_cast<uint64_t>(-number % 100), *rule);
  }
  if (auto direct = direct_number(abi, name)) {
    note_newest(abi.rules, *direct);
    if (rule != nullptr) add_rule(abi, *direct, *rule);
  }
}

bool known_call(const std::string& name) {
  return ::seccomp_syscall_resolve_name(name.c_str()) != __NR_SCMP_ERROR;
}

}  // namespace

std::vector<AbiRules> rules_by_number(const oci::Seccomp& seccomp) {
  uint32_t fallback = seccomp_action(seccomp.default_action, seccomp.default_errno_ret);
  std::vector<Abi> abis = abis_of(seccomp);
  oci::Strings unknown;
  for (const oci::SeccompRule& source : seccomp.syscalls) {
    Rule rule = rule_of(source);
    const Rule* used = rule.action == fallback ? nullptr : &rule;
    for (const std::string& name : source.names) {
      if (!known_call(name)) unknown.push_back(quote(name));
      for (Abi& abi : abis) add_call(abi, name, used);
    }
  }
  if (!unknown.empty()) {
    log_debug("seccomp: system calls unknown to libseccomp skipped: " + join(unknown, ", "));
  }
  std::vector<AbiRules> rules;
  rules.reserve(abis.size());
  for (Abi& abi : abis) rules.push_back(std::move(abi.rules));
  return rules;
}

std::string libseccomp_version() {
  const scmp_version* version = ::seccomp_version();
  return std::to_string(version->major) + "." + std::to_string(version->minor) + "." +
         std::to_string(version->micro);
}

oci::Strings seccomp_architectures() {
  oci::Strings known;
  for (std::string_view name : oci::kSeccompArchitectures) {
    if (known_architecture(name) != 0) known.emplace_back(name);
  }
  return known;
}

uint32_t native_architecture() {
  return ::seccomp_arch_native();
}

}  // namespace tare::process
