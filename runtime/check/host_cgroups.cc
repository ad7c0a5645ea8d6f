// Which hierarchy a controller is on is decided once for the whole host: what cgroup v1 has taken
// is not to be had on cgroup2 (cgroups(7), "cgroups version 2").
#include <unistd.h>

#include <chrono>

#include "cgroups/systemd.h"
#include "runtime/base/error.h"
#include "runtime/base/paths.h"
#include "runtime/base/strings.h"
#include "runtime/check/host.h"
#include "runtime/check/host_file.h"

namespace tare::check {
namespace {

// The name of a v1 controller on cgroup2; empty: it has none there.
std::string name_on_v2(std::string_view name) {
  if (name == "blkio") return "io";
  for (std::string_view same :
       {"cpu", "cpuset", "memory", "pids", "hugetlb", "rdma", "perf_event"}) {
    if (name == same) return std::string(name);
  }
  return "";
}

oci::Map<std::string> controllers_on_v1(const std::vector<Mounted>& table) {
  oci::Map<std::string> taken;
  for (const Mounted& mounted : table) {
    if (mounted.type != "cgroup") continue;
    for (std::string_view option : split(mounted.super_options, ',')) {
      std::string name = name_on_v2(option);
      if (!name.empty()) taken[name] = mounted.where;
    }
  }
  return taken;
}

bool has_v1(const std::vector<Mounted>& table) {
  for (const Mounted& mounted : table) {
    if (mounted.type == "cgroup") return true;
  }
  return false;
}

// The root of a hierarchy has no cgroup.kill: some other cgroup has to show it.
std::optional<bool> has_kill(const std::string& mount) {
  for (const std::string& name : names_in(mount)) {
    std::string below = absolute_from(mount, name);
    if (exists(below + "/cgroup.procs")) return exists(below + "/cgroup.kill");
  }
  return std::nullopt;
}

void look_at_place(Cgroups& facts) {
  const std::string& mount = facts.hierarchy->mount;
  try {
    facts.own = clean_absolute(mount + cgroups::own_cgroup(*facts.hierarchy));
  } catch (const Error&) {
    return;  // outside of what is mounted here
  }
  facts.place = facts.own == mount ? mount : parent_path(facts.own);
  facts.may_make_there = may(W_OK, facts.place) && may(W_OK, facts.place + "/cgroup.procs");
  facts.controllers_there = words_of(read_host(facts.place + "/cgroup.controllers").value_or(""));
}

void look_at_systemd(Cgroups& facts) {
  constexpr std::chrono::seconds kPatience{2};
  facts.user_manager = cgroups::has_user_manager();
  try {
    facts.systemd = cgroups::Systemd(facts.user_manager, {kPatience, kPatience}).version();
  } catch (const Error& error) {
    facts.systemd_problem = error.text();
  }
}

std::vector<std::string> controllers_of_manager(const Cgroups& facts) {
  if (!facts.user_manager) return facts.hierarchy->controllers;
  std::string uid = std::to_string(::geteuid());
  std::string place = "/user.slice/user-" + uid + ".slice/user@" + uid + ".service";
  return words_of(read_host(facts.hierarchy->mount + place + "/cgroup.controllers").value_or(""));
}

}  // namespace

Cgroups look_at_cgroups() {
  Cgroups facts;
  look_at_systemd(facts);
  std::vector<Mounted> table = mount_table();
  try {
    facts.hierarchy = cgroups::find_hierarchy();
  } catch (const Error&) {
    facts.hierarchy.reset();
  }
  bool v1 = has_v1(table);
  if (facts.hierarchy) {
    facts.mode = v1 ? CgroupMode::Hybrid : CgroupMode::Pure;
  } else {
    facts.mode = v1 ? CgroupMode::V1 : CgroupMode::None;
  }
  facts.on_v1 = controllers_on_v1(table);
  if (!facts.hierarchy) return facts;
  look_at_place(facts);
  facts.controllers_of_manager = controllers_of_manager(facts);
  facts.kill = has_kill(facts.hierarchy->mount);
  std::string statistics = read_host(facts.hierarchy->mount + "/cgroup.stat").value_or("");
  facts.dying = parse_number<uint64_t>(field_of(statistics, "nr_dying_descendants")).value_or(0);
  return facts;
}

}  // namespace tare::check
