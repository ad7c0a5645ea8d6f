// An update of limits as data, and its writes with their undo.
#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "cgroups/cgroup.h"
#include "cgroups/in_force.h"
#include "cgroups/writes.h"
#include "oci/config.h"

namespace tare::cgroups {

struct UpdatePlan {
  std::vector<FileWrite> writes;
  std::map<std::string, std::vector<FileWrite>> undo;  // by file written
  // bpf_insn[]; empty: every device is allowed. Absent: nothing changes.
  std::optional<std::vector<std::byte>> device_program;
  std::vector<std::string> warnings;
};

// Decides; `read` is all it knows of the cgroup. Throws for what breaks a rule of the
// specification or has no meaning beside the limits in force. Pure.
UpdatePlan plan_update(const oci::Resources& wanted, const ReadControl& read);

// Drops the writes that only lift a limit of a controller which the cgroup at `path` does not have,
// and throws for any other of such a controller. `controllers` are those it has.
void require_enabled(std::vector<FileWrite>& writes, const std::vector<std::string>& controllers,
                     const std::string& path);

// Carries out the writes of a plan. The destructor puts back what was written unless it is kept.
class Changes {
 public:
  // Borrows the plan.
  Changes(const UpdatePlan& plan, TryWrite try_write);
  Changes(const Changes&) = delete;
  Changes& operator=(const Changes&) = delete;
  ~Changes();

  // Stops at the first write that fails and returns it.
  std::optional<WriteFailure> write();
  void keep() { kept_ = true; }

 private:
  void undo();

  const UpdatePlan& plan_;
  TryWrite try_write_;
  std::vector<std::string> written_;  // files, in the order of their first write
  bool kept_ = false;
};

}  // namespace tare::cgroups
