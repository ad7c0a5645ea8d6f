// The recipe of a container, top to bottom in the order in which tare-init will do it. Order is
// security here; each part's file says why its own is as it is (and security.md 2.8 for the whole).
#include "runtime/container/plan.h"

#include "runtime/base/sys.h"
#include "runtime/container/plan_builder.h"

namespace tare {

using act::OpKind;

const oci::Linux& PlanBuilder::linux_section() const {
  static const oci::Linux kNone;
  return config.linux_ ? *config.linux_ : kNone;
}

namespace {

// Slots that later parts fill and earlier ones must keep open.
void reserve_slots(PlanBuilder& builder) {
  Plan& plan = builder.plan;
  plan.start_slot = plan.steps.empty_slot();
  if (builder.request.attended) plan.status_slot = plan.steps.empty_slot();
  bool start_hooks = builder.config.hooks && !builder.config.hooks->start_container.empty();
  if (start_hooks) plan.start_hook_input = plan.steps.slot(sys::memfd_create("state", 0));
}

}  // namespace

Plan make_plan(const oci::Config& config, const PlanRequest& request) {
  PlanBuilder builder{config,
                      request,
                      namespaces::NamespaceSet::open(config.linux_ ? config.linux_->namespaces
                                                                   : std::vector<oci::Namespace>{}),
                      {},
                      -1,
                      -1,
                      -1,
                      {},
                      {},
                      {}};
  reserve_slots(builder);
  plan_user_namespace(builder);
  plan_cgroup(builder);
  plan_resctrl(builder);
  plan_root(builder);  // decides whose job bind sources are

  builder.add(OpKind::Session, "new session");
  plan_join(builder);
  plan_filesystem(builder);
  plan_create_hooks(builder);
  plan_label_procfs(builder);
  plan_switch_root(builder);
  plan_restrictions(builder);
  plan_terminal(builder);
  plan_settings(builder);
  // From here on nothing of the host is within reach of this process, and no child of it may be
  // made but with the capabilities of the container's program.
  plan_join_pid_namespace(builder);
  plan_identity(builder);
  plan_enter_pid_namespace(builder);
  plan_gate_and_program(builder);
  builder.plan.filter = std::move(builder.filter);
  return std::move(builder.plan);
}

}  // namespace tare
