// tare sandbox --check: a line for each requirement, with what to do where it is not met.
#include <algorithm>

#include "oci/json.h"
#include "oci/plain_text.h"
#include "runtime/check/check.h"

namespace tare::check {
namespace {

using oci::json::Array;
using oci::json::Object;
using oci::json::Value;

template <typename Line>
void each_line(const Report& report, const Line& line) {
  for (std::string_view name : report.checked) {
    bool met = true;
    for (const Finding& finding : report.findings.all()) {
      if (finding.name != name) continue;
      line(name, &finding);
      met = false;
    }
    if (met) line(name, nullptr);
  }
}

}  // namespace

std::string sandbox_report_text(const Report& report) {
  std::string text;
  each_line(report, [&](std::string_view name, const Finding* finding) {
    if (finding == nullptr) {
      text += "ok    " + std::string(name) + "\n";
      return;
    }
    text += finding->severity == Severity::Error ? "FAIL  " : "no    ";
    text += std::string(name) + ": " + oci::json::printable(finding->what) + "\n      -> " +
            oci::json::printable(finding->remedy) + "\n";
  });
  return text + (report.findings.has_error() ? "No sandbox can be made here.\n"
                                             : "Sandboxes can be made here.\n");
}

std::string sandbox_report_json(const Report& report) {
  Array checks;
  each_line(report, [&](std::string_view name, const Finding* finding) {
    bool met = finding == nullptr;
    checks.emplace_back(Object{{"name", Value(name)},
                               {"ok", Value(met)},
                               {"fatal", Value(!met && finding->severity == Severity::Error)},
                               {"what", met ? Value() : Value(finding->what)},
                               {"fix", met ? Value() : Value(finding->remedy)}});
  });
  Object document{{"schema", Value("tare.sandbox.check/1")},
                  {"ok", Value(!report.findings.has_error())},
                  {"checks", Value(std::move(checks))}};
  return oci::json::write(Value(std::move(document)), {.width = 2}) + "\n";
}

}  // namespace tare::check
