// tare restore: makes a container from images, by criu; in the foreground it then does what `run`
// does.
#include "runtime/checkpoint/restore.h"

#include <optional>

#include "runtime/cli/create_request.h"
#include "runtime/cli/criu_settings.h"
#include "runtime/cli/foreground.h"
#include "runtime/cli/verbs.h"

namespace tare::cli {
namespace {

RestoreRequest restore_request(const CommandLine& line) {
  const Options& options = line.options;
  RestoreRequest request;
  request.container = container_request(line);
  request.container.detach = options.flag(Tag::Detach);
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
