// tare ps: the processes of a container as a JSON array of their numbers in our pid namespace, or
// as the host's ps shows them. Engines read both of our streams as one: nothing but the result is
// printed.
#include "runtime/base/error.h"
#include "runtime/base/strings.h"
#include "runtime/cli/globals.h"
#include "runtime/cli/output.h"
#include "runtime/cli/verbs.h"
#include "runtime/container/processes.h"

namespace tare::cli {
namespace {

std::string array(const std::vector<pid_t>& pids) {
  std::vector<std::string> numbers;
  numbers.reserve(pids.size());
  for (pid_t pid : pids) numbers.push_back(std::to_string(pid));
  return "[" + join(numbers, ",") + "]\n";
}

}  // namespace

int ps_command(const CommandLine& line) {
  std::string format = line.options.text(Tag::Format, "table");
  if (format != "table" && format != "json") {
    throw Error("invalid format option: " + quote(format)).with_hint("one of table, json");
  }
  ContainerDirectory directory = find_container(line, Lock::No);
  std::vector<pid_t> pids = processes_of(directory.read());
  std::vector<std::string> words(line.arguments.begin() + 1, line.arguments.end());
  print(format == "json" ? array(pids) : process_table(words, pids));
  return 0;
}

}  // namespace tare::cli
