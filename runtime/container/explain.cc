// The parent's half follows create.cc and conversation.cc from top to bottom; everything it names
// is a field of the plan, of the record, or of the request. The child's half is the plan's list of
// steps (explain_steps.cc). Text and JSON are two forms of one list of deeds.
#include "runtime/container/explain.h"

#include "cgroups/device_listing.h"
#include "namespaces/spawn.h"
#include "oci/json.h"
#include "oci/plain_text.h"
#include "oci/seccomp.h"
#include "runtime/container/explain_deeds.h"
#include "runtime/container/explain_words.h"
#include "runtime/container/inherited.h"

namespace tare {
namespace {

using oci::json::list;
using oci::json::Object;
using oci::json::Value;

std::string clone_summary(const Plan& plan) {
  return plan.forks ? "make the child, which forks the container's first process"
                    : "make the child, which becomes the container's first process";
}

void state(Deeds& deeds, const CreateRequest& request, const Intention& intention) {
  const ContainerRecord& record = intention.record;
  if (!request.console_socket.empty()) {
    deeds.push_back({"Connect", "to the console socket " + request.console_socket, {}});
  }
  if (!request.pidfd_socket.empty()) {
    deeds.push_back({"Connect", "to the pidfd socket " + request.pidfd_socket, {}});
  }
  const auto& section = intention.config.linux_;
  if (section && section->seccomp && oci::notifies(*section->seccomp)) {
    deeds.push_back({"Connect", "to the seccomp agent " + section->seccomp->listener_path, {}});
  }
  std::string folder = request.root + "/" + record.id;
  deeds.push_back(
      {"Reserve", "the folder " + folder + ", lock it and write down what is intended", {}});
  if (!request.notify_socket.empty()) {
    deeds.push_back({"Notify", "mount " + folder + "/notify at /run/notify, after all mounts", {}});
  }
}

void cgroup(Deeds& deeds, const Plan& plan, const ContainerRecord& record) {
  const cgroups::Plan& cgroup = plan.cgroup;
  if (cgroup.path.empty()) {
    deeds.push_back({"Cgroup", "none: the container stays in the caller's", {}});
    return;
  }
  Object arguments;
  if (!record.cgroup.created_parents.empty()) {
    arguments.push_back({"makeParents", list(record.cgroup.created_parents)});
  }
  arguments.push_back({"enableControllers", list(cgroup.controllers)});
  if (cgroup.owner) arguments.push_back({"owner", Value(*cgroup.owner)});
  if (cgroup.tolerate_no_permission && !cgroup.asked_for && !cgroup.unit) {
    arguments.push_back({"optional", Value(true)});
  }
  if (cgroup.unit) {
    oci::Strings properties;
    for (const auto& property : cgroup.unit_properties) properties.push_back(property.name);
    arguments.push_back({"unit", Value(cgroup.unit->name)});
    arguments.push_back({"manager", Value(cgroup.unit->user_manager ? "user" : "system")});
    arguments.push_back({"properties", list(properties)});
    deeds.push_back({"Cgroup", "have systemd make " + cgroup.path, std::move(arguments)});
    return;
  }
  deeds.push_back(
      {"Cgroup", (record.cgroup.created ? "make " : "use ") + cgroup.path, std::move(arguments)});
}

void resctrl(Deeds& deeds, const Plan& plan) {
  if (!plan.resctrl) return;
  Object arguments{{"schemata", list(plan.resctrl->schemata)}};
  if (!plan.resctrl->monitoring.empty()) {
    arguments.push_back({"monitoring", Value(plan.resctrl->monitoring)});
  }
  deeds.push_back({"Resctrl", "make or use " + plan.resctrl->group, std::move(arguments)});
}

void birth(Deeds& deeds, const Plan& plan, const CreateRequest& request) {
  namespaces::SpawnRequest spawn;
  spawn.flags = plan.clone_flags;
  spawn.cgroup_fd = plan.cgroup.path.empty() || plan.cgroup.unit ? -1 : 0;
  spawn.wait_for_cgroup = plan.cgroup.unit.has_value();
  Object arguments;
  arguments.push_back({"flags", list(clone_flag_names(namespaces::clone_flags(spawn)))});
  arguments.push_back({"slots", Value(uint64_t{plan.steps.fds().size()})});
  if (request.inherited != nullptr && request.inherited->count() > 0) {
    arguments.push_back({"preservedFds", Value(request.inherited->count())});
  }
  deeds.push_back({"Clone", clone_summary(plan), std::move(arguments)});
}

void limits(Deeds& deeds, const Plan& plan) {
  const cgroups::Plan& cgroup = plan.cgroup;
  if (cgroup.path.empty()) return;
  deeds.push_back({"DeviceProgram",
                   cgroup.device_program.empty() ? "none" : "attach to the cgroup",
                   {{"rules", list(cgroups::list_device_program(cgroup.device_program))}}});
  for (const cgroups::FileWrite& write : cgroup.writes) {
    Object arguments{{"value", Value(write.value)}, {"from", Value(write.pointer)}};
    if (write.optional_file) arguments.push_back({"ifItExists", Value(true)});
    if (!write.unless.empty()) arguments.push_back({"unlessWritten", Value(write.unless)});
    deeds.push_back({"CgroupFile", write.file, std::move(arguments)});
  }
}

void hooks(Deeds& deeds, const std::string& kind, const std::vector<oci::Hook>& hooks) {
  for (const oci::Hook& hook : hooks) {
    Object arguments{{"args", list(hook.args)}};
    if (hook.env) arguments.push_back({"env", list(*hook.env)});
    if (hook.timeout) arguments.push_back({"seconds", Value(*hook.timeout)});
    deeds.push_back({"Hook", kind + " " + hook.path, std::move(arguments)});
  }
}

void net_devices(Deeds& deeds, const Plan& plan) {
  for (const namespaces::NetDevice& device : plan.net_devices) {
    deeds.push_back({"NetDevice",
                     "move " + device.name + " into the network namespace",
                     {{"name", Value(device.container_name)},
                      {"addresses", Value(uint64_t{device.addresses.size()})}}});
  }
}

void while_it_works(Deeds& deeds, const Plan& plan) {
  if (!plan.time_offsets.empty()) {
    deeds.push_back(
        {"TimeOffsets", "/proc/PID/timens_offsets", {{"text", Value(plan.time_offsets)}}});
  }
  for (const namespaces::IdMaps& maps : plan.mount_mappings) {
    deeds.push_back({"MountMapping",
                     maps.uids.empty() ? "a user namespace with the container's maps"
                                       : "a user namespace with the maps of a mount",
                     {}});
  }
  net_devices(deeds, plan);
  hooks(deeds, "prestart", plan.runtime_hooks_prestart);
  hooks(deeds, "createRuntime", plan.runtime_hooks_create);
  tell_from_outside(deeds, plan.from_outside);
}

void at_the_end(Deeds& deeds, const CreateRequest& request, const Plan& plan) {
  if (plan.terminal) {
    deeds.push_back(
        {"Terminal",
         request.console_socket.empty() ? "copy for the container's" : "send to the console socket",
         {}});
  }
  if (!request.pidfd_socket.empty()) deeds.push_back({"Pidfd", "send to its socket", {}});
  deeds.push_back({"Record", "write \"created\"", {}});
  if (!request.pid_file.empty()) deeds.push_back({"PidFile", "write " + request.pid_file, {}});
}

Deeds of_tare(const CreateRequest& request, const Intention& intention) {
  const Plan& plan = intention.plan;
  Deeds deeds;
  state(deeds, request, intention);
  cgroup(deeds, plan, intention.record);
  resctrl(deeds, plan);
  birth(deeds, plan, request);
  if (plan.oom_score_adj) {
    deeds.push_back(
        {"OomScore", "/proc/PID/oom_score_adj", {{"value", Value(*plan.oom_score_adj)}}});
  }
  tell_id_maps(deeds, plan);
  limits(deeds, plan);
  while_it_works(deeds, plan);
  at_the_end(deeds, request, plan);
  return deeds;
}

Deeds afterwards(const ContainerRecord& record) {
  Deeds deeds;
  hooks(deeds, "poststart", record.poststart);
  hooks(deeds, "poststop", record.poststop);
  return deeds;
}

}  // namespace

std::string explain_text(const CreateRequest& request, const Intention& intention) {
  const auto& [plan, record, config] = intention;
  std::string text =
      "Nothing has been done. This is what would be, in each list from top to bottom.\n\n";
  text += oci::json::outline(
      {{"id", Value(record.id)}, {"bundle", Value(record.bundle)}, {"rootfs", Value(plan.rootfs)}});
  text += text_of("tare, outside of the container:", of_tare(request, intention));
  text += text_of("tare-init, which becomes the container's process:",
                  init_deeds(plan, config.mounts, record.bundle));
  text += text_of("Later, by start and delete:", afterwards(record));
  for (const std::string& warning : plan.warnings) {
    text += "\nwarning: " + oci::json::printable(warning) + "\n";
  }
  return text;
}

std::string explain_json(const CreateRequest& request, const Intention& intention) {
  const auto& [plan, record, config] = intention;
  Object document;
  document.push_back({"id", Value(record.id)});
  document.push_back({"bundle", Value(record.bundle)});
  document.push_back({"rootfs", Value(plan.rootfs)});
  document.push_back({"tare", json_of(of_tare(request, intention))});
  document.push_back({"init", json_of(init_deeds(plan, config.mounts, record.bundle))});
  document.push_back({"later", json_of(afterwards(record))});
  document.push_back({"warnings", list(plan.warnings)});
  return oci::json::write(Value(std::move(document)), {.width = 2}) + "\n";
}

}  // namespace tare
