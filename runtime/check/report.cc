// One tree of facts is both the JSON document and the text, so that the two cannot differ.
#include <algorithm>

#include "oci/json.h"
#include "oci/plain_text.h"
#include "runtime/check/check.h"

namespace tare::check {
namespace {

using oci::json::Array;
using oci::json::list;
using oci::json::Object;
using oci::json::Value;

template <typename T>
Value known(const std::optional<T>& value) {
  return value ? Value(*value) : Value();
}

Value ranges(const std::vector<IdRange>& all) {
  Array array;
  for (const IdRange& range : all) {
    array.emplace_back(std::to_string(range.first) + "+" + std::to_string(range.count));
  }
  return Value(std::move(array));
}

const char* helper_state(Helper state) {
  switch (state) {
    case Helper::Missing:
      return "missing";
    case Helper::Powerless:
      return "powerless";
    case Helper::Ready:
      return "ready";
  }
  return "";
}

const char* mode_name(CgroupMode mode) {
  switch (mode) {
    case CgroupMode::Pure:
      return "pure";
    case CgroupMode::Hybrid:
      return "hybrid";
    case CgroupMode::V1:
      return "v1";
    case CgroupMode::None:
      return "unavailable";
  }
  return "";
}

Value kernel(const Kernel& facts) {
  Object features;
  for (const Feature& feature : facts.features) {
    features.push_back({feature.name, feature.error ? Value(*feature.error == 0) : Value()});
  }
  return Value(Object{{"release", Value(facts.release)},
                      {"architecture", Value(facts.architecture)},
                      {"features", Value(std::move(features))},
                      {"memfdNoexec", Value(facts.memfd_noexec)}});
}

Value user(const User& facts) {
  return Value(Object{{"uid", Value(uint64_t{facts.uid})},
                      {"name", Value(facts.name)},
                      {"initialUserNamespace", Value(facts.initial_user_namespace)},
                      {"noNewPrivileges", Value(facts.no_new_privileges)},
                      {"seccompFiltered", Value(facts.filtered)},
                      {"subordinateUids", ranges(facts.subordinate_uids)},
                      {"subordinateGids", ranges(facts.subordinate_gids)},
                      {"newuidmap", Value(helper_state(facts.newuidmap))},
                      {"newgidmap", Value(helper_state(facts.newgidmap))}});
}

Value namespaces(const Namespaces& facts) {
  Object types;
  for (const auto& [type, error] : facts.attempts) types.push_back({type, Value(error == 0)});
  return Value(Object{{"types", Value(std::move(types))},
                      {"userNamespaceHasPower", Value(facts.powers == 0)},
                      {"procfsInUserNamespace", Value(facts.proc == 0)},
                      {"maxUserNamespaces", known(facts.max_user)},
                      {"apparmorRestrictsUserNamespaces", Value(facts.restricted_by_apparmor)}});
}

Value cgroup(const Cgroups& facts) {
  Object object{{"mode", Value(mode_name(facts.mode))}};
  if (facts.hierarchy) {
    object.push_back({"mount", Value(facts.hierarchy->mount)});
    object.push_back({"controllers", list(facts.hierarchy->controllers)});
  }
  Object on_v1;
  for (const auto& [controller, mount] : facts.on_v1) on_v1.push_back({controller, Value(mount)});
  if (!on_v1.empty()) object.push_back({"controllersOnV1", Value(std::move(on_v1))});
  if (facts.hierarchy) {
    object.push_back({"own", Value(facts.own)});
    object.push_back({"place", Value(facts.place)});
    object.push_back({"mayMakeThere", Value(facts.may_make_there)});
    object.push_back({"controllersThere", list(facts.controllers_there)});
    object.push_back({"kill", known(facts.kill)});
  }
  Object systemd{{"manager", Value(facts.user_manager ? "user" : "system")}};
  if (facts.systemd != 0) {
    systemd.push_back({"version", Value(facts.systemd)});
  } else {
    systemd.push_back({"problem", Value(facts.systemd_problem)});
  }
  object.push_back({"systemd", Value(std::move(systemd))});
  return Value(std::move(object));
}

Value security(const Security& facts) {
  return Value(Object{{"modules", list(facts.modules)},
                      {"apparmor", Value(facts.apparmor)},
                      {"selinux", Value(facts.selinux)},
                      {"seccompActions", list(facts.seccomp_actions)},
                      {"seccompFlags", list(facts.seccomp_flags)},
                      {"libseccomp", Value(facts.libseccomp)},
                      {"specStoreBypass", Value(facts.store_bypass)}});
}

Value hardware(const Hardware& facts) {
  return Value(Object{{"processors", Value(uint64_t{facts.processors.size()})},
                      {"numaNodes", Value(uint64_t{facts.numa_nodes.size()})},
                      {"memoryPolicies", Value(facts.numa)},
                      {"hugePages", list(facts.huge_pages)},
                      {"resctrl", facts.resctrl.empty() ? Value(false) : Value(facts.resctrl)},
                      {"resctrlResources", list(facts.resctrl_resources)}});
}

Value tuning(const Tuning& facts) {
  return Value(Object{{"stateRoot", Value(facts.state_root)},
                      {"stateFilesystem", Value(facts.state_filesystem)},
                      {"bpfJit", known(facts.jit)},
                      {"staticProgram", Value(facts.static_program)},
                      {"mounts", Value(uint64_t{facts.mounts})},
                      {"fallbackTunnels", list(facts.tunnels)},
                      {"hidepid", facts.hidepid.empty() ? Value(false) : Value(facts.hidepid)}});
}

Object host_facts(const Host& host) {
  return {{"kernel", kernel(host.kernel)},
          {"user", user(host.user)},
          {"namespaces", namespaces(host.namespaces)},
          {"cgroup", cgroup(host.cgroups)},
          {"security", security(host.security)},
          {"hardware", hardware(host.hardware)},
          {"tuning", tuning(host.tuning)}};
}

const char* severity_name(Severity severity) {
  switch (severity) {
    case Severity::Error:
      return "error";
    case Severity::Warning:
      return "warning";
    case Severity::Slow:
      return "slow";
  }
  return "";
}

size_t count(const Report& report, Severity severity) {
  const auto& all = report.findings.all();
  return static_cast<size_t>(std::count_if(all.begin(), all.end(), [&](const Finding& finding) {
    return finding.severity == severity;
  }));
}

std::string finding_text(const Finding& finding) {
  std::string text = std::string(severity_name(finding.severity)) + ": ";
  if (!finding.pointer.empty()) text += oci::json::printable(finding.pointer) + ": ";
  return text + oci::json::printable(finding.what) + "\n    -> " +
         oci::json::printable(finding.remedy) + "\n";
}

std::string summary(const Report& report) {
  std::string subject = report.bundle.empty() ? "this host" : report.bundle;
  std::string text = oci::json::printable(subject) + ": " +
                     (report.findings.has_error() ? "would fail" : "nothing would fail");
  return text + " (" + std::to_string(count(report, Severity::Error)) + " errors, " +
         std::to_string(count(report, Severity::Warning)) + " warnings, " +
         std::to_string(count(report, Severity::Slow)) + " slow)\n";
}

Value finding_json(const Finding& finding) {
  return Value(Object{{"severity", Value(severity_name(finding.severity))},
                      {"name", Value(finding.name)},
                      {"pointer", Value(finding.pointer)},
                      {"what", Value(finding.what)},
                      {"remedy", Value(finding.remedy)}});
}

}  // namespace

std::string report_text(const Report& report, const Host& host) {
  std::string text;
  if (report.bundle.empty()) text += oci::json::outline(host_facts(host)) + "\n";
  for (Severity severity : {Severity::Error, Severity::Warning, Severity::Slow}) {
    for (const Finding& finding : report.findings.all()) {
      if (finding.severity == severity) text += finding_text(finding);
    }
  }
  return text + summary(report);
}

std::string report_json(const Report& report, const Host& host) {
  Array findings;
  for (const Finding& finding : report.findings.all()) findings.push_back(finding_json(finding));
  Object document;
  if (!report.bundle.empty()) document.push_back({"bundle", Value(report.bundle)});
  document.push_back({"ok", Value(!report.findings.has_error())});
  document.push_back({"findings", Value(std::move(findings))});
  document.push_back({"checked", list(report.checked)});
  if (report.bundle.empty()) document.push_back({"host", Value(host_facts(host))});
  return oci::json::write(Value(std::move(document)), {.width = 2}) + "\n";
}

}  // namespace tare::check
