// The commands, and what a command line turns into.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "runtime/cli/options.h"

namespace tare {
class InheritedFds;
}

namespace tare::cli {

struct CommandLine;

// Where a command's own words begin, after which nothing is an option of ours.
enum class Words { FromDoubleDash, FromFirstArgument };

inline constexpr size_t kAnyNumber = SIZE_MAX;

struct Command {
  const char* name;
  const char* summary;    // one line
  const char* arguments;  // as the usage line shows them
  size_t least_arguments, most_arguments;
  OptionTable options;
  int (*run)(const CommandLine&);  // exit status
  Words words = Words::FromDoubleDash;
  int failure = 1;  // exit status of whatever fails
};

struct CommandLine {
  std::string program = "tare";      // what we call ourselves: "runc" when called by that name
  const Command* command = nullptr;  // none was named, or one that we do not have
  std::optional<std::string> unknown_command;  // its name then
  Options options;                             // the global ones and the command's
  std::vector<std::string> arguments;
  const InheritedFds* inherited = nullptr;  // descriptors of the caller's for a container
  std::string mistake;  // what the user got wrong, in runc's words; empty: nothing
};

std::span<const Command> commands();
OptionTable global_options();
// Nothing for an unknown name.
const Command* find_command(const std::string& name);

// Never throws for what the user got wrong: that is in `mistake` and `unknown_command`, and
// everything before it has been read (the log file, say). argc is at least 1.
CommandLine read_command_line(int argc, char** argv);

// Whether the command has as many arguments as it takes: what is wrong, in runc's words, or empty.
std::string wrong_argument_count(const CommandLine& line);

}  // namespace tare::cli
