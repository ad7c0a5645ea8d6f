// The parts of the plan that limit: the cgroup, and the group of caches and memory bandwidth.
#include <algorithm>

#include "runtime/base/error.h"
#include "runtime/base/paths.h"
#include "runtime/container/plan_builder.h"

namespace tare {
namespace {

using namespaces::Kind;

// The cgroup is handed to the user of the process exactly when that one could use it: with a cgroup
// namespace of its own and a writable mount of it, which the specification knows by its source
// (own-3, own-4).
bool delegates(const PlanBuilder& builder) {
  if (!builder.namespaces.is_new(Kind::Cgroup)) return false;
  for (const oci::Mount& mount : builder.mount_list()) {
    const oci::Strings& options = mount.options;
    bool is_cgroup =
        mount.source == "cgroup" && clean_absolute(mount.destination) == "/sys/fs/cgroup";
    if (is_cgroup && std::find(options.begin(), options.end(), "ro") == options.end()) return true;
  }
  return false;
}

}  // namespace

void plan_cgroup(PlanBuilder& builder) {
  cgroups::Request request;
  request.manager = builder.request.manager;
  request.id = builder.request.id;
  request.cgroups_path = builder.linux_section().cgroups_path;
  request.resources = builder.linux_section().resources;
  request.tolerate_no_permission = builder.request.tolerate_no_cgroup;
  if (request.manager == cgroups::Manager::Systemd)
    request.annotations = builder.config.annotations;
  if (delegates(builder)) {
    uint32_t uid = builder.config.process ? builder.config.process->user.uid : 0;
    request.owner = builder.plan.id_maps ? namespaces::to_host(builder.plan.id_maps->uids, uid)
                                         : std::optional<uint32_t>(uid);
  }
  builder.plan.cgroup = cgroups::make_plan(request);
  for (const std::string& warning : builder.plan.cgroup.warnings) {
    builder.plan.warnings.push_back(warning);
  }
}

void plan_resctrl(PlanBuilder& builder) {
  const auto& wanted = builder.linux_section().intel_rdt;
  if (!wanted) return;
  auto mount = cgroups::find_resctrl();
  if (!mount) {
    throw Error("intelRdt is specified in config, but Intel RDT is not enabled")
        .with_hint("no resctrl file system is mounted");
  }
  builder.plan.resctrl = cgroups::plan_resctrl(*wanted, builder.request.id, *mount);
}

}  // namespace tare
