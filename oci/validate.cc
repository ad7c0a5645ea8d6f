// Runs the tables of rules over a configuration and its parts. Rules are independent: each looks at
// the whole part it is for and reports whatever it finds, so one run names everything that is
// wrong.
#include "oci/validate.h"

#include <charconv>

#include "oci/rules.h"
#include "runtime/base/strings.h"

namespace tare::oci {
namespace {

template <typename T>
void apply(Rules<T> rules, const T& part, Report report) {
  for (const Rule<T>& rule : rules) rule.check(part, report);
}

}  // namespace

void validate(const Config& config, std::vector<Violation>& violations) {
  apply(document_rules(), config, {"", violations});
  if (config.process) apply(process_rules(), *config.process, {"/process", violations});
  apply(mount_rules(), config, {"", violations});
  apply(namespace_rules(), config, {"", violations});
  if (!config.linux_) return;
  const Linux& section = *config.linux_;
  apply(linux_rules(), section, {"/linux", violations});
  if (section.resources) {
    apply(resource_rules(), *section.resources, {"/linux/resources", violations});
  }
  if (section.seccomp) apply(seccomp_rules(), *section.seccomp, {"/linux/seccomp", violations});
}

std::vector<Violation> doubts(const Config& config) {
  std::vector<Violation> found;
  apply(doubtful_rules(), config, {"", found});
  apply(doubtful_mount_rules(), config, {"", found});
  return found;
}

void validate(const Process& process, std::vector<Violation>& violations) {
  apply(process_rules(), process, {"", violations});
}

void validate(const Resources& resources, std::vector<Violation>& violations) {
  apply(resource_rules(), resources, {"", violations});
}

const Namespace* find_namespace(const Config& config, std::string_view type) {
  if (!config.linux_) return nullptr;
  for (const Namespace& ns : config.linux_->namespaces) {
    if (ns.type == type) return &ns;
  }
  return nullptr;
}

bool is_one_line(std::string_view text) {
  for (char c : text) {
    auto byte = static_cast<unsigned char>(c);
    if (byte < 0x20 || byte == 0x7f) return false;
  }
  return true;
}

}  // namespace tare::oci
