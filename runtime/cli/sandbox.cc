// tare sandbox: one command without a bundle. Its own status is ours; what we have to say about a
// sandbox that could not be made goes to standard error, and everything to --json.
#include "runtime/sandbox/sandbox.h"

#include <fcntl.h>

#include <cerrno>
#include <utility>

#include "runtime/base/error.h"
#include "runtime/base/log.h"
#include "runtime/base/strings.h"
#include "runtime/base/sys.h"
#include "runtime/check/check.h"
#include "runtime/cli/output.h"
#include "runtime/cli/sandbox_options.h"
#include "runtime/cli/verbs.h"
#include "runtime/sandbox/batch.h"
#include "runtime/sandbox/explanation.h"
#include "runtime/sandbox/export_bundle.h"
#include "runtime/sandbox/policy_text.h"
#include "runtime/sandbox/result_json.h"

namespace tare::cli {
namespace {

constexpr int kNoSandboxHere = 1;

// A file that is made, or a descriptor of the caller's.
Fd open_result(const std::string& target) {
  if (target.empty()) return {};
  if (target.starts_with("fd:")) {
    auto number = parse_number<int>(std::string_view(target).substr(3));
    if (!number || *number < 0) throw Error("invalid value " + quote(target) + " for --json");
    Fd copy(::fcntl(*number, F_DUPFD_CLOEXEC, 3));
    if (!copy) throw Error(errno, "dup", target);
    return copy;
  }
  return sys::openat(AT_FDCWD, target, O_WRONLY | O_CREAT | O_TRUNC | O_NOCTTY, 0644);
}

sandbox::Form form_of(const std::string& value) {
  if (value == "true") return sandbox::Form::Text;
  if (value == "json") return sandbox::Form::Json;
  throw Error("invalid value " + quote(value) + " for --explain");
}

int tell_export(const sandbox::Policy& policy, const std::string& directory) {
  Scope scope("sandbox");
  std::string text;
  for (const auto& [name, value] : sandbox::export_bundle(policy, directory)) {
    text += name + ": " + escape(value) + "\n";
  }
  print(text);
  return 0;
}

int check_this_host(bool json) {
  check::Report report = check::check_sandbox(check::look_at_host(""));
  print(json ? check::sandbox_report_json(report) : check::sandbox_report_text(report));
  return report.findings.has_error() ? kNoSandboxHere : 0;
}

// Of single commands.
void refuse_with_batch(const CommandLine& line) {
  for (const auto& [tag, name] :
       {std::pair{Tag::Json, "--json"}, {Tag::Tty, "--tty"}, {Tag::StatusFd, "--json-status-fd"}}) {
    if (line.options.has(tag)) throw Error(std::string(name) + " does not go with --batch");
  }
}

int run_batch(const CommandLine& line, const sandbox::Policy& policy) {
  refuse_with_batch(line);
  sandbox::BatchSettings settings;
  settings.jobs = static_cast<size_t>(line.options.count(Tag::Jobs));
  if (line.options.flag(Tag::Unordered)) settings.order = sandbox::Order::AsTheyEnd;
  return sandbox::run_batch(policy, settings);
}

}  // namespace

int sandbox_command(const CommandLine& line) {
  if (line.options.flag(Tag::CheckHost)) return check_this_host(line.options.has(Tag::Json));
  sandbox::Policy policy = sandbox_policy(line);
  if (line.options.flag(Tag::PrintPolicy)) {
    print(sandbox::policy_text(policy));
    return 0;
  }
  if (line.options.flag(Tag::Batch)) return run_batch(line, policy);
  if (policy.args.empty()) throw Error("sandbox: a command is missing");
  if (line.options.has(Tag::Explain)) {
    Scope scope("sandbox");
    print(sandbox::explanation(policy, form_of(line.options.text(Tag::Explain))));
    return 0;
  }
  if (line.options.has(Tag::ExportBundle)) {
    return tell_export(policy, line.options.text(Tag::ExportBundle));
  }
  // Before the command runs: a result that cannot be written is no result.
  Fd document = open_result(line.options.text(Tag::Json));
  sandbox::Result result = sandbox::run(policy);
  if (result.failure) log_error("sandbox: " + result.failure->message);
  if (document) sys::write_all(document, sandbox::result_json(result, policy) + "\n", "--json");
  return result.exit_status();
}

}  // namespace tare::cli
