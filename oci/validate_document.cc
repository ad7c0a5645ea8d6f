// Rules for the members of the configuration that belong to no platform: version, root, names,
// annotations, hooks (runtime-spec config.md).
#include "oci/features.h"
#include "oci/names.h"
#include "oci/rules.h"
#include "runtime/base/strings.h"

namespace tare::oci {
namespace {

constexpr size_t kMaxHostname = 64;  // __NEW_UTS_LEN

// A SemVer number: digits without a leading zero.
bool is_version_number(std::string_view text) {
  if (text.size() > 1 && text[0] == '0') return false;
  return parse_number<uint32_t>(text).has_value();
}

// Dot-separated identifiers of a pre-release or build part.
bool are_identifiers(std::string_view text, bool numbers_without_leading_zero) {
  constexpr std::string_view kAllowed =
      "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-";
  for (std::string_view part : split(text, '.')) {
    if (part.empty() || part.find_first_not_of(kAllowed) != std::string_view::npos) return false;
    bool number = part.find_first_not_of("0123456789") == std::string_view::npos;
    if (numbers_without_leading_zero && number && part.size() > 1 && part[0] == '0') return false;
  }
  return true;
}

// semver.org 2.0.0, items 2, 9 and 10.
bool is_semantic_version(std::string_view text) {
  if (size_t plus = text.find('+'); plus != std::string_view::npos) {
    if (!are_identifiers(text.substr(plus + 1), false)) return false;
    text = text.substr(0, plus);
  }
  if (size_t minus = text.find('-'); minus != std::string_view::npos) {
    if (!are_identifiers(text.substr(minus + 1), true)) return false;
    text = text.substr(0, minus);
  }
  std::vector<std::string_view> numbers = split(text, '.');
  return numbers.size() == 3 && std::all_of(numbers.begin(), numbers.end(), is_version_number);
}

void check_version(const Config& config, Report& report) {
  const std::string& version = config.oci_version;
  if (!is_semantic_version(version)) {
    report.add("/ociVersion", quote(version.substr(0, 80)) + " is no semantic version (1.2.3)");
  } else if (!version.starts_with("1.")) {
    report.add("/ociVersion", "version " + version.substr(0, 80) + " is not supported, only 1.x.y");
  }
}

// Of a version of major 1: is its minor number above ours?
void check_newer_version(const Config& config, Report& report) {
  auto minor = [](std::string_view version) {
    std::vector<std::string_view> numbers = split(version, '.');
    return numbers.size() < 2 ? std::nullopt : parse_number<uint32_t>(numbers[1]);
  };
  if (minor(config.oci_version) > minor(kSpecVersionMax)) {
    report.add("/ociVersion", "version " + config.oci_version.substr(0, 80) + " is newer than " +
                                  kSpecVersionMax + ": what it has added is ignored");
  }
}

void check_root_path(const Config& config, Report& report) {
  if (config.root && config.root->path.empty()) report.add("/root/path", "must not be empty");
}

void check_annotation_names(const Config& config, Report& report) {
  if (config.annotations.contains("")) report.add("/annotations/", "a key must not be empty");
}

void check_keep_groups(const Config& config, Report& report) {
  auto keep = config.annotations.find(annotation::kKeepOriginalGroups);
  if (keep == config.annotations.end()) return;
  if (contains(annotation::kYes, keep->second) || contains(annotation::kNo, keep->second)) return;
  report.add(pointer("annotations", keep->first), "expected 0 or 1, got " + quote(keep->second));
}

void check_context_type(const Config& config, Report& report) {
  auto type = config.annotations.find(annotation::kMountContextType);
  if (type == config.annotations.end() || contains(kMountContextTypes, type->second)) return;
  report.add(pointer("annotations", type->first),
             "expected context, fscontext, defcontext or rootcontext, got " + quote(type->second));
}

void check_obeyed_annotations(const Config& config, Report& report) {
  check_keep_groups(config, report);
  check_context_type(config, report);
}

void check_name(const std::string& name, std::string_view pointer, Report& report) {
  if (name.size() > kMaxHostname) report.add(pointer, "longer than 64 bytes");
  if (!is_one_line(name)) report.add(pointer, quote(name) + " has control characters");
}

void check_uts_names(const Config& config, Report& report) {
  check_name(config.hostname, "/hostname", report);
  check_name(config.domainname, "/domainname", report);
}

void check_uts_namespace(const Config& config, Report& report) {
  if (find_namespace(config, "uts") != nullptr) return;
  if (!config.hostname.empty()) {
    report.add("/hostname", "unable to set hostname without a private UTS namespace");
  }
  if (!config.domainname.empty()) {
    report.add("/domainname", "unable to set domainname without a private UTS namespace");
  }
}

// Calls `check(hook, pointer)` for the hooks of all six lists.
template <typename Check>
void for_each_hook(const Config& config, Check check) {
  if (!config.hooks) return;
  const Hooks& hooks = *config.hooks;
  const std::vector<Hook>* lists[] = {&hooks.prestart,         &hooks.create_runtime,
                                      &hooks.create_container, &hooks.start_container,
                                      &hooks.poststart,        &hooks.poststop};
  static_assert(std::size(lists) == std::size(kHookNames));
  for (size_t list = 0; list < std::size(lists); ++list) {
    for (size_t i = 0; i < lists[list]->size(); ++i) {
      check((*lists[list])[i], pointer("hooks", kHookNames[list], i));
    }
  }
}

void check_hook_paths(const Config& config, Report& report) {
  for_each_hook(config, [&](const Hook& hook, const std::string& at) {
    if (!hook.path.starts_with('/'))
      report.add(at + "/path", quote(hook.path) + " is not absolute");
  });
}

void check_hook_timeouts(const Config& config, Report& report) {
  for_each_hook(config, [&](const Hook& hook, const std::string& at) {
    if (hook.timeout && *hook.timeout <= 0) {
      report.add(at + "/timeout", "must be greater than 0, got " + std::to_string(*hook.timeout));
    }
  });
}

// sched(7): such a process cannot fork, and tare-init forks for these hooks.
void check_start_hooks(const Config& config, Report& report) {
  if (!config.hooks || config.hooks->start_container.empty()) return;
  if (!config.process || !config.process->scheduler) return;
  const Scheduler& scheduler = *config.process->scheduler;
  if (scheduler.policy != "SCHED_DEADLINE") return;
  if (contains(scheduler.flags, "SCHED_FLAG_RESET_ON_FORK")) return;
  report.add("/process/scheduler/flags",
             "SCHED_DEADLINE needs SCHED_FLAG_RESET_ON_FORK for startContainer hooks to be run");
}

constexpr Rule<Config> kRules[] = {
    {"ver-2, ver-6: a semantic version of major 1", check_version},
    {"root-2: root.path is not empty", check_root_path},
    {"anno-1: annotation keys are not empty", check_annotation_names},
    {"anno-6: annotations that we obey have values that we know", check_obeyed_annotations},
    {"uts-1, uts-2: names fit the kernel", check_uts_names},
    {"uts-3: names need a UTS namespace", check_uts_namespace},
    {"hooks-1: hook paths are absolute", check_hook_paths},
    {"hooks-10: startContainer hooks can be forked", check_start_hooks},
    {"hooks-14: hook timeouts are positive", check_hook_timeouts},
};

constexpr Rule<Config> kDoubtful[] = {
    {"ver-5: a version we know", check_newer_version},
};

}  // namespace

Rules<Config> document_rules() {
  return kRules;
}

Rules<Config> doubtful_rules() {
  return kDoubtful;
}

}  // namespace tare::oci
