// The named rules behind validate(), one table a topic. Tests go through the same tables: a rule
// without a case that breaks it fails them.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "oci/config.h"
#include "oci/violation.h"

namespace tare::oci {

// Collects what rules find in one part of a document.
class Report {
 public:
  // `base` is the pointer of that part; pointers given to add() are relative to it.
  Report(std::string_view base, std::vector<Violation>& violations)
      : base_(base), violations_(violations) {}

  void add(std::string_view pointer, std::string text) {
    violations_.push_back({std::string(base_).append(pointer), std::move(text)});
  }

 private:
  std::string_view base_;
  std::vector<Violation>& violations_;
};

// A property of a T that must hold; `name` begins with the row of the table it comes from
// (runtime-spec's section and number in our own count) and says what is demanded.
template <typename T>
struct Rule {
  std::string_view name;
  void (*check)(const T& part, Report& report);
};

template <typename T>
using Rules = std::span<const Rule<T>>;

Rules<Config> document_rules();  // version, annotations, hooks, host and domain name
// Of what is accepted, with a warning.
Rules<Config> doubtful_rules();
Rules<Config> doubtful_mount_rules();
Rules<Config> namespace_rules();  // namespaces, id maps, clocks, sysctl, masks
Rules<Config> mount_rules();
Rules<Linux> linux_rules();  // devices, cgroup path, propagation, what is not supported yet
Rules<Process> process_rules();
Rules<Resources> resource_rules();
Rules<Seccomp> seccomp_rules();

// The namespace of that type in the list, or nullptr: it is inherited.
const Namespace* find_namespace(const Config& config, std::string_view type);

// What map_write() in the kernel refuses of an id map (user_namespaces(7)); `at` is its pointer.
void check_id_map(const std::vector<IdMapping>& map, std::string_view at, Report& report);

// No control bytes: the text can go into a file of the kernel's, or to a terminal, as one line.
bool is_one_line(std::string_view text);

// 2^32-1, the kernel's "no id" ((uid_t)-1).
inline constexpr uint32_t kNoId = 0xffffffff;

}  // namespace tare::oci
