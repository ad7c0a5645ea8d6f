// The cgroup: where it would go, whether we may make it there, whether its limits have controllers.
// Controllers reach a cgroup only when every one above gives them to its children, and one that has
// processes of its own cannot (cgroups(7), "no internal processes").
#include <unistd.h>

#include <algorithm>

#include "cgroups/cgroup.h"
#include "cgroups/resources.h"
#include "runtime/base/error.h"
#include "runtime/base/paths.h"
#include "runtime/base/strings.h"
#include "runtime/check/host_file.h"
#include "runtime/check/requirement.h"

namespace tare::check {
namespace {

constexpr const char* kControl = "/cgroup.subtree_control";

bool uses_cgroup(const Subject& subject) {
  return subject.request.manager == cgroups::Manager::Cgroupfs;
}

bool uses_systemd(const Subject& subject) {
  return subject.request.manager == cgroups::Manager::Systemd;
}

bool wants_limits(const Subject& subject) {
  return (uses_cgroup(subject) || uses_systemd(subject)) &&
         subject.linux_section().resources.has_value();
}

bool tolerates_none(const Subject& subject) {
  using Rootless = CreateRequest::Rootless;
  const User& user = subject.host.user;
  bool nested = !user.is_root() || !user.initial_user_namespace;
  Rootless wanted = subject.request.rootless;
  return wanted == Rootless::True || (wanted == Rootless::Auto && nested);
}

// "linux.resources.memory.limit" and "linux.resources.blockIO.x[0]" as JSON pointers. The names of
// `unified` have dots of their own.
std::string json_pointer(std::string_view member) {
  constexpr std::string_view kUnified = "linux.resources.unified";
  std::string pointer = "/";
  bool unified = member.starts_with(kUnified) && member.size() > kUnified.size();
  size_t plain = unified ? kUnified.size() + 1 : member.size();
  for (size_t i = 0; i < member.size(); ++i) {
    char c = member[i];
    if (c == ']' || c == '"') continue;
    pointer += i < plain && (c == '.' || c == '[') ? '/' : c;
  }
  return pointer;
}

// What would be written, or nothing and the finding why not.
std::vector<cgroups::FileWrite> limits_of(const Subject& subject, Findings* findings) {
  std::vector<cgroups::FileWrite> limits;
  if (!subject.linux_section().resources) return limits;
  try {
    for (auto& write : cgroups::convert(*subject.linux_section().resources).writes) {
      if (!write.no_limit) limits.push_back(std::move(write));
    }
  } catch (const Error& error) {
    if (findings != nullptr) {
      findings->error("/linux/resources", error.text(), "correct the value, or remove the limit");
    }
  }
  return limits;
}

void limits_can_be_said(const Subject& subject, Findings& findings) {
  limits_of(subject, &findings);
}

void hierarchy_is_mounted(const Subject& subject, Findings& findings) {
  const Cgroups& facts = subject.host.cgroups;
  if (facts.hierarchy) return;
  bool asked = !subject.linux_section().cgroups_path.value_or("").empty() ||
               !limits_of(subject, nullptr).empty();
  std::string what = "cgroup2 is not mounted";
  std::string remedy = "mount -t cgroup2 none /sys/fs/cgroup, or --cgroup-manager disabled";
  if (asked || !tolerates_none(subject)) {
    findings.error("/linux/cgroupsPath", what, remedy);
  } else {
    findings.warning("", what + ": the container stays in the caller's cgroup", remedy);
  }
}

void controllers_are_there(const Subject& subject, Findings& findings) {
  const Cgroups& facts = subject.host.cgroups;
  if (!facts.hierarchy) return;
  std::string last;
  for (const cgroups::FileWrite& write : limits_of(subject, nullptr)) {
    std::string controller = cgroups::controller_of(write.file);
    if (controller.empty() || facts.hierarchy->has(controller) || write.pointer == last) continue;
    last = write.pointer;
    auto v1 = facts.on_v1.find(controller);
    bool taken = v1 != facts.on_v1.end();
    findings.error(
        json_pointer(write.pointer),
        "needs the " + controller + " controller, which " +
            (taken ? "cgroup v1 has (" + v1->second + ")" : "cgroup2 does not offer here"),
        taken ? "boot with cgroup_no_v1=" + controller +
                    " (all of it: systemd.unified_cgroup_hierarchy=1), or remove the limit"
              : "enable it in the kernel (look for cgroup_disable= in /proc/cmdline), or remove "
                "the limit");
  }
}

// --- the place ---

// The directory create would make; empty and a finding when there is none.
std::string place_of(const Subject& subject, Findings* findings) {
  cgroups::Request request;
  request.id = subject.request.id;
  request.cgroups_path = subject.linux_section().cgroups_path;
  request.tolerate_no_permission = true;
  try {
    return cgroups::make_plan(request).path;
  } catch (const Error& error) {
    if (findings != nullptr && subject.host.cgroups.hierarchy) {
      findings->error("/linux/cgroupsPath", error.text(),
                      error.hint().empty() ? "choose another linux.cgroupsPath" : error.hint());
    }
    return "";
  }
}

void place_is_ours(const Subject& subject, Findings& findings) {
  std::string path = place_of(subject, &findings);
  if (path.empty()) return;
  std::string parent = nearest_existing(path);
  if (may(W_OK, parent) && may(W_OK, parent + "/cgroup.procs")) return;
  std::string what = "we may not make a cgroup below " + parent;
  std::string remedy =
      "run in a delegated cgroup (systemd-run --user --scope -p Delegate=yes), name one in "
      "linux.cgroupsPath, or remove path and limits";
  bool asked = !subject.linux_section().cgroups_path.value_or("").empty() ||
               !limits_of(subject, nullptr).empty();
  if (asked || !tolerates_none(subject)) {
    findings.error("/linux/cgroupsPath", what, remedy);
  } else {
    findings.warning("", what + ": the container stays in the caller's", remedy);
  }
}

bool lists(const std::string& file, const std::string& word) {
  std::vector<std::string> words = words_of(read_host(file).value_or(""));
  return std::find(words.begin(), words.end(), word) != words.end();
}

// Whether `directory` gives `controller` to its children, or could.
void gives(const std::string& directory, const std::string& controller, bool is_root,
           Findings& findings) {
  if (lists(directory + kControl, controller)) return;
  if (!lists(directory + "/cgroup.controllers", controller)) {
    findings.error("/linux/resources",
                   "the " + controller + " controller does not reach " + directory,
                   "enable it above: echo +" + controller + " > " + parent_path(directory) +
                       kControl + ", or have it delegated (systemd: Delegate=" + controller + ")");
  } else if (!may(W_OK, directory + kControl)) {
    findings.error(
        "/linux/resources", "we may not enable the " + controller + " controller in " + directory,
        "echo +" + controller + " > " + directory + kControl + " as root, or have it delegated");
  } else if (!is_root && !read_host(directory + "/cgroup.procs").value_or("").empty()) {
    findings.error("/linux/resources",
                   directory + " has processes of its own and so cannot give the " + controller +
                       " controller to its children",
                   "move them to a cgroup below it, or choose another linux.cgroupsPath");
  }
}

// What it would do with the unit is found out by making the plan.
void systemd_answers(const Subject& subject, Findings& findings) {
  const Cgroups& facts = subject.host.cgroups;
  if (facts.systemd != 0) return;
  findings.error("/linux/cgroupsPath", facts.systemd_problem,
                 facts.user_manager
                     ? "set XDG_RUNTIME_DIR and let the user linger (loginctl enable-linger), or "
                       "leave --systemd-cgroup out"
                     : "leave --systemd-cgroup out where there is no systemd");
}

void controllers_reach_the_place(const Subject& subject, Findings& findings) {
  if (!uses_cgroup(subject)) return;
  const Cgroups& facts = subject.host.cgroups;
  std::string path = place_of(subject, nullptr);
  if (path.empty() || !facts.hierarchy) return;
  const std::string& mount = facts.hierarchy->mount;
  std::vector<std::string> above;
  for (std::string at = parent_path(path); is_within(at, mount); at = parent_path(at)) {
    if (exists(at)) above.insert(above.begin(), at);
    if (at == mount) break;
  }
  std::vector<std::string> seen;
  for (const cgroups::FileWrite& write : limits_of(subject, nullptr)) {
    std::string controller = cgroups::controller_of(write.file);
    bool known = std::find(seen.begin(), seen.end(), controller) != seen.end();
    if (controller.empty() || known || !facts.hierarchy->has(controller)) continue;
    seen.push_back(controller);
    for (const std::string& directory : above) {
      size_t before = findings.all().size();
      gives(directory, controller, directory == mount, findings);
      if (findings.all().size() != before) break;  // what is further down follows from it
    }
  }
}

void place_is_free(const Subject& subject, Findings& findings) {
  std::string path = place_of(subject, nullptr);
  if (path.empty() || !exists(path)) return;
  std::string events = read_host(path + "/cgroup.events").value_or("");
  if (field_of(events, "populated") == "1") {
    findings.error("/linux/cgroupsPath", path + " has processes already",
                   "end them, or choose another linux.cgroupsPath");
  }
  if (field_of(events, "frozen") == "1") {
    findings.error("/linux/cgroupsPath", path + " is frozen",
                   "thaw it: echo 0 > " + path + "/cgroup.freeze");
  }
}

constexpr Requirement<Subject> kRequirements[] = {
    {"limit", wants_limits, limits_can_be_said},
    {"cgroup2", uses_cgroup, hierarchy_is_mounted},
    {"systemd", uses_systemd, systemd_answers},
    {"controller", wants_limits, controllers_are_there},
    {"cgroup-place", uses_cgroup, place_is_ours},
    {"controller-place", wants_limits, controllers_reach_the_place},
    {"cgroup-free", uses_cgroup, place_is_free},
};

}  // namespace

Requirements<Subject> cgroup_requirements() {
  return kRequirements;
}

}  // namespace tare::check
