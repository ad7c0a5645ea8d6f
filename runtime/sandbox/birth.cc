// The same stages as create (runtime/container/create.cc), without a record: the sandbox dies with
// this process.
//
//   parent                                   child
//     plan
//     clone3(namespaces | INTO_CGROUP) ────→ dies with the parent; tare-init
//     id maps ─────────────────────────────→ mounts, ids, capabilities; forks, and stays to reap
//     told of the command's process ←──────  the new process: Sync(Ready)
//     goes on                        ──────→ filter, execve: the channel closes
#include "runtime/sandbox/birth.h"

#include <fcntl.h>
#include <linux/capability.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>

#include "namespaces/tree_locks.h"
#include "runtime/base/error.h"
#include "runtime/base/log.h"
#include "runtime/base/sys.h"
#include "runtime/container/birth.h"
#include "runtime/container/init_image.h"
#include "runtime/process/capabilities.h"
#include "runtime/sandbox/policy_plan.h"

namespace tare::sandbox {
namespace {

ContainerRecord nameless_record() {
  ContainerRecord record;
  record.id = "sandbox";
  return record;
}

// For an init image where memory files may not be executed.
Fd temporary_folder() {
  return sys::openat(AT_FDCWD, "/tmp", O_RDONLY | O_DIRECTORY);
}

// Through a socket there, commands could pass each other a look into a network that is somebody
// else's by then.
bool is_writable_place(const Place& place) {
  using Kind = Place::Kind;
  return place.kind == Kind::Bind || place.kind == Kind::DeviceBind || place.kind == Kind::Overlay;
}

// What it does to its network is counted (lone_network.cc) where it has no privileges over it, and
// of the system calls those that we know.
bool may_share_network(const Policy& policy) {
  return policy.network == Network::None && policy.identity.capabilities.empty() &&
         built_in(policy.seccomp) && policy.streams.passed.empty() &&
         std::ranges::none_of(policy.places, is_writable_place) &&
         process::has_capability(CAP_SYS_ADMIN);
}

// One that another command has left as it was.
std::optional<LoneNetwork> take_network(LoneNetworks& networks, oci::Config& config) {
  auto network = networks.take();
  if (!network) return std::nullopt;
  for (oci::Namespace& ns : config.linux_->namespaces) {
    if (ns.type == "network") ns.path = network->path();
  }
  return network;
}

}  // namespace

Birth::Birth(const Policy& policy, Blueprint blueprint, Workshop& workshop, Cradle cradle)
    : blueprint_(std::move(blueprint)),
      shares_network_(workshop.networks && may_share_network(policy)),
      network_(shares_network_ ? take_network(*workshop.networks, blueprint_.config)
                               : std::nullopt),
      plan_(plan_of(policy, blueprint_, workshop.filters, cradle.gated)),
      child_(bear(policy, workshop, cradle)),
      record_(nameless_record()),
      conversation_({plan_, channel_, child_, record_}) {}

namespaces::Child Birth::bear(const Policy& policy, Workshop& workshop, Cradle cradle) {
  for (const std::string& warning : plan_.warnings) log_warning(warning);
  log_steps(plan_);
  sys::Pipe status = sys::pipe();
  status_ = std::move(status.reader);
  plan_.steps.fill(plan_.status_slot, std::move(status.writer));
  // Otherwise nothing in the sandbox may ever change a mount: nobody else can enter it, and a user
  // namespace below it gets copies that the kernel locks.
  if (may_mount(policy)) ending_ = namespaces::lock_trees(plan_.host_trees, plan_.steps);
  if (!workshop.init_image) workshop.init_image = open_init_image(temporary_folder());
  namespaces::SpawnRequest request;
  request.flags = plan_.clone_flags;
  request.cgroup_fd = cradle.leaf.birthplace();
  request.maps_follow = true;
  request.streams = cradle.streams;
  request.preserved = policy.streams.passed;
  request.init_fd = workshop.init_image.get();
  namespaces::Child child = spawn_init(plan_, channel_, request, {});
  plan_.steps.let_go();
  {
    Scope scope("id maps");
    namespaces::write_id_maps(child.pid(), child.pidfd(), *plan_.id_maps, plan_.map_writer);
  }
  if (policy.network == Network::Pasta) pasta_ = Pasta(child.pid());
  channel_.child_prepared();
  return child;
}

Birth::Stage Birth::hear() {
  if (conversation_.ready()) {
    return conversation_.hear_execution() ? Stage::Running : Stage::Executing;
  }
  SeccompAgent no_agent;
  conversation_.hear(no_agent);
  if (!conversation_.ready()) return Stage::Preparing;
  if (shares_network_ && !network_ && plan_.gated) network_ = LoneNetwork::of(child_.pid());
  return Stage::Ready;
}

Family Birth::take() {
  return {conversation_.take_reaper(), std::move(child_), std::move(status_), std::move(pasta_),
          std::move(network_)};
}

}  // namespace tare::sandbox
