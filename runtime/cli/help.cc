// Everything here is made of the table of commands, so that help cannot drift from the parser.
#include "runtime/cli/help.h"

#include <algorithm>

#include "oci/features.h"
#include "runtime/base/log.h"
#include "runtime/cli/output.h"
#include "runtime/cli/verbs.h"
#include "runtime/cli/version.h"
#include "runtime/process/seccomp.h"

namespace tare::cli {
namespace {

constexpr int kUnknownCommand = 3;  // runc's exit status

using Rows = std::vector<std::pair<std::string, std::string>>;

// "   left  right" with the right column aligned.
std::string columns(const Rows& rows) {
  size_t width = 0;
  for (const auto& [left, right] : rows) width = std::max(width, left.size());
  std::string text;
  for (const auto& [left, right] : rows) {
    text.append("   ").append(left).append(width - left.size() + 2, ' ').append(right) += '\n';
  }
  return text;
}

std::string option_rows(OptionTable table) {
  Rows rows;
  for (const Option& option : table) {
    std::string value = option.argument == nullptr ? "" : option.argument;
    if (!option.may_lack_value()) value.insert(0, " ");
    std::string forms = std::string("--") + option.name + value;
    if (option.letter != nullptr) forms += std::string(", -") + option.letter + value;
    rows.emplace_back(forms, option.help);
  }
  return columns(rows);
}

std::string program_help(const std::string& program) {
  Rows rows;
  for (const Command& command : commands()) rows.emplace_back(command.name, command.summary);
  return "NAME:\n   " + program + " - Open Container Initiative runtime\n\nUSAGE:\n   " + program +
         " [global options] command [command options] [arguments...]\n\nVERSION:\n   " + version() +
         "\n\nCOMMANDS:\n" + columns(rows) + "\nGLOBAL OPTIONS:\n" + option_rows(global_options()) +
         "\nMORE:\n   " + program +
         " help COMMAND, and the manual pages tare(8) and tare-COMMAND(8)\n";
}

std::string command_help(const std::string& program, const Command& command) {
  std::string name = program + " " + command.name;
  std::string text = "NAME:\n   " + name + " - " + command.summary + "\n\nUSAGE:\n   " + name;
  if (!command.options.empty()) text += " [command options]";
  if (*command.arguments != '\0') text += std::string(" ") + command.arguments;
  text += "\n";
  if (!command.options.empty()) text += "\nOPTIONS:\n" + option_rows(command.options);
  std::string_view known = command.name;
  if (known != "help") {
    const char* section = known == "sandbox" ? "(1)" : "(8)";  // the one for everybody
    text += std::string("\nMORE:\n   the manual page tare-") + command.name + section + "\n";
  }
  return text;
}

}  // namespace

std::string help_text(const std::string& program, const Command* command) {
  return command == nullptr ? program_help(program) : command_help(program, *command);
}

std::string version_text(const std::string& program) {
  std::string text = program + " version " + version() + "\n";
  if (*commit() != '\0') text += std::string("commit: ") + commit() + "\n";
  text += std::string("spec: ") + oci::kSpecVersionMax + "\n";
  return text + "libseccomp: " + process::libseccomp_version() + "\n";
}

int no_such_command(const std::string& name) {
  log_error("No help topic for '" + name + "'");
  return kUnknownCommand;
}

int help_command(const CommandLine& line) {
  const Command* command = nullptr;
  if (!line.arguments.empty()) {
    command = find_command(line.arguments[0]);
    if (command == nullptr) return no_such_command(line.arguments[0]);
  }
  print(help_text(line.program, command));
  return 0;
}

}  // namespace tare::cli
