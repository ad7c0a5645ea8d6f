// Hooks of create and start. Those of the runtime's namespaces are run by the parent, which the
// child waits for; those of the container's namespaces by tare-init itself. Each reads the state
// document from a memory file that the parent fills once it knows the pid.
#include <algorithm>
#include <limits>

#include "runtime/base/sys.h"
#include "runtime/container/plan_builder.h"

namespace tare {
namespace {

using act::OpKind;
using act::Step;

void plan_container_hooks(PlanBuilder& builder, const std::vector<oci::Hook>& hooks,
                          const std::string& kind, int input) {
  for (size_t i = 0; i < hooks.size(); ++i) {
    const oci::Hook& hook = hooks[i];
    Step& step =
        builder.add(OpKind::Hook, "error running " + kind + " hook #" + std::to_string(i + 1));
    step.fd = input;
    step.text = hook.path;
    step.data = act::pack(hook.args.empty() ? oci::Strings{hook.path} : hook.args);
    // Absent: nothing is handed down; init has no environment of its own (CVE-2025-23266).
    step.data2 = act::pack(hook.env.value_or(oci::Strings{}));
    step.number = static_cast<uint32_t>(
        std::min<int64_t>(hook.timeout.value_or(0), std::numeric_limits<int32_t>::max()));
    step.a = builder.request.caller_umask;
  }
}

}  // namespace

void plan_create_hooks(PlanBuilder& builder) {
  if (!builder.config.hooks) return;
  const oci::Hooks& hooks = *builder.config.hooks;
  Plan& plan = builder.plan;
  plan.runtime_hooks_prestart = hooks.prestart;
  plan.runtime_hooks_create = hooks.create_runtime;
  if (!hooks.create_container.empty()) {
    plan.container_hook_input = plan.steps.slot(sys::memfd_create("state", 0));
  }
  if (hooks.prestart.empty() && hooks.create_runtime.empty() && hooks.create_container.empty()) {
    return;
  }
  Step& sync = builder.add(OpKind::Sync, "hooks");
  sync.number = static_cast<uint32_t>(act::SyncPoint::RuntimeHooks);
  plan_container_hooks(builder, hooks.create_container, "createContainer",
                       plan.container_hook_input);
}

void plan_start_hooks(PlanBuilder& builder) {
  if (!builder.config.hooks || builder.config.hooks->start_container.empty()) return;
  plan_container_hooks(builder, builder.config.hooks->start_container, "startContainer",
                       builder.plan.start_hook_input);
}

}  // namespace tare
