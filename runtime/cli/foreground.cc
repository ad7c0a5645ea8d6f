// The container's init is our child in the foreground; its terminal is copied to ours.
#include "runtime/cli/foreground.h"

#include <optional>

#include "runtime/base/error.h"
#include "runtime/base/log.h"
#include "runtime/container/delete.h"

namespace tare::cli {

DeleteGuard::~DeleteGuard() {
  if (!armed_) return;
  try {
    delete_now();
  } catch (const Error& error) {
    // The failure that brought us here is what the user has to hear; this one leaves a container
    // that `delete --force` can still remove.
    log_warning(error.what());
  }
}

void DeleteGuard::delete_now() {
  armed_ = false;
  remove_container(*created_.directory, created_.record);
}

std::unique_ptr<Supervisor> supervise(const CommandLine& line) {
  if (line.options.flag(Tag::Detach)) return nullptr;
  return std::make_unique<Supervisor>(line.options.flag(Tag::NoSubreaper) ? Orphans::Leave
                                                                          : Orphans::Adopt);
}

int stay_with(Supervisor& supervisor, Created& created) {
  std::optional<TerminalProxy> terminal;
  if (created.terminal) terminal.emplace(std::move(created.terminal));
  return supervisor.run(created.record.init.pid, created.pidfd, terminal ? &*terminal : nullptr);
}

}  // namespace tare::cli
