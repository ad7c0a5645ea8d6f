// fish wants one `complete` line a word, each with the condition under which it counts. Both the
// command and the number of its arguments are found by a walk over the words before the cursor.
#include <string>

#include "completions/words.h"

namespace tare::completions {
namespace {

std::string quoted(const std::string& text) {
  std::string out = "'";
  for (char c : text) {
    if (c == '\'' || c == '\\') out += '\\';
    out += c;
  }
  return out + "'";
}

// How a `complete` line says what can stand there.
std::string action(const Place& place) {
  switch (place.kind) {
    case Kind::Nothing:
      return "";
    case Kind::Free:
      return " -x";
    case Kind::File:
    case Kind::Program:
      return " -r -F";
    case Kind::Directory:
      return " -x -a '(__fish_complete_directories)'";
    case Kind::Words:
      return " -x -a " + quoted(place.words);
    case Kind::Container:
      return " -x -a '(__tare_ids)'";
    case Kind::Signal:
      return " -x -a " + quoted(signal_names());
    case Kind::Command:
      return " -x -a \"$__tare_commands\"";
  }
  return "";
}

std::string option_rows(const cli::Command* command, cli::OptionTable options) {
  std::string text;
  for (const cli::Option& option : options) {
    text += "complete -c tare -n ";
    text += command == nullptr ? "__tare_open" : quoted(std::string("__tare_in ") + command->name);
    text += std::string(" -l ") + option.name;
    if (option.letter != nullptr) text += std::string(" -s ") + option.letter;
    text += action(value_of(command, option)) + " -d " + quoted(option.help) + "\n";
  }
  return text;
}

std::string argument_rows(const cli::Command& command) {
  std::string text;
  auto places = arguments_of(command);
  for (size_t i = 0; i < places.size(); ++i) {
    if (places[i].kind == Kind::Free) continue;
    text += "complete -c tare -n " +
            quoted(std::string("__tare_at ") + command.name + " " + std::to_string(i)) +
            action(places[i]) + "\n";
  }
  return text;
}

std::string with_value(const std::string& prefix, cli::OptionTable options) {
  std::string text;
  for (const cli::Option& option : options) {
    if (option.argument == nullptr) continue;
    text += " " + prefix + option.name;
    if (option.letter != nullptr) text += " " + prefix + option.letter;
  }
  return text;
}

}  // namespace

std::string fish() {
  std::string names, rows, values = with_value("", cli::global_options());
  for (const cli::Command& command : cli::commands()) {
    names += names.empty() ? command.name : std::string(" ") + command.name;
    rows += "complete -c tare -n '__tare_at \"\" 0' -a " + std::string(command.name) + " -d " +
            quoted(command.summary) + "\n";
    rows += option_rows(&command, command.options) + argument_rows(command);
    values += with_value(std::string(command.name) + ":", command.options);
  }
  return "set -g __tare_commands " + quoted(names) + "\nset -g __tare_with_value" + values + "\n" +
         rows + option_rows(nullptr, cli::global_options());
}

}  // namespace tare::completions
