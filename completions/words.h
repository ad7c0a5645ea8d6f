// What can stand at a place of the command line, as far as a shell can help with it.
#pragma once

#include <string>
#include <vector>

#include "runtime/cli/commands.h"

namespace tare::completions {

enum class Kind {
  Nothing,  // nothing may stand there: a boolean option has no value
  Free,     // anything that only the user knows
  File,
  Directory,
  Program,    // of the container
  Words,      // one of a few
  Container,  // the id of one that exists
  Signal,
  Command,  // of tare
};

struct Place {
  Kind kind = Kind::Free;
  std::string words = {};  // of Kind::Words, with blanks between them
};

// The value of an option; `command` is nullptr for a global one.
Place value_of(const cli::Command* command, const cli::Option& option);

// The arguments of a command, one after the other.
std::vector<Place> arguments_of(const cli::Command& command);

// Names of signals, with blanks between them.
std::string signal_names();

// What takes the place of @TABLES@ in the shell's script.
std::string bash();
std::string zsh();
std::string fish();

}  // namespace tare::completions
