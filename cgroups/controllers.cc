// All available controllers are enabled, not only those with limits: engines read their statistics.
// The kernel takes a list of them as a whole or not at all, so after a refusal each is tried alone.
// Usual reasons for one: the cgroup has processes of its own (EBUSY, the "no internal process" rule
// of cgroups(7)), it is not ours (EACCES), the controller is not enabled above (ENOENT).
#include "cgroups/controllers.h"

#include <algorithm>
#include <cerrno>

#include "cgroups/control_file.h"
#include "cgroups/resources.h"
#include "runtime/base/error.h"
#include "runtime/base/strings.h"

namespace tare::cgroups {
namespace {

constexpr const char* kFile = "cgroup.subtree_control";

void require_unneeded(const std::string& controller, const std::string& path, const Plan& plan,
                      int error) {
  for (const FileWrite& write : plan.writes) {
    if (write.no_limit || controller_of(write.file) != controller) continue;
    Error failure(error, write.pointer + " needs the " + controller + " controller: write",
                  path + "/" + kFile);
    if (error == EBUSY) {
      failure.with_hint(
          "a cgroup with processes of its own cannot give controllers to children: "
          "move them, or choose another linux.cgroupsPath");
    }
    throw failure;
  }
}

}  // namespace

std::vector<std::string> not_enabled(const Fd& directory, const std::vector<std::string>& wanted) {
  std::vector<std::string> enabled = words(read_control(directory.get(), kFile).value_or(""));
  std::vector<std::string> missing;
  for (const std::string& controller : wanted) {
    if (std::find(enabled.begin(), enabled.end(), controller) == enabled.end()) {
      missing.push_back(controller);
    }
  }
  return missing;
}

void enable_controllers(const Fd& directory, const std::string& path, const Plan& plan,
                        std::vector<std::string>& wanted) {
  std::vector<std::string> missing = not_enabled(directory, wanted);
  if (missing.empty()) return;
  std::string all;
  for (const std::string& controller : missing) all += (all.empty() ? "+" : " +") + controller;
  if (try_write_control(directory.get(), kFile, all) == 0) return;
  for (const std::string& controller : missing) {
    int error = try_write_control(directory.get(), kFile, "+" + controller);
    if (error == 0) continue;
    require_unneeded(controller, path, plan, error);
    std::erase(wanted, controller);
  }
}

}  // namespace tare::cgroups
