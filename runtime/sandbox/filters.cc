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

std::optional<Strictness> built_in(const Seccomp& seccomp) {
  switch (seccomp.kind) {
    case Seccomp::Kind::Default:
      return Strictness::Default;
    case Seccomp::Kind::Strict:
      return Strictness::Strict;
    case Seccomp::Kind::None:
    case Seccomp::Kind::File:
    case Seccomp::Kind::Program:
      break;
  }
  return std::nullopt;
}

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
  auto ours = built_in(seccomp);
  if (!ours) return nullptr;
  return &known_.emplace(std::move(key), built_in_filter(*ours)).first->second;
}

void Filters::keep(const Seccomp& seccomp, const std::optional<process::SeccompFilter>& filter) {
  if (filter) known_.emplace(key_of(seccomp), *filter);
}

}  // namespace tare::sandbox
