// tare check: what would fail, and what to do about it; exits with 1 if something would.
#include "runtime/check/check.h"

#include "runtime/base/error.h"
#include "runtime/base/log.h"
#include "runtime/cli/globals.h"
#include "runtime/cli/output.h"
#include "runtime/cli/verbs.h"

namespace tare::cli {
namespace {

constexpr int kWouldFail = 1;

// A user without a place for state is a finding, not the end of the check.
std::string state_root_or_none(const Options& options) {
  try {
    return state_root(options);
  } catch (const Error& error) {
    if (options.has(Tag::Root)) throw;
    log_debug(error.what());
    return "";
  }
}

CreateRequest request_of(const CommandLine& line, const std::string& root) {
  CreateRequest request;
  request.root = root;
  request.id = "check-" + std::to_string(::getpid());  // nobody's
  request.bundle = line.arguments.empty() ? "" : line.arguments[0];
  request.config_file = line.options.text(Tag::Config, "config.json");
  request.manager = cgroup_manager(line.options);
  request.rootless = rootless(line.options);
  request.detach = false;  // a terminal needs no console socket yet
  return request;
}

}  // namespace

int check_command(const CommandLine& line) {
  std::string root = state_root_or_none(line.options);
  CreateRequest request = request_of(line, root);
  check::Host host = check::look_at_host(root);
  check::Report report =
      line.arguments.empty() ? check::check_host(host) : check::check_bundle(request, host);
  print(line.options.flag(Tag::Json) ? check::report_json(report, host)
                                     : check::report_text(report, host));
  return report.findings.has_error() ? kWouldFail : 0;
}

}  // namespace tare::cli
