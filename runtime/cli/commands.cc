// How a command line is read: global options may stand before and after the command, as newer
// versions of runc and CRI-O have it; the command's own win where both have a name.
#include "runtime/cli/commands.h"

#include "runtime/base/paths.h"

namespace tare::cli {

const Command* find_command(const std::string& name) {
  for (const Command& command : commands()) {
    if (name == command.name) return &command;
  }
  return nullptr;
}

CommandLine read_command_line(int argc, char** argv) {
  CommandLine line;
  if (base_name(argv[0]) == "runc") line.program = "runc";
  OptionReader reader(argc, argv);
  reader.expect({global_options()});
  if (auto name = reader.next_word(line.options)) {
    line.command = find_command(*name);
    if (line.command == nullptr) {
      line.unknown_command = *name;
      return line;
    }
    reader.expect({line.command->options, global_options()});
    while (auto word = reader.next_word(line.options)) {
      line.arguments.push_back(*word);
      // What follows the id belongs to the program that is to run.
      if (line.command->words == Words::FromFirstArgument) reader.end();
    }
  }
  line.mistake = reader.mistake();
  return line;
}

std::string wrong_argument_count(const CommandLine& line) {
  const Command& command = *line.command;
  const size_t least = command.least_arguments, most = command.most_arguments;
  const size_t given = line.arguments.size();
  if (given >= least && given <= most) return "";
  std::string text = line.program + ": \"" + command.name + "\" requires ";
  if (least == most) {
    text += "exactly " + std::to_string(least);
  } else if (given < least) {
    text += "a minimum of " + std::to_string(least);
  } else {
    text += "a maximum of " + std::to_string(most);
  }
  return text + " argument(s)";
}

}  // namespace tare::cli
