// Help texts and the version, in runc's shape: tools look for "NAME:" and "<program> <command> -".
#pragma once

#include <string>

#include "runtime/cli/commands.h"

namespace tare::cli {

// Of the program (`command` nullptr) or of one command.
std::string help_text(const std::string& program, const Command* command);

// Several lines; the word "version" is on the first alone, for dockerd takes the last one with it.
std::string version_text(const std::string& program);

// For a name that no command has: says so in runc's words and returns the exit status.
int no_such_command(const std::string& name);

}  // namespace tare::cli
