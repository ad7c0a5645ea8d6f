// Compiled seccomp filters.
#pragma once

#include <map>
#include <optional>
#include <string>

#include "runtime/process/seccomp.h"
#include "runtime/sandbox/policy.h"
#include "runtime/sandbox/seccomp_profile.h"

namespace tare::sandbox {

// Which of our own profiles that is.
std::optional<Strictness> built_in(const Seccomp& seccomp);

// Those of one process, so that its sandboxes share them.
class Filters {
 public:
  // The one that a policy asks for; nullptr: it asks for none, or for one that is not known yet.
  const process::SeccompFilter* find(const Seccomp& seccomp);
  void keep(const Seccomp& seccomp, const std::optional<process::SeccompFilter>& filter);

 private:
  std::map<std::string, process::SeccompFilter> known_;
};

}  // namespace tare::sandbox
