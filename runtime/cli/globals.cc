// Engines pass these before every command, or leave them all out and expect the same state root
// from an environment of nothing but XDG_RUNTIME_DIR (default_state_root in
// runtime/container/state_root.h).
#include "runtime/cli/globals.h"

#include <unistd.h>

#include <climits>
#include <cstdlib>

#include "runtime/base/error.h"
#include "runtime/base/log.h"
#include "runtime/base/paths.h"
#include "runtime/base/strings.h"
#include "runtime/container/state_root.h"

namespace tare::cli {
namespace {

std::string current_directory() {
  char path[PATH_MAX];
  if (::getcwd(path, sizeof path) == nullptr) throw Error(errno, "getcwd", "");
  return path;
}

// A log that is not a file is named as crun has it: "journald:IDENTIFIER", "syslog:IDENTIFIER"; so
// may a file be, "file:PATH".
void open_log(const std::string& name, LogTarget& target) {
  size_t colon = name.find(':');
  std::string kind = name.substr(0, colon);
  std::string rest = colon == std::string::npos ? "" : name.substr(colon + 1);
  if (colon == std::string::npos || (kind != "file" && kind != "journald" && kind != "syslog")) {
    target.file = open_log_file(name);
  } else if (kind == "file") {
    target.file = open_log_file(rest);
  } else {
    if (rest.empty() || rest.find('\n') != std::string::npos) {
      throw Error("invalid log: " + quote(name)).with_hint(kind + ":IDENTIFIER");
    }
    target.protocol = kind == "syslog" ? LogProtocol::Syslog : LogProtocol::Journal;
    target.identifier = rest;
    target.file = connect_log_service(target.protocol);
  }
}

LogLevel log_level(const Options& options) {
  if (options.flag(Tag::Debug)) return LogLevel::Debug;
  // crun's names, and those of the engine that calls it with its own.
  std::string name = options.text(Tag::LogLevel, "warning");
  for (const char* debug : {"debug", "trace"}) {
    if (name == debug) return LogLevel::Debug;
  }
  for (const char* warning : {"warning", "warn", "info"}) {
    if (name == warning) return LogLevel::Warning;
  }
  for (const char* error : {"error", "off"}) {
    if (name == error) return LogLevel::Error;
  }
  throw Error("invalid log-level: " + quote(name)).with_hint("one of error, warning, debug");
}

}  // namespace

std::string absolute(const std::string& path) {
  return path.empty() || path.front() == '/' ? path : absolute_from(current_directory(), path);
}

void set_up_log(const Options& options) {
  LogTarget target;
  target.least = log_level(options);
  std::string format = options.text(Tag::LogFormat, "text");
  if (format != "text" && format != "json") throw Error("invalid log-format: " + quote(format));
  if (format == "json") target.format = LogFormat::Json;
  std::string file = options.text(Tag::Log);
  if (!file.empty()) open_log(file, target);
  set_log_target(std::move(target));
}

std::string state_root(const Options& options) {
  std::string root = options.text(Tag::Root);
  if (root.empty()) return default_state_root();
  root = clean_absolute(absolute(root));
  if (root == "/") throw Error("Option --root argument should not be set to /");
  return root;
}

ContainerDirectory find_container(const CommandLine& line, Lock lock) {
  const std::string& id = line.arguments[0];
  check_container_id(id);
  auto store = Store::open(state_root(line.options));
  if (!store) throw Error("container does not exist");
  return lock == Lock::Yes ? store->find_locked(id) : store->find(id);
}

cgroups::Manager cgroup_manager(const Options& options) {
  using cgroups::Manager;
  bool systemd = options.flag(Tag::SystemdCgroup);
  std::string name = options.text(Tag::CgroupManager, systemd ? "systemd" : "cgroupfs");
  if (name == "cgroupfs") return Manager::Cgroupfs;
  if (name == "systemd") return Manager::Systemd;
  if (name == "disabled") return Manager::Disabled;
  throw Error("invalid cgroup-manager: " + quote(name))
      .with_hint("one of cgroupfs, systemd, disabled");
}

std::string notify_socket() {
  const char* socket = std::getenv("NOTIFY_SOCKET");
  return socket != nullptr ? socket : "";
}

CreateRequest::Rootless rootless(const Options& options) {
  using Rootless = CreateRequest::Rootless;
  std::string when = options.text(Tag::Rootless, "auto");
  if (when == "auto") return Rootless::Auto;
  if (when == "true") return Rootless::True;
  if (when == "false") return Rootless::False;
  throw Error("invalid rootless: " + quote(when)).with_hint("one of true, false, auto");
}

}  // namespace tare::cli
