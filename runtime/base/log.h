// Warnings and the one error, to standard error or to the engine's log file.
#pragma once

#include <string>
#include <string_view>

#include "runtime/base/fd.h"

namespace tare {

enum class LogLevel { Debug, Warning, Error };
enum class LogFormat { Text, Json };
// What is at the other end: a file, or a service that takes datagrams.
enum class LogProtocol { File, Journal, Syslog };

// Where messages go. Default: plain text on standard error, warnings and errors only.
struct LogTarget {
  Fd file;  // invalid: standard error
  LogFormat format = LogFormat::Text;
  LogProtocol protocol = LogProtocol::File;
  std::string identifier;  // what a service shows messages under; one line
  LogLevel least = LogLevel::Warning;
};

// Opens the log file: append and create, never truncate (one file serves all calls of a container).
Fd open_log_file(const std::string& path);
// The socket of systemd's journal or of syslog(3); throws when nobody serves it.
Fd connect_log_service(LogProtocol protocol);

void set_log_target(LogTarget target);

// Whether log_debug has an effect, for messages that cost something to make.
bool debugging();
void log_debug(std::string_view message);
// On standard error without a log file; into it from level debug on only: engines parse the file as
// the error alone, and our standard error is the container's then. A service gets it.
void log_warning(std::string_view message);
// One entry in the log file, and the bare message on standard error (BuildKit, conmon, CRI-O and
// Buildah only see that).
void log_error(std::string_view message);

}  // namespace tare
