// tare create: everything up to the user's process, which waits for `start`.
#include "runtime/cli/create_request.h"
#include "runtime/cli/globals.h"
#include "runtime/cli/verbs.h"
#include "runtime/container/inherited.h"

namespace tare::cli {

CreateRequest container_request(const CommandLine& line) {
  const Options& options = line.options;
  CreateRequest request;
  request.root = state_root(options);
  request.id = line.arguments[0];
  request.bundle = options.text(Tag::Bundle, ".");
  request.config_file = options.text(Tag::Config, "config.json");
  request.pid_file = absolute(options.text(Tag::PidFile));
  request.console_socket = options.text(Tag::ConsoleSocket);
  request.no_pivot = options.flag(Tag::NoPivot);
  request.no_new_keyring = options.flag(Tag::NoNewKeyring);
  request.manager = cgroup_manager(options);
  request.rootless = rootless(options);
  return request;
}

CreateRequest create_request(const CommandLine& line) {
  CreateRequest request = container_request(line);
  request.pidfd_socket = line.options.text(Tag::PidfdSocket);
  request.notify_socket = notify_socket();
  line.inherited->require();
  request.inherited = line.inherited;
  return request;
}

int create_command(const CommandLine& line) {
  CreateRequest request = create_request(line);
  if (!explained(line, request)) create(request);
  return 0;
}

}  // namespace tare::cli
