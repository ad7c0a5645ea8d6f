// The request for a sandbox's plan, in one place: whoever shows it shows what is executed.
#include "runtime/sandbox/policy_plan.h"

#include "oci/validate.h"
#include "runtime/base/error.h"
#include "runtime/sandbox/built_in_filters.h"

namespace tare::sandbox {
namespace {

std::optional<process::SeccompFilter> built_in_filter(const Policy& policy) {
  switch (policy.seccomp.kind) {
    case Seccomp::Kind::Default:
      return built_in_filter(Strictness::Default);
    case Seccomp::Kind::Strict:
      return built_in_filter(Strictness::Strict);
    default:
      return std::nullopt;
  }
}

}  // namespace

Blueprint proven_blueprint(const Policy& policy) {
  Blueprint blueprint = make_blueprint(policy);
  blueprint.config.root->path = "/";
  std::vector<oci::Violation> violations;
  oci::validate(blueprint.config, violations);
  if (!violations.empty()) throw Error(oci::describe("sandbox", violations));
  return blueprint;
}

Plan plan_of(const Policy& policy, const Blueprint& blueprint) {
  auto filter = built_in_filter(policy);
  PlanRequest request;
  request.filter = filter ? &*filter : nullptr;
  request.id = "sandbox";
  request.bundle = "/";
  request.attended = true;
  request.made_root = &blueprint.entries;
  const Scratch& scratch = blueprint.scratch;
  if (!scratch.directories.empty() || !scratch.files.empty()) request.scratch = &scratch;
  request.manager = cgroups::Manager::Disabled;
  oci::Config config = blueprint.config;
  config.linux_->resources.reset();
  return make_plan(config, request);
}

}  // namespace tare::sandbox
