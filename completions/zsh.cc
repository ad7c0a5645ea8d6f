// zsh's own _arguments walks over the command line; it gets one specification an option. In them
// colons and brackets have a meaning and are escaped, and all stands in single quotes.
#include <string>

#include "completions/words.h"

namespace tare::completions {
namespace {

std::string escaped(const std::string& text) {
  std::string out;
  for (char c : text) {
    if (c == '\'') {
      out += "'\\''";
      continue;
    }
    if (c == ':' || c == '[' || c == ']' || c == '\\') out += '\\';
    out += c;
  }
  return out;
}

std::string action(const Place& place) {
  switch (place.kind) {
    case Kind::Nothing:
    case Kind::Free:
      return "";
    case Kind::File:
      return "_files";
    case Kind::Directory:
      return "_files -/";
    case Kind::Program:
      return "_default";
    case Kind::Words:
      return "(" + place.words + ")";
    case Kind::Container:
      return "_tare_ids";
    case Kind::Signal:
      return "(" + signal_names() + ")";
    case Kind::Command:
      return "_tare_commands";
  }
  return "";
}

// All may be repeated: the last one counts, or all of them.
std::string option_rows(const cli::Command* command, cli::OptionTable options) {
  std::string text;
  for (const cli::Option& option : options) {
    Place place = value_of(command, option);
    std::string rest = "[" + escaped(option.help) + "]";
    bool has_value = place.kind != Kind::Nothing;
    if (has_value) rest += ":" + escaped(option.argument) + ":" + action(place);
    text += std::string("  '*--") + option.name + (has_value ? "=" : "") + rest + "'\n";
    if (option.letter != nullptr) text += std::string("  '*-") + option.letter + rest + "'\n";
  }
  return text;
}

std::string command_function(const cli::Command& command) {
  std::string text = std::string("\n_tare_") + command.name + "() {\n  local -a specs=(\n";
  text += option_rows(&command, command.options);
  bool stops = command.words == cli::Words::FromFirstArgument;
  auto places = arguments_of(command);
  for (size_t i = 0; i < places.size(); ++i) {
    if (places[i].kind == Kind::Free) continue;  // told of it, zsh would not insert an option there
    bool rest = stops && i + 1 == places.size() && i > 0;
    text += "  '" + (rest ? "*" : std::to_string(i + 1)) + ": :" + action(places[i]) + "'\n";
  }
  return text + "  )\n  _arguments " + (stops ? "-A '-*' " : "") + "$specs $_tare_global\n}\n";
}

}  // namespace

std::string zsh() {
  std::string names, functions;
  for (const cli::Command& command : cli::commands()) {
    names += std::string("  '") + command.name + ":" + escaped(command.summary) + "'\n";
    functions += command_function(command);
  }
  return "_tare_commands() {\n  local -a commands=(\n" + names +
         "  )\n  _describe command commands\n}\n\ntypeset -ga _tare_global=(\n" +
         option_rows(nullptr, cli::global_options()) + ")\n" + functions;
}

}  // namespace tare::completions
