// Profiles in a line, for the seccomp tests.
#pragma once

#include <linux/filter.h>

#include <cstring>
#include <string>
#include <utility>
#include <vector>

#include "oci/config.h"
#include "runtime/process/seccomp.h"

namespace tare::test {

inline oci::SeccompArgument argument(uint32_t index, std::string op, uint64_t value,
                                     uint64_t value_two = 0) {
  return {index, value, value_two, std::move(op)};
}

inline oci::SeccompRule rule(oci::Strings names, std::string action,
                             std::vector<oci::SeccompArgument> args = {}) {
  return {std::move(names), std::move(action), std::nullopt, std::move(args)};
}

inline oci::SeccompRule errno_rule(oci::Strings names, uint32_t number) {
  return {std::move(names), "SCMP_ACT_ERRNO", number, {}};
}

inline oci::Seccomp profile(std::string default_action, std::vector<oci::SeccompRule> rules = {},
                            oci::Strings architectures = {}) {
  oci::Seccomp seccomp;
  seccomp.default_action = std::move(default_action);
  seccomp.architectures = std::move(architectures);
  seccomp.syscalls = std::move(rules);
  return seccomp;
}

// What compile_seccomp gives, as instructions.
inline std::vector<sock_filter> compiled(const oci::Seccomp& seccomp, const Fd* cache = nullptr) {
  auto filter = process::compile_seccomp(seccomp, cache);
  std::vector<sock_filter> program(filter.value().program.size() / sizeof(sock_filter));
  std::memcpy(program.data(), filter->program.data(), filter->program.size());
  return program;
}

}  // namespace tare::test
