// Those of our own profiles come with the program.
#include "runtime/sandbox/filters.h"

#include <span>

#include "runtime/sandbox/built_in_filters.h"

namespace tare::sandbox {
namespace {

std::string key_of(const Seccomp& seccomp) {
  return std::to_string(static_cast<int>(seccomp.kind)) + seccomp.file + seccomp.program;
}

}  // namespace

const process::SeccompFilter* Filters::find(const Seccomp& seccomp) {
  std::string key = key_of(seccomp);
  auto known = known_.find(key);
  if (known != known_.end()) return &known->second;
  if (seccomp.kind == Seccomp::Kind::Program) {
    process::SeccompFilter filter;
    auto bytes = std::as_bytes(std::span(seccomp.program));
    filter.program.assign(bytes.begin(), bytes.end());
    return &known_.emplace(std::move(key), std::move(filter)).first->second;
  }
  if (seccomp.kind != Seccomp::Kind::Default && seccomp.kind != Seccomp::Kind::Strict) {
    return nullptr;
  }
  bool strict = seccomp.kind == Seccomp::Kind::Strict;
  auto filter = built_in_filter(strict ? Strictness::Strict : Strictness::Default);
  return &known_.emplace(std::move(key), std::move(filter)).first->second;
}

void Filters::keep(const Seccomp& seccomp, const std::optional<process::SeccompFilter>& filter) {
  if (filter) known_.emplace(key_of(seccomp), *filter);
}

}  // namespace tare::sandbox
