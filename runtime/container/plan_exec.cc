// The recipe of another process in a container that is there. Everything is as in plan.cc, which
// says why, but that namespaces and root are joined, not made.
//
// By init's pidfd (setns(2), Linux 5.8): a number in /proc could be another process's by now. The
// pid namespace comes last, as in create: its inhabitants are not to see us before we are theirs.
#include <linux/sched.h>
#include <unistd.h>

#include "runtime/container/plan_builder.h"

namespace tare {
namespace {

using act::OpKind;
using act::Step;

// All but the pid namespace, by one call: the kernel joins the user namespace first.
void plan_join_container(PlanBuilder& builder, int flags) {
  int now = flags & ~CLONE_NEWPID;
  bool drops_groups = (flags & CLONE_NEWUSER) != 0 && ::geteuid() == 0 && !keeps_groups(builder);
  // The caller's groups go now: setgroups(2) may be denied there.
  if (drops_groups) builder.add(OpKind::BecomeRoot, "let go of the caller's groups");
  if (now != 0) {
    Step& step = builder.add(OpKind::Join, "join the container's namespaces");
    step.fd = builder.pid_slot;
    step.number = static_cast<uint32_t>(now);
  }
  if ((flags & CLONE_NEWUSER) != 0) become_root(builder);
}

}  // namespace

Plan make_exec_plan(const oci::Config& config, const PlanRequest& request,
                    JoinedContainer container) {
  PlanBuilder builder{config, request, namespaces::NamespaceSet::of_process(container.namespaces),
                      {},     -1,      -1,
                      -1,     {},      std::move(container.filter),
                      {}};
  builder.role = PlanBuilder::Role::Exec;
  builder.groups_denied = container.groups_denied;
  builder.pid_slot = builder.plan.steps.slot(std::move(container.init));

  builder.add(OpKind::Session, "new session");
  plan_join_container(builder, container.namespaces);
  builder.add(OpKind::EnterRoot, "enter the rootfs").fd =
      builder.plan.steps.slot(std::move(container.root));
  if ((container.namespaces & CLONE_NEWPID) == 0) builder.pid_slot = -1;
  plan_terminal(builder);
  plan_settings(builder);
  plan_join_pid_namespace(builder);
  plan_identity(builder);
  plan_enter_pid_namespace(builder);
  plan_gate_and_program(builder);
  return std::move(builder.plan);
}

}  // namespace tare
