// tare restore: makes a container from images, by criu; in the foreground it then does what `run`
// does.
#include "runtime/checkpoint/restore.h"

#include <optional>

#include "runtime/cli/criu_settings.h"
#include "runtime/cli/foreground.h"
#include "runtime/cli/globals.h"
#include "runtime/cli/verbs.h"

namespace tare::cli {
namespace {

RestoreRequest restore_request(const CommandLine& line) {
  const Options& options = line.options;
  RestoreRequest request;
  CreateRequest& container = request.container;
  container.root = state_root(options);
  container.id = line.arguments[0];
  container.bundle = options.text(Tag::Bundle, ".");
  container.config_file = options.text(Tag::Config, "config.json");
  container.pid_file = absolute(options.text(Tag::PidFile));
  container.console_socket = options.text(Tag::ConsoleSocket);
  container.no_pivot = options.flag(Tag::NoPivot);
  container.no_new_keyring = options.flag(Tag::NoNewKeyring);
  container.manager = cgroup_manager(options);
  container.rootless = rootless(options);
  container.detach = options.flag(Tag::Detach);
  request.criu = criu_settings(line);
  request.lsm_profile = options.text(Tag::LsmProfile);
  request.lsm_mount_context = options.text(Tag::LsmMountContext);
  return request;
}

}  // namespace

int restore_command(const CommandLine& line) {
  const Options& options = line.options;
  RestoreRequest request = restore_request(line);
  auto supervisor = supervise(line);
  Created created = restore(request);
  created.directory->unlock();  // it may run for years
  DeleteGuard container(created);
  int status = supervisor ? stay_with(*supervisor, created) : 0;
  if (!supervisor || options.flag(Tag::Keep)) {
    container.keep();
  } else {
    container.delete_now();
  }
  return status;
}

}  // namespace tare::cli
