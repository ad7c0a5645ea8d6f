// tare exec: another process in a container; in the foreground with its signals and its terminal.
#include "runtime/container/exec.h"

#include <algorithm>

#include "runtime/base/error.h"
#include "runtime/base/strings.h"
#include "runtime/cli/globals.h"
#include "runtime/cli/verbs.h"
#include "runtime/container/inherited.h"
#include "runtime/container/supervise.h"

namespace tare::cli {
namespace {

template <typename Number>
Number parse_id(const std::string& text, const char* mistake) {
  auto number = parse_number<Number>(text);
  if (!number) throw Error(std::string(mistake) + ": " + quote(text));
  return *number;
}

void read_user(const std::string& text, ProcessRequest& process) {
  if (text.empty()) return;
  size_t colon = text.find(':');
  process.uid = parse_id<uint32_t>(text.substr(0, colon), "bad uid");
  if (colon != std::string::npos) {
    process.gid = parse_id<uint32_t>(text.substr(colon + 1), "bad gid");
  }
}

// "[CONTROLLER[,CONTROLLER]:]PATH" for each hierarchy: there is one, so each names the same.
std::optional<std::string> cgroup_below(const std::vector<std::string>& arguments) {
  std::optional<std::string> path;
  std::vector<std::string> seen;
  for (const std::string& argument : arguments) {
    size_t colon = argument.find(':');
    if (colon == std::string::npos && arguments.size() > 1) {
      throw Error("invalid --cgroup argument: " + argument + " (missing <controller>: prefix)");
    }
    path = colon == std::string::npos ? argument : argument.substr(colon + 1);
    if (colon == std::string::npos) break;
    for (std::string_view controller : split(std::string_view(argument).substr(0, colon), ',')) {
      if (controller.empty()) {
        throw Error("invalid --cgroup argument: " + argument + " (empty <controller> prefix)");
      }
      if (std::find(seen.begin(), seen.end(), controller) != seen.end()) {
        throw Error("invalid --cgroup argument(s): controller " + std::string(controller) +
                    " specified multiple times");
      }
      seen.emplace_back(controller);
    }
  }
  return path;
}

ProcessRequest process_request(const CommandLine& line) {
  const Options& options = line.options;
  ProcessRequest process;
  process.file = absolute(options.text(Tag::Process));
  process.args.assign(line.arguments.begin() + 1, line.arguments.end());
  process.env = options.all(Tag::Env);
  process.capabilities = options.all(Tag::Cap);
  process.cwd = options.text(Tag::Cwd);
  process.apparmor_profile = options.text(Tag::AppArmor);
  process.selinux_label = options.text(Tag::ProcessLabel);
  read_user(options.text(Tag::User), process);
  for (const std::string& gid : options.all(Tag::AdditionalGids)) {
    process.additional_gids.push_back(
        parse_id<uint32_t>(gid, "additional-gids must be a positive number"));
  }
  process.terminal = options.flag(Tag::Tty);
  if (options.has(Tag::NoNewPrivs)) process.no_new_privileges = options.flag(Tag::NoNewPrivs);
  return process;
}

}  // namespace

int exec_command(const CommandLine& line) {
  const Options& options = line.options;
  ExecRequest request;
  request.process = process_request(line);
  if (request.process.args.empty() && request.process.file.empty()) {
    throw Error("exec args cannot be empty");
  }
  request.pid_file = absolute(options.text(Tag::PidFile));
  request.console_socket = options.text(Tag::ConsoleSocket);
  request.pidfd_socket = options.text(Tag::PidfdSocket);
  request.cgroup = cgroup_below(options.all(Tag::Cgroup));
  request.ignore_paused = options.flag(Tag::IgnorePaused);
  line.inherited->require();
  request.inherited = line.inherited;
  request.detach = options.flag(Tag::Detach) ? Detach::Yes : Detach::No;
  ContainerDirectory directory = find_container(line, Lock::No);
  if (request.detach == Detach::Yes) {
    exec(directory, request);
    return 0;
  }
  // From here on signals wait for the process.
  Supervisor supervisor(Orphans::Leave);
  Executed executed = exec(directory, request);
  return supervisor.run(executed.pid, executed.pidfd, executed.terminal.get());
}

}  // namespace tare::cli
