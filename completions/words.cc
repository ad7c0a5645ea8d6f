// Most of it follows from the placeholders in the table of options. What has a few values has them
// in its help text, for people; here they are for shells.
#include "completions/words.h"

#include <algorithm>
#include <string_view>

#include "runtime/base/strings.h"

namespace tare::completions {
namespace {

using cli::Tag;

struct Choice {
  Tag tag;
  const char* words;
};
constexpr Choice kChoices[] = {
    {Tag::CgroupManager, "cgroupfs systemd disabled"},
    {Tag::CpuIdle, "0 1"},
    {Tag::EmptyNs, "network"},
    {Tag::LogFormat, "text json"},
    {Tag::LogLevel, "error warning debug"},
    {Tag::ManageCgroupsMode, "soft full strict ignore"},
    {Tag::Rootless, "true false auto"},
};
constexpr const char* kTables = "table json";  // --format of what prints tables
constexpr const char* kTexts = "text json";    // of --explain

// Their argument is the id of a container that is not there yet.
bool makes_a_container(std::string_view command) {
  return command == "create" || command == "run" || command == "restore";
}

Kind kind_of_placeholder(std::string_view word) {
  if (word == "FILE" || word == "PATH") return Kind::File;
  if (word == "DIR" || word == "[bundle]") return Kind::Directory;
  if (word == "<container-id>") return Kind::Container;
  if (word == "[signal]") return Kind::Signal;
  if (word == "[command]") return Kind::Command;
  if (word == "[command") return Kind::Program;
  return Kind::Free;
}

}  // namespace

Place value_of(const cli::Command* command, const cli::Option& option) {
  if (option.may_lack_value()) return {Kind::Nothing};
  for (const Choice& choice : kChoices) {
    if (choice.tag == option.tag) return {Kind::Words, choice.words};
  }
  if (option.tag == Tag::Format) {
    bool explains = command != nullptr && makes_a_container(command->name);
    return {Kind::Words, explains ? kTexts : kTables};
  }
  // A path below the container's cgroup, which the shell does not know.
  if (option.tag == Tag::Cgroup) return {Kind::Free};
  return {kind_of_placeholder(option.argument)};
}

std::vector<Place> arguments_of(const cli::Command& command) {
  std::vector<Place> places;
  for (std::string_view word : split(command.arguments, ' ')) {
    Kind kind = kind_of_placeholder(word);
    if (kind == Kind::Container && makes_a_container(command.name)) kind = Kind::Free;
    if (!word.empty()) places.push_back({kind});
  }
  return places;
}

std::string signal_names() {
  return "HUP INT QUIT ILL TRAP ABRT BUS FPE KILL USR1 SEGV USR2 PIPE ALRM TERM STKFLT CHLD CONT "
         "STOP TSTP TTIN TTOU URG XCPU XFSZ VTALRM PROF WINCH IO PWR SYS RTMIN RTMAX";
}

}  // namespace tare::completions
