// What is an option here is a setting by the same name (runtime/sandbox/settings.cc), but for those
// of the command line alone.
#include "runtime/cli/sandbox_options.h"

#include "runtime/sandbox/default_places.h"
#include "runtime/sandbox/policy_file.h"
#include "runtime/sandbox/settings.h"

namespace tare::cli {

sandbox::Policy sandbox_policy(const CommandLine& line) {
  sandbox::Policy policy;
  policy.args = line.arguments;
  for (const std::string& file : line.options.all(Tag::PolicyFile)) {
    for (const sandbox::Setting& setting : sandbox::read_policy_file(file)) {
      sandbox::apply(setting, policy);
    }
  }
  std::string here = sandbox::current_directory().value_or("");
  for (const Given& given : line.options.in_order()) {
    int values = sandbox::values_of(given.option->name);
    if (values < 0) continue;
    sandbox::Setting setting{given.option->name, {given.value}, {}, here};
    setting.origin = std::string("--") + given.option->name;
    setting.values.insert(setting.values.end(), given.more.begin(), given.more.end());
    sandbox::apply(setting, policy);
  }
  return policy;
}

}  // namespace tare::cli
