// The script walks over the words before the cursor by itself, since bash gives it no help, and
// asks these functions what stands in the table: cases of "COMMAND:OPTION" and "COMMAND:NUMBER".
#include <string>

#include "completions/words.h"

namespace tare::completions {
namespace {

std::string action(const Place& place) {
  switch (place.kind) {
    case Kind::Nothing:
      return "";
    case Kind::Free:
    case Kind::Program:
      return "free";
    case Kind::File:
      return "file";
    case Kind::Directory:
      return "directory";
    case Kind::Words:
      return "words " + place.words;
    case Kind::Container:
      return "container";
    case Kind::Signal:
      return "words " + signal_names();
    case Kind::Command:
      return "commands";
  }
  return "";
}

std::string forms(cli::OptionTable options) {
  std::string text;
  for (const cli::Option& option : options) {
    text += std::string(" --") + option.name;
    if (option.letter != nullptr) text += std::string(" -") + option.letter;
  }
  return text;
}

// "  COMMAND:-*NAME | COMMAND:-*LETTER) echo ACTION ;;" of each option that has a value.
std::string value_rows(const cli::Command* command, cli::OptionTable options) {
  std::string text, name = command == nullptr ? "*" : command->name;
  for (const cli::Option& option : options) {
    std::string value = action(value_of(command, option));
    text += "    " + name + ":" + option.name;
    if (option.letter != nullptr) text += " | " + name + ":" + option.letter;
    text += value.empty() ? ") ;;\n" : ") echo " + value + " ;;\n";
  }
  return text;
}

std::string argument_rows(const cli::Command& command) {
  std::string text;
  auto places = arguments_of(command);
  for (size_t i = 0; i < places.size(); ++i) {
    text += std::string("    ") + command.name + ":" + std::to_string(i) + ") echo " +
            action(places[i]) + " ;;\n";
  }
  return text;
}

}  // namespace

std::string bash() {
  std::string names, options, values, arguments;
  for (const cli::Command& command : cli::commands()) {
    names += names.empty() ? command.name : std::string(" ") + command.name;
    if (!command.options.empty()) {
      options += std::string("    ") + command.name + ") echo" + forms(command.options) + " ;;\n";
    }
    values += value_rows(&command, command.options);
    arguments += argument_rows(command);
  }
  values += value_rows(nullptr, cli::global_options());
  return "_tare_commands='" + names + "'\n\n_tare_options() {  # COMMAND\n  case $1 in\n" +
         options + "  esac\n  echo" + forms(cli::global_options()) +
         "\n}\n\n# What the value of an option is; nothing for one without.\n"
         "_tare_value() {  # COMMAND OPTION\n  local name=${2#-}\n  case $1:${name#-} in\n" +
         values + "  esac\n}\n\n_tare_argument() {  # COMMAND NUMBER\n  case $1:$2 in\n" +
         arguments + "  esac\n}\n";
}

}  // namespace tare::completions
