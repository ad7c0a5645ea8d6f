// Warnings and the one error, to standard error or to the engine's log file.
#pragma once

#include <string>
#include <string_view>

#include "runtime/base/fd.h"

namespace tare {

enum class LogLevel { Debug, Warning, Error };
enum class LogFormat { Text, Json };

// Where messages go. Default: plain text on standard error, warnings and errors only.
struct LogTarget {
  Fd file;  // invalid: standard error
  LogFormat format = LogFormat::Text;
  bool debug = false;
};

// Opens the log file: append and create, never truncate (one file serves all calls of a container).
Fd open_log_file(const std::string& path);

void set_log_target(LogTarget target);

// Whether log_debug has an effect, for messages that cost something to make.
bool debugging();
void log_debug(std::string_view message);
// On standard error without a log file; into it with --debug only: engines parse the file as the
// error alone, and our standard error is the container's then.
void log_warning(std::string_view message);
// One entry in the log file, and the bare message on standard error (BuildKit, conmon, CRI-O and
// Buildah only see that).
void log_error(std::string_view message);

}  // namespace tare
