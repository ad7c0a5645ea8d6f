// `start` connects to the socket on which the container's init waits. Init answers with reports:
//
//   start (this file)              init
//     connect ───────────────────→ accept, run startContainer hooks
//     read    ←──── Failed ──────  a hook or execve failed; init exits
//     read    ←──── Executing ───  the next thing is execve
//     read    ←──── end of file ─  execve closed the connection: the program runs
//
// Crash safety needs no record: status.cc tells created from running by whether init still owns the
// socket, which execve itself ends. Killed before connect, `start` did nothing; killed later, init
// goes on alone and the next command sees what came of it. The socket's name is removed last and
// only saves later commands a question.
//
// Everything read here is hostile: hooks inside the container may have got hold of init.
#include "runtime/container/start.h"

#include <unistd.h>

#include <cerrno>
#include <optional>

#include "runtime/act/report.h"
#include "runtime/base/error.h"
#include "runtime/base/log.h"
#include "runtime/base/sys.h"
#include "runtime/container/delete.h"
#include "runtime/container/failure.h"
#include "runtime/container/hooks.h"
#include "runtime/container/status.h"

namespace tare {
namespace {

constexpr const char* kInitDied = "container init died before it executed the program";

void check_startable(oci::Status status) {
  switch (status) {
    case oci::Status::Created:
      break;
    case oci::Status::Running:
      throw Error("cannot start an already running container");
    case oci::Status::Stopped:
      throw Error("cannot start a container that has stopped");
    default:
      throw Error(std::string("cannot start a container in the ") + oci::status_name(status) +
                  " state");
  }
}

Fd connect_init(const ContainerDirectory& directory) {
  std::string path = "/proc/self/fd/" + std::to_string(directory.fd().get()) + "/" + kStartSocket;
  try {
    return sys::connect_unix(path);
  } catch (const Error& error) {
    // It owned the socket a moment ago.
    if (error.error() == ECONNREFUSED) throw Error(kInitDied);
    throw;
  }
}

// Nothing at the end of the stream. One that ends within a report is an Error.
std::optional<act::Report> read_report(const Fd& connection) {
  act::Report report;
  auto* bytes = reinterpret_cast<char*>(&report);
  size_t used = 0;
  while (used < sizeof report) {
    ssize_t n = ::read(connection.get(), bytes + used, sizeof report - used);
    // A listener that dies resets the connections it has not accepted.
    if (n == 0 || (n < 0 && errno == ECONNRESET)) break;
    if (n > 0) used += static_cast<size_t>(n);
    if (n < 0 && errno != EINTR) throw Error(errno, "read", kStartSocket);
  }
  if (used == 0) return std::nullopt;
  if (used < sizeof report || report.magic != act::kReportMagic) {
    throw Error("container init sent something that is no report");
  }
  return report;
}

// What init failed at; nothing once the program was executed.
std::optional<act::Report> await_program(const Fd& connection) {
  bool executing = false;
  for (;;) {
    auto report = read_report(connection);
    if (!report) {
      if (!executing) throw Error(kInitDied);
      return std::nullopt;
    }
    if (report->type == act::ReportType::Failed) return report;
    if (report->type != act::ReportType::Executing || executing) {
      throw Error("container init sent an unexpected report");
    }
    executing = true;
  }
}

// For a container that a failed hook condemned: the hook's failure is what the user has to hear.
void destroy_quietly(ContainerDirectory& directory, const ContainerRecord& record) {
  try {
    destroy(directory, record);
  } catch (const Error& error) {
    log_warning(error.what());
  }
}

void run_poststart(ContainerDirectory& directory, const ContainerRecord& record) {
  // Running, even if the program has ended already: the hook runs because it was started.
  oci::State state = state_with(record, oci::Status::Running);
  try {
    run_hooks("poststart", record.poststart, {oci::hook_state_json(state), record.bundle});
  } catch (const Error&) {
    destroy_quietly(directory, record);
    throw;
  }
}

void release(ContainerDirectory& directory, const ContainerRecord& record) {
  std::optional<Scope> scope("start " + directory.id());
  if (record.no_process) throw Error("cannot start a container without process");
  auto failure = await_program(connect_init(directory));
  if (failure && is_hook_failure(*failure)) {
    Error error = failure_error(*failure, hook_failed("startContainer", failure->place));
    destroy_quietly(directory, record);
    throw error;
  }
  if (failure) {
    scope.reset();  // it is the program's failure: "exec PATH: exec format error"
    throw program_failure(*failure);
  }
  log_debug("start " + directory.id() + ": the program runs");
  sys::try_unlinkat(directory.fd().get(), kStartSocket);
  if (!record.poststart.empty()) run_poststart(directory, record);
}

ContainerRecord read_startable(const ContainerDirectory& directory) {
  Scope scope("start " + directory.id());
  ContainerRecord record = directory.read();
  check_startable(container_status(directory, record));
  return record;
}

}  // namespace

void start(ContainerDirectory& directory) {
  release(directory, read_startable(directory));
}

void start_created(ContainerDirectory& directory, const ContainerRecord& record) {
  release(directory, record);
}

}  // namespace tare
