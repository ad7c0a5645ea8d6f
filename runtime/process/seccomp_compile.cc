// The only user of libseccomp. What it makes of a profile follows runc (runc.md 4.11):
// architectures that a rule does not fit are adapted or left out by libseccomp itself, two
// conditions on one argument turn every condition of the rule into a rule of its own (any of them
// matches), and a rule that does what the default does is not added, as libseccomp would refuse it.
//
// Comparisons are of all 64 bits. On 32-bit architectures libseccomp looks at the low half alone,
// which is all a system call has there.
#include "runtime/process/seccomp_compile.h"

#include <linux/audit.h>
#include <seccomp.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <cerrno>
#include <memory>
#include <string_view>

#include "runtime/base/error.h"
#include "runtime/base/log.h"
#include "runtime/base/strings.h"
#include "runtime/base/sys.h"
#include "runtime/process/seccomp_names.h"

namespace tare::process {
namespace {

struct Release {
  void operator()(void* filter) const { ::seccomp_release(filter); }
};
using Filter = std::unique_ptr<void, Release>;
using Conditions = std::vector<scmp_arg_cmp>;

// More system calls than this, and a search tree costs less than asking for each in turn.
constexpr size_t kTreeFrom = 32;
constexpr unsigned kArguments = 6;
// On some architectures socket and System V IPC calls are reached both by a multiplexer
// (socketcall, ipc) and by numbers of their own, and libseccomp answers with a pseudo number. None
// of their own numbers is higher than msgctl's.
constexpr uint32_t kNewestMultiplexed = 402;
constexpr int kNoSuchCallOnArchitecture = -10000;  // and below: libseccomp's pseudo numbers

void check(int result, const char* call, std::string_view object) {
  if (result < 0) throw Error(-result, call, object);
}

scmp_compare comparison(const std::string& op) {
  struct Named {
    std::string_view name;
    scmp_compare value;
  };
  static constexpr Named kOperators[] = {{"SCMP_CMP_NE", SCMP_CMP_NE},
                                         {"SCMP_CMP_LT", SCMP_CMP_LT},
                                         {"SCMP_CMP_LE", SCMP_CMP_LE},
                                         {"SCMP_CMP_EQ", SCMP_CMP_EQ},
                                         {"SCMP_CMP_GE", SCMP_CMP_GE},
                                         {"SCMP_CMP_GT", SCMP_CMP_GT},
                                         {"SCMP_CMP_MASKED_EQ", SCMP_CMP_MASKED_EQ}};
  for (const Named& known : kOperators) {
    if (known.name == op) return known.value;
  }
  throw Error("seccomp: unknown operator " + quote(op));
}

// SCMP_ARCH_X86_64 is "x86_64" to libseccomp, and so with all of them.
uint32_t architecture_token(const std::string& name) {
  constexpr std::string_view kPrefix = "SCMP_ARCH_";
  std::string lower;
  if (name.starts_with(kPrefix)) lower = name.substr(kPrefix.size());
  for (char& c : lower) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  uint32_t token = lower.empty() ? 0 : ::seccomp_arch_resolve_name(lower.c_str());
  if (token == 0) {
    throw Error("seccomp: architecture " + quote(name) + " is not known to libseccomp " +
                libseccomp_version());
  }
  return token;
}

std::vector<uint32_t> architecture_tokens(const oci::Seccomp& seccomp) {
  std::vector<uint32_t> tokens{::seccomp_arch_native()};
  for (const std::string& name : seccomp.architectures) {
    uint32_t token = architecture_token(name);
    if (std::find(tokens.begin(), tokens.end(), token) == tokens.end()) tokens.push_back(token);
  }
  return tokens;
}

void add_architectures(const Filter& filter, const oci::Seccomp& seccomp) {
  for (const std::string& name : seccomp.architectures) {
    int result = ::seccomp_arch_add(filter.get(), architecture_token(name));
    if (result == -EDOM) {
      throw Error("seccomp: architecture " + name + " has another byte order than this machine");
    }
    if (result != -EEXIST) check(result, "seccomp_arch_add", name);
  }
}

Conditions conditions_of(const oci::SeccompRule& rule) {
  Conditions conditions;
  for (const oci::SeccompArgument& argument : rule.args) {
    uint32_t index = argument.index.value_or(kArguments);
    if (index >= kArguments || !argument.value) {
      throw Error("seccomp: an argument needs a value and an index below 6");
    }
    conditions.push_back({index, comparison(argument.op), *argument.value, argument.value_two});
  }
  return conditions;
}

bool repeats_an_argument(const Conditions& conditions) {
  std::array<bool, kArguments> seen{};
  return std::any_of(conditions.begin(), conditions.end(), [&](const scmp_arg_cmp& condition) {
    return std::exchange(seen[condition.arg], true);
  });
}

void add_call(const Filter& filter, uint32_t action, const std::string& name,
              const Conditions& conditions) {
  int number = ::seccomp_syscall_resolve_name(name.c_str());
  auto add = [&](const scmp_arg_cmp* from, size_t count) {
    check(
        ::seccomp_rule_add_array(filter.get(), action, number, static_cast<unsigned>(count), from),
        "seccomp_rule_add", name);
  };
  if (!repeats_an_argument(conditions)) return add(conditions.data(), conditions.size());
  for (const scmp_arg_cmp& condition : conditions) add(&condition, 1);
}

bool known_call(const std::string& name) {
  return ::seccomp_syscall_resolve_name(name.c_str()) != __NR_SCMP_ERROR;
}

void add_rules(const Filter& filter, const oci::Seccomp& seccomp, uint32_t default_action) {
  oci::Strings unknown;
  for (const oci::SeccompRule& rule : seccomp.syscalls) {
    uint32_t action = seccomp_action(rule.action, rule.errno_ret);
    Conditions conditions = conditions_of(rule);
    for (const std::string& name : rule.names) {
      if (!known_call(name)) {
        unknown.push_back(quote(name));
      } else if (action != default_action) {
        add_call(filter, action, name, conditions);
      }
    }
  }
  if (!unknown.empty()) {
    log_debug("seccomp: system calls unknown to libseccomp skipped: " + join(unknown, ", "));
  }
}

size_t count_names(const oci::Seccomp& seccomp) {
  size_t count = 0;
  for (const oci::SeccompRule& rule : seccomp.syscalls) count += rule.names.size();
  return count;
}

std::optional<uint32_t> newest_call(const oci::Seccomp& seccomp, uint32_t token) {
  std::optional<uint32_t> newest;
  for (const oci::SeccompRule& rule : seccomp.syscalls) {
    for (const std::string& name : rule.names) {
      int number = ::seccomp_syscall_resolve_name_arch(token, name.c_str());
      if (number == __NR_SCMP_ERROR || number <= kNoSuchCallOnArchitecture) continue;
      uint32_t positive = number < 0 ? kNewestMultiplexed : static_cast<uint32_t>(number);
      newest = std::max(newest.value_or(0), positive);
    }
  }
  return newest;
}

std::vector<NewestCalls> newest_calls(const oci::Seccomp& seccomp) {
  std::vector<NewestCalls> all;
  for (uint32_t token : architecture_tokens(seccomp)) {
    bool x32 = token == SCMP_ARCH_X32;
    uint32_t architecture = x32 ? AUDIT_ARCH_X86_64 : token;
    auto found = std::find_if(all.begin(), all.end(), [&](const NewestCalls& calls) {
      return calls.architecture == architecture;
    });
    if (found == all.end()) found = all.insert(all.end(), {architecture, {}, {}});
    (x32 ? found->x32_number : found->number) = newest_call(seccomp, token);
  }
  return all;
}

std::vector<sock_filter> export_program(const Filter& filter) {
  Fd memory = sys::memfd_create("seccomp", 0);
  check(::seccomp_export_bpf(filter.get(), memory.get()), "seccomp_export_bpf", "");
  auto size = static_cast<size_t>(sys::fstat(memory).st_size);
  std::vector<sock_filter> program(size / sizeof(sock_filter));
  if (::pread(memory.get(), program.data(), size, 0) != static_cast<ssize_t>(size)) {
    throw Error(EIO, "read", "seccomp program");
  }
  return program;
}

}  // namespace

CompiledRules compile_rules(const oci::Seccomp& seccomp) {
  uint32_t default_action = seccomp_action(seccomp.default_action, seccomp.default_errno_ret);
  Filter filter(::seccomp_init(default_action));
  if (!filter) throw Error(EINVAL, "seccomp_init", seccomp.default_action);
  add_architectures(filter, seccomp);
  if (count_names(seccomp) > kTreeFrom) {
    check(::seccomp_attr_set(filter.get(), SCMP_FLTATR_CTL_OPTIMIZE, 2), "seccomp_attr_set",
          "SCMP_FLTATR_CTL_OPTIMIZE");
  }
  add_rules(filter, seccomp, default_action);
  return {export_program(filter), newest_calls(seccomp)};
}

std::string libseccomp_version() {
  const scmp_version* version = ::seccomp_version();
  return std::to_string(version->major) + "." + std::to_string(version->minor) + "." +
         std::to_string(version->micro);
}

uint32_t native_architecture() {
  return ::seccomp_arch_native();
}

}  // namespace tare::process
