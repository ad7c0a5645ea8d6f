// What is an option here is a setting by the same name (runtime/sandbox/settings.cc), but for those
// of the command line alone.
#include "runtime/cli/sandbox_options.h"

#include "runtime/sandbox/default_places.h"
#include "runtime/sandbox/policy_file.h"
#include "runtime/sandbox/profiles.h"
#include "runtime/sandbox/settings.h"

namespace tare::cli {

namespace {

using sandbox::Setting;

std::vector<Setting> given_settings(const Options& options) {
  std::vector<Setting> settings;
  std::string here = sandbox::current_directory().value_or("");
  for (const Given& given : options.in_order()) {
    int values = sandbox::values_of(given.option->name);
    if (values < 0) continue;
    Setting setting{given.option->name, {given.value}, {}, here};
    setting.origin = std::string("--") + given.option->name;
    setting.values.insert(setting.values.end(), given.more.begin(), given.more.end());
    settings.push_back(std::move(setting));
  }
  return settings;
}

void apply_all(const std::vector<Setting>& settings, sandbox::Policy& policy) {
  for (const Setting& setting : settings) sandbox::apply(setting, policy);
}

}  // namespace

sandbox::Policy sandbox_policy(const CommandLine& line) {
  const Options& options = line.options;
  sandbox::Policy policy;
  policy.args = line.arguments;
  for (const std::string& name : options.all(Tag::Profile)) {
    apply_all(sandbox::profile_settings(name), policy);
  }
  for (const std::string& file : options.all(Tag::PolicyFile)) {
    apply_all(sandbox::read_policy_file(file), policy);
  }
  apply_all(given_settings(options), policy);
  return policy;
}

}  // namespace tare::cli
