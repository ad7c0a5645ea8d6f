// The request for a sandbox's plan, in one place: whoever shows it shows what is executed.
#include "runtime/sandbox/policy_plan.h"

#include <unistd.h>

#include <algorithm>

#include "namespaces/id_map.h"
#include "oci/validate.h"
#include "runtime/base/error.h"

namespace tare::sandbox {
namespace {

constexpr const char* kId = "sandbox";

// An ordinary user's mounts are made inside, where no lock protects them from such a command.
void check_may_mount(const Policy& policy) {
  if (!may_mount(policy) || ::geteuid() == 0) return;
  throw Error(
      "CAP_SYS_ADMIN could make the read-only places of an ordinary user's sandbox writable")
      .with_hint("only root can let a command have it");
}

}  // namespace

bool may_mount(const Policy& policy) {
  const auto& capabilities = policy.identity.capabilities;
  return std::find(capabilities.begin(), capabilities.end(), "CAP_SYS_ADMIN") != capabilities.end();
}

Blueprint proven_blueprint(const Policy& policy) {
  check_may_mount(policy);
  Blueprint blueprint = make_blueprint(policy);
  blueprint.config.root->path = "/";
  std::vector<oci::Violation> violations;
  oci::validate(blueprint.config, violations);
  if (!violations.empty()) throw Error(oci::describe("configuration", violations));
  return blueprint;
}

Plan plan_of(const Policy& policy, Blueprint& blueprint, Filters& filters, bool gated) {
  PlanRequest request;
  request.id = kId;
  request.bundle = "/";
  request.attended = true;
  request.gated = gated;
  request.network_at_birth = policy.network == Network::Pasta;
  request.keeps_ids = !namespaces::to_host(blueprint.config.linux_->uid_mappings, 0);
  request.made_root = &blueprint.entries;
  const Scratch& scratch = blueprint.scratch;
  if (!scratch.directories.empty() || !scratch.files.empty()) request.scratch = &scratch;
  request.passed = policy.streams.passed;
  // The cgroup is apart from the plan (leaf.h).
  request.manager = cgroups::Manager::Disabled;
  blueprint.config.linux_->resources.reset();
  request.filter = filters.find(policy.seccomp);
  Plan plan = make_plan(blueprint.config, request);
  filters.keep(policy.seccomp, plan.filter);
  return plan;
}

}  // namespace tare::sandbox
