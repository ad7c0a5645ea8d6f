// What create and exec have in common: the sealed tare-init, the plan as one block in a memory
// file, and the clone.
#include "runtime/container/birth.h"

#include "namespaces/birthplace.h"
#include "runtime/base/log.h"
#include "runtime/base/sys.h"
#include "runtime/container/init_image.h"
#include "runtime/process/capabilities.h"

namespace tare {
namespace {

Fd plan_file(const Plan& plan) {
  std::vector<int> slots;
  for (const Fd& fd : plan.steps.fds()) slots.push_back(fd.get());
  std::vector<std::byte> block = act::encode(plan.steps.steps(), slots);
  Fd file = sys::memfd_create("plan", 0);
  sys::write_all(file, {reinterpret_cast<const char*>(block.data()), block.size()}, "plan");
  return file;
}

}  // namespace

namespaces::Child spawn_init(const Plan& plan, Channel& channel, namespaces::SpawnRequest request,
                             const Fd& folder) {
  Fd image = request.init_fd < 0 ? open_init_image(folder) : Fd();
  Fd file = plan_file(plan);
  if (image) request.init_fd = image.get();
  request.plan_fd = file.get();
  request.channel_fd = channel.theirs();
  request.parent_channel_fd = channel.ours();
  request.fds = plan.steps.fds();
  request.capabilities = process::kInitCapabilities | plan.capabilities;
  namespaces::Birthplace around(plan.born_in);
  namespaces::Child child = namespaces::spawn(request);
  channel.close_theirs();
  return child;
}

void log_steps(const Plan& plan) {
  if (!debugging()) return;
  for (const act::Step& step : plan.steps.steps()) log_debug("tare-init: " + step.what);
}

}  // namespace tare
