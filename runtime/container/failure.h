// What a container's init reported, as an Error.
#pragma once

#include <string_view>

#include "runtime/act/report.h"
#include "runtime/base/error.h"

namespace tare {

// "<operation>: <call> <text>: <errno text>", or for a hook "<operation>: exit status N, output:
// <text>". The report is hostile input: every length is checked, at most kReportText bytes of its
// text are used, and control bytes are escaped. The Error carries the errno, or 0.
Error failure_error(const act::Report& report, std::string_view operation);

// The program could not be executed after everything was ready: "exec PATH: <errno text>".
Error program_failure(const act::Report& report);

// The report is that of a hook, whatever it failed at: its status, its timeout, its execve.
bool is_hook_failure(const act::Report& report);

}  // namespace tare
