// A report crosses the border from the container: it is one structure of fixed size, and whatever
// stands in it can at most become an ugly sentence.
#include "runtime/container/failure.h"

#include <algorithm>
#include <cerrno>
#include <string>

#include "runtime/act/plan.h"
#include "runtime/base/strings.h"

namespace tare {
namespace {

constexpr int kMaxErrno = 4095;

// `text` with control bytes escaped, without the quotes when it needs no escape.
std::string printable(std::string_view text) {
  std::string quoted = quote(text);
  return quoted.size() == text.size() + 2 ? std::string(text) : quoted;
}

std::string_view call_of(const act::Report& report) {
  const char* end = std::find(std::begin(report.call), std::end(report.call), '\0');
  return {report.call, static_cast<size_t>(end - report.call)};
}

std::string_view text_of(const act::Report& report) {
  return trim({report.text, std::min<size_t>(report.text_length, act::kReportText)});
}

std::string status_text(int32_t value) {
  if (value >= 0) return "exit status " + std::to_string(value);
  // INT32_MIN has no positive counterpart.
  return "killed by " + signal_text(value == INT32_MIN ? 0 : -value);
}

}  // namespace

bool is_hook_failure(const act::Report& report) {
  return report.type == act::ReportType::Failed &&
         report.op_kind == static_cast<uint32_t>(act::OpKind::Hook);
}

Error failure_error(const act::Report& report, std::string_view operation) {
  std::string text = printable(text_of(report));
  std::string what(operation);
  if (is_hook_failure(report) && report.error == ETIMEDOUT) {
    return Error(what + ": hook ran past specified timeout");
  }
  if (report.error == 0 && report.value != 0) {
    what += ": " + status_text(report.value);
    if (!text.empty()) what += ", output: " + text;
    return Error(what);
  }
  std::string call = printable(call_of(report));
  if (!call.empty() || !text.empty()) what += ": " + call;
  if (!call.empty() && !text.empty()) what += ' ';
  what += text;
  if (report.error <= 0 || report.error > kMaxErrno) return Error(what);
  // Error puts the errno's text behind what it is given as the call.
  return Error(report.error, what, "").at(operation, call);
}

Error program_failure(const act::Report& report) {
  bool valid = report.error > 0 && report.error <= kMaxErrno;
  if (!valid || call_of(report) != "execve") return failure_error(report, "execute the program");
  return {report.error, "exec", printable(text_of(report))};
}

}  // namespace tare
