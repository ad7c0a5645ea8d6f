// One function a command: parse, call, print. Each returns the exit status and throws what failed.
#pragma once

#include "runtime/cli/commands.h"

namespace tare::cli {

int check_command(const CommandLine& line);
int checkpoint_command(const CommandLine& line);
int create_command(const CommandLine& line);
int delete_command(const CommandLine& line);
int events_command(const CommandLine& line);
int exec_command(const CommandLine& line);
int features_command(const CommandLine& line);
int help_command(const CommandLine& line);
int kill_command(const CommandLine& line);
int list_command(const CommandLine& line);
int pause_command(const CommandLine& line);
int ps_command(const CommandLine& line);
int restore_command(const CommandLine& line);
int resume_command(const CommandLine& line);
int run_command(const CommandLine& line);
int sandbox_command(const CommandLine& line);
int spec_command(const CommandLine& line);
int start_command(const CommandLine& line);
int state_command(const CommandLine& line);
int update_command(const CommandLine& line);

}  // namespace tare::cli
