// What is an option here is a setting by the same name (runtime/sandbox/settings.cc), but for those
// of the command line alone.
#include "runtime/cli/sandbox_options.h"

#include <fcntl.h>

#include <cerrno>

#include "runtime/base/error.h"
#include "runtime/base/strings.h"
#include "runtime/container/inherited.h"
#include "runtime/sandbox/default_places.h"
#include "runtime/sandbox/policy_file.h"
#include "runtime/sandbox/profiles.h"
#include "runtime/sandbox/settings.h"

namespace tare::cli {
namespace {

int descriptor(const std::string& option, const std::string& text) {
  auto number = parse_number<int>(text);
  if (!number || *number < 0) throw Error("invalid value " + quote(text) + " for " + option);
  if (::fcntl(*number, F_GETFD) < 0) throw Error(errno, option, text);
  return *number;
}

// Those of socket activation are not among them: nobody named them here.
std::vector<int> passed_descriptors(const CommandLine& line) {
  constexpr int kFirst = 3;
  line.inherited->require();
  std::vector<int> passed;
  for (int fd : line.inherited->preserved()) {
    if (fd < kFirst + line.options.count(Tag::PreserveFds)) passed.push_back(fd);
  }
  for (const std::string& text : line.options.all(Tag::PassFd)) {
    int fd = descriptor("--pass-fd", text);
    if (fd >= kFirst) passed.push_back(fd);
  }
  return passed;
}

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
  policy.streams.terminal = line.options.flag(Tag::Tty);
  policy.streams.passed = passed_descriptors(line);
  if (line.options.has(Tag::StatusFd)) {
    policy.streams.status = descriptor("--json-status-fd", line.options.text(Tag::StatusFd));
  }
  return policy;
}

}  // namespace tare::cli
