// The record keeps one number of all limits: the sum of memory and swap (record.h). An update that
// sets a memory limit alone means that the sum stays, as it does on cgroup v1 and for engines; one
// that lifts the limit lifts the sum, too.
//
// Order: the record, the group of caches and memory bandwidth, the cgroup. Each takes itself back
// when a later one fails.
#include "runtime/container/update.h"

#include "cgroups/in_force.h"
#include "cgroups/resctrl.h"
#include "cgroups/update.h"
#include "runtime/base/error.h"
#include "runtime/base/log.h"
#include "runtime/base/user_namespace.h"
#include "runtime/container/status.h"

namespace tare {
namespace {

using namespace std::chrono_literals;

constexpr auto kPatience = 10s;

bool has_ended(oci::Status status) {
  return status == oci::Status::Creating || status == oci::Status::Stopped;
}

std::optional<cgroups::ResctrlGroup> change_resctrl(const UpdateRequest& request,
                                                    const ResctrlRecord& record) {
  if (request.l3_cache_schema.empty() && request.mem_bw_schema.empty()) return std::nullopt;
  auto mount = cgroups::find_resctrl();
  if (record.group.empty() || !mount) {
    throw Error("updating a non-existent Intel RDT configuration is not supported");
  }
  oci::IntelRdt wanted;
  wanted.l3_cache_schema = request.l3_cache_schema;
  wanted.mem_bw_schema = request.mem_bw_schema;
  return cgroups::ResctrlGroup::change(cgroups::plan_resctrl_update(wanted, record.group, *mount));
}

// Whether there is anything for the cgroup to do: a container without one can be asked for nothing.
bool is_empty(const oci::Resources& wanted) {
  return !wanted.memory && !wanted.cpu && !wanted.block_io && !wanted.pids && !wanted.network &&
         wanted.devices.empty() && wanted.hugepage_limits.empty() && wanted.rdma.empty() &&
         wanted.unified.empty();
}

cgroups::Target target_of(const CgroupRecord& cgroup) {
  return {.path = cgroup.path, .unit = cgroup.unit, .tolerate_no_permission = is_rootless()};
}

}  // namespace

void update(ContainerDirectory& directory, const UpdateRequest& request) {
  Scope scope("update " + directory.id());
  if (!directory.lock_within(kPatience)) {
    throw Error("another command, such as start, keeps the container busy");
  }
  const ContainerRecord before = directory.read();
  if (has_ended(container_status(directory, before))) throw Error("container not running");

  const oci::Resources wanted =
      cgroups::with_memory_and_swap(request.resources, before.cgroup.memory_and_swap);
  ContainerRecord after = before;
  after.cgroup.memory_and_swap =
      cgroups::memory_and_swap_after(wanted, before.cgroup.memory_and_swap);
  bool changed = after.cgroup.memory_and_swap != before.cgroup.memory_and_swap;
  if (changed) directory.write(after);
  try {
    auto resctrl = change_resctrl(request, before.resctrl);
    if (!is_empty(wanted)) cgroups::update(target_of(before.cgroup), wanted);
    if (resctrl) resctrl->keep();
  } catch (...) {
    if (changed) directory.write(before);
    throw;
  }
  log_debug("update " + before.id + ": done");
}

}  // namespace tare
