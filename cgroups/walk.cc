// A container with a writable cgroup may nest thousands of them: deeper than a path may be long or
// descriptors may be open. So the walk holds one descriptor and comes back up through "..", which
// is exact because cgroup2 has no rename.
#include "cgroups/walk.h"

#include <fcntl.h>

#include <vector>

#include "cgroups/control_file.h"
#include "runtime/base/sys.h"

namespace tare::cgroups {
namespace {

struct Level {
  std::string name;                  // of this cgroup in its parent
  std::vector<std::string> pending;  // below it, not visited yet
};

}  // namespace

void walk(const Fd& top, const Visitor& visitor) {
  Fd current = sys::dup_cloexec(top);
  std::vector<Level> levels;
  auto enter = [&](std::string name) {
    if (visitor.enter) visitor.enter(current);
    levels.push_back({std::move(name), child_cgroups(current)});
  };
  enter("");
  for (;;) {
    std::vector<std::string>& pending = levels.back().pending;
    if (!pending.empty()) {
      std::string name = std::move(pending.back());
      pending.pop_back();
      auto child = open_below(current, name);
      if (!child) continue;
      current = std::move(*child);
      enter(std::move(name));
      continue;
    }
    std::string name = std::move(levels.back().name);
    levels.pop_back();
    if (levels.empty()) return;
    auto parent = sys::try_openat(current.get(), "..", O_PATH | O_DIRECTORY);
    if (!parent) return;
    current = std::move(*parent);
    if (visitor.leave) visitor.leave(current, name);
  }
}

}  // namespace tare::cgroups
