// Hooks of create and start. Those of the runtime's namespaces are run by the parent, which the
// child waits for; those of the container's namespaces by tare-init itself. Each reads the state
// document from a memory file that the parent fills once it knows the pid.
#include <algorithm>
#include <limits>

#include "runtime/base/sys.h"
#include "runtime/container/hooks.h"
#include "runtime/container/plan_builder.h"

namespace tare {
namespace {

using act::OpKind;
using act::Step;

Step& plan_container_hook(PlanBuilder& builder, const oci::Hook& hook, std::string what) {
  Step& step = builder.add(OpKind::Hook, std::move(what));
  step.text = hook.path;
  step.data = act::pack(hook.args.empty() ? oci::Strings{hook.path} : hook.args);
  step.data2 = act::pack(hook.env.value_or(oci::Strings{}));
  step.number = static_cast<uint32_t>(
      std::min<int64_t>(hook.timeout.value_or(0), std::numeric_limits<int32_t>::max()));
  step.a = builder.request.caller_umask;
  return step;
}

// Absent, an environment is empty here: what the configuration gives to the image's program must
// not steer programs of the host (CVE-2025-23266).
void plan_create_container_hooks(PlanBuilder& builder, const std::vector<oci::Hook>& hooks) {
  for (size_t i = 0; i < hooks.size(); ++i) {
    Step& step = plan_container_hook(builder, hooks[i], hook_failed("createContainer", i));
    step.fd = builder.plan.container_hook_input;
    step.b = i;
    step.flags = act::flag::kAtRoot;
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
  plan_create_container_hooks(builder, hooks.create_container);
}

// Programs of the image, as the process is, and so as confined as it: a filter that waits for
// execve is loaded in each of them too.
void plan_start_hooks(PlanBuilder& builder, const StartHookSetting& setting) {
  if (!builder.config.hooks) return;
  const std::vector<oci::Hook>& hooks = builder.config.hooks->start_container;
  for (size_t i = 0; i < hooks.size(); ++i) {
    Step& step = plan_container_hook(builder, hooks[i], hook_failed("startContainer", i));
    step.fd = builder.plan.start_hook_input;
    step.b = i;
    if (!hooks[i].env) {
      step.data2 = act::pack(setting.env);
      step.flags = act::flag::kHomeToo;
    }
    step.text2 = setting.filter;
    step.c = setting.filter_flags;
  }
}

}  // namespace tare
