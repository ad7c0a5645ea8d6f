// Rules by system call number, and the BPF program that follows them.
#pragma once

#include <linux/filter.h>

#include <cstdint>
#include <map>
#include <optional>
#include <vector>

namespace tare::process {

enum class Comparison { Ne, Lt, Le, Eq, Ge, Gt, MaskedEq };

// One comparison of all 64 bits of an argument.
struct Condition {
  unsigned argument = 0;  // 0..5
  Comparison comparison = Comparison::Eq;
  uint64_t value = 0;
  uint64_t mask = 0;  // MaskedEq only
};

// When all conditions hold, the SECCOMP_RET_* value.
struct Clause {
  std::vector<Condition> conditions;
  uint32_t action = 0;
};

// The calls of one ABI. Two share an architecture where the kernel tells them apart by number.
struct AbiRules {
  uint32_t architecture = 0;                      // AUDIT_ARCH_* of struct seccomp_data
  uint32_t first = 0, last = 0;                   // its numbers
  std::map<uint32_t, std::vector<Clause>> calls;  // the first clause that holds decides
  std::optional<uint32_t> newest;                 // the highest number named
};

struct Answers {
  uint32_t fallback = 0;  // no clause holds
  uint32_t newer = 0;     // numbers above the newest of an ABI that names any
  uint32_t foreign = 0;   // numbers and architectures of no ABI
};

// Architectures are asked for in the order of their first ABI. The number -1 gets the fallback on
// each of them: it is how a tracer skips a call (seccomp(2)).
std::vector<sock_filter> generate_program(const std::vector<AbiRules>& abis,
                                          const Answers& answers);

}  // namespace tare::process
