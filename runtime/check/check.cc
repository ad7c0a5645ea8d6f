// Runs the tables. Violations come first and alone: requirements look at values that only a valid
// configuration has.
#include "runtime/check/check.h"

#include <algorithm>

#include "oci/validate.h"
#include "runtime/base/error.h"
#include "runtime/base/paths.h"
#include "runtime/check/requirement.h"
#include "runtime/container/bundle.h"

namespace tare::check {
namespace {

template <typename T>
void run(Requirements<T> table, const T& subject, Report& report) {
  for (const Requirement<T>& requirement : table) {
    if (!requirement.applies(subject)) continue;
    report.checked.push_back(requirement.name);
    report.findings.begin(requirement.name);
    requirement.probe(subject, report.findings);
  }
}

struct Chapter {
  std::string_view below;  // pointer
  const char* name;
};
constexpr Chapter kChapters[] = {
    {"/linux/seccomp", "config-linux.md, Seccomp"},
    {"/linux/resources", "config-linux.md, Control groups"},
    {"/linux/namespaces", "config-linux.md, Namespaces"},
    {"/linux/devices", "config-linux.md, Devices"},
    {"/linux", "config-linux.md"},
    {"/process", "config.md, Process"},
    {"/mounts", "config.md, Mounts"},
    {"/root", "config.md, Root"},
    {"/hooks", "config.md, POSIX-platform Hooks"},
    {"", "config.md"},
};

std::string remedy_of(const oci::Violation& violation) {
  if (violation.text.find("not supported") != std::string::npos) {
    return "remove the member: this version of tare cannot do it";
  }
  const auto* chapter =
      std::find_if(std::begin(kChapters), std::end(kChapters), [&](const Chapter& known) {
        return known.below.empty() || is_within(violation.pointer, known.below);
      });
  return std::string("correct it: runtime-spec, ") + chapter->name;
}

void say(const std::vector<oci::Violation>& violations, Report& report) {
  report.checked.push_back("specification");
  report.findings.begin("specification");
  for (const oci::Violation& violation : violations) {
    report.findings.error(violation.pointer, violation.text, remedy_of(violation));
  }
}

bool is_said(const Findings& findings, const std::string& what) {
  const auto& all = findings.all();
  return std::any_of(all.begin(), all.end(),
                     [&](const Finding& finding) { return finding.what == what; });
}

// What the tables do not know, the planner may.
void make_the_plan(const CreateRequest& request, Report& report) {
  report.checked.push_back("plan");
  report.findings.begin("plan");
  try {
    Scope scope("create " + request.id);
    Intention intention = intend(request);
    for (const std::string& warning : intention.plan.warnings) {
      if (is_said(report.findings, warning)) continue;
      report.findings.warning("", warning, "nothing, if it is not needed; else remove its cause");
    }
  } catch (const Error& error) {
    report.findings.error(
        "", error.text(),
        error.hint().empty() ? "correct the configuration, or the host" : error.hint());
  }
}

}  // namespace

const oci::Linux& Subject::linux_section() const {
  static const oci::Linux kNone;
  return config.linux_ ? *config.linux_ : kNone;
}

const oci::Namespace* Subject::find_namespace(std::string_view type) const {
  const auto& all = linux_section().namespaces;
  auto found = std::find_if(all.begin(), all.end(),
                            [&](const oci::Namespace& ns) { return ns.type == type; });
  return found == all.end() ? nullptr : &*found;
}

bool Subject::makes_user_namespace() const {
  const oci::Namespace* user = find_namespace("user");
  return user != nullptr && user->path.empty();
}

Report check_bundle(const CreateRequest& request, const Host& host) {
  Report report;
  report.bundle = find_bundle(request.bundle);
  std::vector<oci::Violation> violations;
  oci::Config config = read_configuration(report.bundle, request.config_file, violations);
  say(violations, report);
  run(host_necessities(), host, report);
  if (!violations.empty()) return report;
  report.findings.begin("document");
  for (const oci::Violation& doubt : oci::doubts(config)) {
    report.findings.warning(doubt.pointer, doubt.text, "leave it out if that is not meant");
  }
  Subject subject{config, report.bundle, request, host};
  for (Requirements<Subject> table :
       {file_requirements(), mount_requirements(), namespace_requirements(), id_requirements(),
        cgroup_requirements(), process_requirements(), seccomp_requirements(),
        device_requirements()}) {
    run(table, subject, report);
  }
  if (!report.findings.has_error()) make_the_plan(request, report);
  return report;
}

Report check_host(const Host& host) {
  Report report;
  for (Requirements<Host> table : {host_necessities(), host_advice(), host_slowness()}) {
    run(table, host, report);
  }
  return report;
}

Report check_sandbox(const Host& host) {
  Report report;
  run(sandbox_requirements(), host, report);
  return report;
}

}  // namespace tare::check
