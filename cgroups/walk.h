// Visiting a whole subtree of cgroups that somebody hostile may have shaped.
#pragma once

#include <functional>
#include <string>

#include "runtime/base/fd.h"

namespace tare::cgroups {

struct Visitor {
  std::function<void(const Fd& directory)> enter;  // a cgroup before those below it, top included
  // a cgroup after those below it, by name in its parent; not called for the top
  std::function<void(const Fd& parent, const std::string& name)> leave;
};

// Depth first. Cgroups that vanish meanwhile are passed over.
void walk(const Fd& top, const Visitor& visitor);

}  // namespace tare::cgroups
