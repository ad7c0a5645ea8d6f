// The table of commands and of their options: the one place to add either. Names, letters and
// meanings are runc's. Global options may stand before and after the command, as its newer versions
// and CRI-O have it; the command's own win where both have a name.
#include "runtime/cli/commands.h"

#include <algorithm>
#include <array>

#include "runtime/base/paths.h"
#include "runtime/cli/verbs.h"

namespace tare::cli {
namespace {

constexpr auto kGlobalOptions = std::to_array<Option>({
    {Tag::Root, "root", nullptr, "DIR",
     "keep the state of containers in DIR (default: /run/tare, for an ordinary user "
     "$XDG_RUNTIME_DIR/tare)"},
    {Tag::Log, "log", nullptr, "FILE", "append errors to FILE as well as to standard error"},
    {Tag::LogFormat, "log-format", nullptr, "FORMAT", "text (default) or json"},
    {Tag::LogLevel, "log-level", nullptr, "LEVEL", "accepted and ignored"},
    {Tag::Debug, "debug", nullptr, nullptr, "log each step"},
    {Tag::SystemdCgroup, "systemd-cgroup", nullptr, nullptr,
     "let systemd manage cgroups: cgroupsPath is slice:prefix:name"},
    {Tag::CgroupManager, "cgroup-manager", nullptr, "MANAGER",
     "cgroupfs (default), systemd or disabled"},
    {Tag::Rootless, "rootless", nullptr, "WHEN",
     "tolerate a lack of cgroup permissions: true, false or auto (default)"},
    {Tag::Criu, "criu", nullptr, "PATH", "accepted and ignored"},
    {Tag::Help, "help", "h", nullptr, "show help"},
    {Tag::Version, "version", "v", nullptr, "show the version"},
});

constexpr auto kCheckOptions = std::to_array<Option>({
    {Tag::Config, "config", "f", "FILE", "configuration in the bundle (default: config.json)"},
    {Tag::Json, "json", nullptr, nullptr, "print JSON"},
});

constexpr auto kCreateOptions = std::to_array<Option>({
    {Tag::Bundle, "bundle", "b", "DIR", "directory of the bundle (default: the current one)"},
    {Tag::Config, "config", "f", "FILE", "configuration in the bundle (default: config.json)"},
    {Tag::ConsoleSocket, "console-socket", nullptr, "PATH",
     "UNIX socket that receives the master end of the container's terminal"},
    {Tag::PidfdSocket, "pidfd-socket", nullptr, "PATH",
     "UNIX socket that receives a pidfd of the container's process"},
    {Tag::PidFile, "pid-file", nullptr, "FILE", "write the process id to FILE"},
    {Tag::NoPivot, "no-pivot", nullptr, nullptr,
     "do not use pivot_root, for a root file system on a ramdisk (unsafe)"},
    {Tag::NoNewKeyring, "no-new-keyring", nullptr, nullptr,
     "let the container inherit the caller's session keyring"},
    {Tag::PreserveFds, "preserve-fds", nullptr, kCount,
     "pass N further descriptors, beginning with 3 + $LISTEN_FDS"},
    {Tag::Explain, "explain", nullptr, nullptr, "show what would be done, and do nothing"},
    {Tag::Format, "format", nullptr, "FORMAT", "of --explain: text (default) or json"},
});

constexpr auto kRunOnlyOptions = std::to_array<Option>({
    {Tag::Detach, "detach", "d", nullptr, "return when the container has started"},
    {Tag::Keep, "keep", nullptr, nullptr, "do not delete the container when it has exited"},
    {Tag::NoSubreaper, "no-subreaper", nullptr, nullptr,
     "do not adopt and reap the container's orphans"},
});

template <size_t N, size_t M>
constexpr auto join(const std::array<Option, N>& first, const std::array<Option, M>& second) {
  std::array<Option, N + M> both{};
  std::copy(second.begin(), second.end(), std::copy(first.begin(), first.end(), both.begin()));
  return both;
}

constexpr auto kRunOptions = join(kCreateOptions, kRunOnlyOptions);

constexpr auto kDeleteOptions = std::to_array<Option>({
    {Tag::Force, "force", "f", nullptr, "kill a running container; succeed if there is none"},
});

constexpr auto kKillOptions = std::to_array<Option>({
    {Tag::All, "all", "a", nullptr, "signal every process of the container, stopped or not"},
});

constexpr auto kListOptions = std::to_array<Option>({
    {Tag::Format, "format", "f", "FORMAT", "table (default) or json"},
    {Tag::Quiet, "quiet", "q", nullptr, "show ids only"},
});

constexpr auto kSpecOptions = std::to_array<Option>({
    {Tag::Bundle, "bundle", "b", "DIR", "directory to write to (default: the current one)"},
    {Tag::RootlessSpec, "rootless", nullptr, nullptr, "for a container of an ordinary user"},
});

constexpr auto kCommands = std::to_array<Command>({
    {"check", "tell what a bundle would fail at here, or what this host offers", "[bundle]", 0, 1,
     kCheckOptions, check_command},
    {"create", "create a container", "<container-id>", 1, 1, kCreateOptions, create_command},
    {"delete", "delete a container and everything it holds", "<container-id>", 1, 1, kDeleteOptions,
     delete_command},
    {"features", "show what is built in", "", 0, 0, {}, features_command},
    {"help", "show help", "[command]", 0, 1, {}, help_command},
    {"kill", "send a signal (default: TERM) to a container's init process",
     "<container-id> [signal]", 1, 2, kKillOptions, kill_command},
    {"list", "list the containers of this state root", "", 0, 0, kListOptions, list_command},
    {"run", "create and start a container", "<container-id>", 1, 1, kRunOptions, run_command},
    {"spec", "write a configuration to begin with", "", 0, 0, kSpecOptions, spec_command},
    {"start", "run the process of a created container", "<container-id>", 1, 1, {}, start_command},
    {"state", "show the state of a container", "<container-id>", 1, 1, {}, state_command},
});

}  // namespace

std::span<const Command> commands() {
  return kCommands;
}

OptionTable global_options() {
  return kGlobalOptions;
}

const Command* find_command(const std::string& name) {
  for (const Command& command : kCommands) {
    if (name == command.name) return &command;
  }
  return nullptr;
}

CommandLine read_command_line(int argc, char** argv) {
  CommandLine line;
  if (base_name(argv[0]) == "runc") line.program = "runc";
  OptionReader reader(argc, argv);
  reader.expect({kGlobalOptions});
  if (auto name = reader.next_word(line.options)) {
    line.command = find_command(*name);
    if (line.command == nullptr) {
      line.unknown_command = *name;
      return line;
    }
    reader.expect({line.command->options, kGlobalOptions});
    while (auto word = reader.next_word(line.options)) line.arguments.push_back(*word);
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
