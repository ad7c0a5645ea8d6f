// One row a setting: its name, how many values it takes, and what it does to a policy.
#include "runtime/sandbox/settings.h"

#include <linux/filter.h>

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <utility>

#include "runtime/base/error.h"
#include "runtime/base/size.h"
#include "runtime/base/strings.h"
#include "runtime/base/sys.h"
#include "runtime/sandbox/setting_values.h"

namespace tare::sandbox {
namespace {

using Kind = Place::Kind;

constexpr size_t kMaxEnvFile = 1U << 20U;

// --- places ---

Place& add_place(const Setting& setting, Policy& policy, Kind kind) {
  Place& place = policy.places.emplace_back();
  place.kind = kind;
  place.origin = setting.origin;
  place.mode = std::exchange(policy.mode, {});
  return place;
}

// SRC DST
template <Kind kind, bool may_be_missing = false>
void bind(const Setting& setting, Policy& policy) {
  Place& place = add_place(setting, policy, kind);
  place.source = host_path(setting, setting.values[0]);
  place.path = path_inside(setting, setting.values[1]);
  place.may_be_missing = may_be_missing;
}

// PATH, of the host and inside
template <Kind kind>
void bind_same(const Setting& setting, Policy& policy) {
  Place& place = add_place(setting, policy, kind);
  place.source = place.path = host_path(setting, setting.values[0]);
}

template <Kind kind>
void only_path(const Setting& setting, Policy& policy) {
  add_place(setting, policy, kind).path = path_inside(setting, setting.values[0]);
}

void symlink(const Setting& setting, Policy& policy) {
  Place& place = add_place(setting, policy, Kind::Symlink);
  place.source = setting.values[0];
  place.path = path_inside(setting, setting.values[1]);
}

// DST or DST:size=SIZE
void tmpfs(const Setting& setting, Policy& policy) {
  constexpr std::string_view kSize = ":size=";
  const std::string& text = setting.values[0];
  size_t at = text.rfind(kSize);
  Place& place = add_place(setting, policy, Kind::Tmpfs);
  place.path = path_inside(setting, text.substr(0, at));
  if (at == std::string::npos) return;
  Setting amount = setting;
  amount.values = {text.substr(at + kSize.size())};
  place.size = size(amount);
}

void layer(const Setting& setting, Policy& policy) {
  policy.layers.push_back(host_path(setting, setting.values[0]));
}

template <Kind kind>
void overlay(const Setting& setting, Policy& policy) {
  Place& place = add_place(setting, policy, kind);
  place.layers = std::exchange(policy.layers, {});
  place.path = path_inside(setting, setting.values.back());
  if (kind != Kind::Overlay) return;
  place.source = host_path(setting, setting.values[0]);
  place.work = host_path(setting, setting.values[1]);
}

// FD DST
template <Kind kind>
void data(const Setting& setting, Policy& policy) {
  Place& place = add_place(setting, policy, kind);
  place.content = content(setting, setting.values[0]);
  place.path = path_inside(setting, setting.values[1]);
}

// --- words out of a few ---

template <typename T>
struct Word {
  const char* name;
  T value;
};

template <typename T, size_t N>
T one_of(const Setting& setting, const Word<T> (&words)[N]) {
  for (const auto& word : words) {
    if (setting.values[0] == word.name) return word.value;
  }
  refuse(setting, setting.values[0]);
}

void network(const Setting& setting, Policy& policy) {
  policy.network = one_of<Network>(
      setting, {{"none", Network::None}, {"host", Network::Host}, {"pasta", Network::Pasta}});
}

void enforcement(const Setting& setting, Policy& policy) {
  policy.limits.enforcement = one_of<Enforcement>(
      setting, {{"strict", Enforcement::Strict}, {"best-effort", Enforcement::BestEffort}});
}

void seccomp(const Setting& setting, Policy& policy) {
  using SeccompKind = Seccomp::Kind;
  const std::string& text = setting.values[0];
  policy.seccomp = {};
  if (text.find('/') != std::string::npos || text.ends_with(".json")) {
    policy.seccomp = {SeccompKind::File, host_path(setting, text), ""};
    return;
  }
  policy.seccomp.kind = one_of<SeccompKind>(setting, {{"default", SeccompKind::Default},
                                                      {"strict", SeccompKind::Strict},
                                                      {"none", SeccompKind::None}});
}

// As bubblewrap's --seccomp FD.
void seccomp_program(const Setting& setting, Policy& policy) {
  policy.seccomp = {Seccomp::Kind::Program, "", content(setting, setting.values[0])};
  const std::string& bytes = policy.seccomp.program;
  size_t instructions = bytes.size() / sizeof(sock_filter);
  sock_filter last{};
  if (instructions > 0) {
    std::memcpy(&last, &bytes[(instructions - 1) * sizeof last], sizeof last);
  }
  bool whole = bytes.size() % sizeof last == 0 && instructions <= BPF_MAXINSNS;
  if (whole && BPF_CLASS(last.code) == BPF_RET) return;
  throw Error(setting.origin + ": this is no compiled seccomp filter");
}

// --- environment ---

// A name alone passes the caller's value on, if there is one.
void variable(const std::string& text, Policy& policy) {
  std::string name = text.substr(0, text.find('='));
  std::string entry = text;
  if (name == text) {
    const char* value = std::getenv(text.c_str());
    if (value == nullptr) return;
    entry += std::string("=") + value;
  }
  std::erase_if(policy.env, [&](const std::string& old) { return old.starts_with(name + "="); });
  policy.env.push_back(std::move(entry));
}

void env(const Setting& setting, Policy& policy) {
  const std::string& text = setting.values[0];
  if (text.empty() || text[0] == '=') refuse(setting, text);
  variable(text, policy);
}

void env_file(const Setting& setting, Policy& policy) {
  std::string path = host_path(setting, setting.values[0]);
  std::string text = sys::read_file_at(AT_FDCWD, path, kMaxEnvFile);
  for (std::string_view line : split(text, '\n')) {
    line = trim(line);
    if (!line.empty() && line[0] != '#') variable(std::string(line), policy);
  }
}

void capability(const Setting& setting, Policy& policy) {
  const std::string& name = setting.values[0];
  policy.identity.capabilities.push_back(name.starts_with("CAP_") ? name : "CAP_" + name);
}

// The last one of a type counts.
void ulimit(const Setting& setting, Policy& policy) {
  oci::Rlimit limit = rlimit(setting);
  auto& all = policy.limits.rlimits;
  std::erase_if(all, [&](const oci::Rlimit& old) { return old.type == limit.type; });
  all.push_back(std::move(limit));
}

void map_root(const Setting& setting, Policy& policy) {
  if (!boolean(setting)) return;
  policy.identity.uid = policy.identity.gid = 0;
  policy.origins["uid"] = policy.origins["gid"] = setting.origin;
}

struct Row {
  const char* name;
  int values;
  void (*apply)(const Setting&, Policy&);
  bool is_place = false;  // of the view, whose order matters
};

constexpr Row kRows[] = {
    {"ro-bind", 2, bind<Kind::ReadOnlyBind>, true},
    {"ro-bind-try", 2, bind<Kind::ReadOnlyBind, true>, true},
    {"bind", 2, bind<Kind::Bind>, true},
    {"bind-try", 2, bind<Kind::Bind, true>, true},
    {"dev-bind", 2, bind<Kind::DeviceBind>, true},
    {"dev-bind-try", 2, bind<Kind::DeviceBind, true>, true},
    {"ro", 1, bind_same<Kind::ReadOnlyBind>, true},
    {"rw", 1, bind_same<Kind::Bind>, true},
    {"hide", 1, only_path<Kind::Hide>, true},
    {"overlay-src", 1, layer, true},
    {"tmp-overlay", 1, overlay<Kind::TemporaryOverlay>, true},
    {"ro-overlay", 1, overlay<Kind::ReadOnlyOverlay>, true},
    {"overlay", 3, overlay<Kind::Overlay>, true},
    {"diff", 1, [](const Setting& s, Policy& p) { p.diff = host_path(s, s.values[0]); }},
    {"ro-bind-data", 2, data<Kind::ReadOnlyData>, true},
    {"bind-data", 2, data<Kind::Data>, true},
    {"file", 2, data<Kind::File>, true},
    {"perms", 1, [](const Setting& s, Policy& p) { p.mode = mode(s); }, true},
    {"dir", 1, only_path<Kind::Directory>, true},
    {"tmpfs", 1, tmpfs, true},
    {"symlink", 2, symlink, true},
    {"read-only", 0, [](const Setting& s, Policy& p) { p.read_only = boolean(s); }},
    {"no-default-view", 0, [](const Setting& s, Policy& p) { p.default_view = !boolean(s); }},
    {"workdir", 1,
     [](const Setting& s, Policy& p) { p.working_directory = path_inside(s, s.values[0]); }},
    {"network", 1, network},
    {"memory", 1, [](const Setting& s, Policy& p) { p.limits.memory = size(s); }},
    {"memory-swap", 1, [](const Setting& s, Policy& p) { p.limits.memory_and_swap = size(s); }},
    {"cpus", 1, [](const Setting& s, Policy& p) { p.limits.cpu_quota = cpu_quota(s); }},
    {"pids-limit", 1, [](const Setting& s, Policy& p) { p.limits.pids = number(s); }},
    {"ulimit", 1, ulimit},
    {"timeout", 1, [](const Setting& s, Policy& p) { p.limits.wall_time = duration(s); }},
    {"cpu-time", 1, [](const Setting& s, Policy& p) { p.limits.cpu_time = duration(s); }},
    {"kill-after", 1, [](const Setting& s, Policy& p) { p.limits.kill_after = duration(s); }},
    {"max-output", 1, [](const Setting& s, Policy& p) { p.limits.output = size(s); }},
    {"limits", 1, enforcement},
    {"uid", 1, [](const Setting& s, Policy& p) { p.identity.uid = id(s); }},
    {"gid", 1, [](const Setting& s, Policy& p) { p.identity.gid = id(s); }},
    {"map-root", 0, map_root},
    {"uidmap", 1,
     [](const Setting& s, Policy& p) { p.identity.uid_mappings.push_back(mapping(s)); }},
    {"gidmap", 1,
     [](const Setting& s, Policy& p) { p.identity.gid_mappings.push_back(mapping(s)); }},
    {"hostname", 1, [](const Setting& s, Policy& p) { p.identity.hostname = s.values[0]; }},
    {"cap-add", 1, capability},
    {"env", 1, env},
    {"env-file", 1, env_file},
    {"inherit-env", 0, [](const Setting& s, Policy& p) { p.inherit_env = boolean(s); }},
    {"seccomp", 1, seccomp},
    {"seccomp-fd", 1, seccomp_program},
    {"stdin", 1, [](const Setting& s, Policy& p) { p.streams.in = host_path(s, s.values[0]); }},
    {"stdout", 1, [](const Setting& s, Policy& p) { p.streams.out = host_path(s, s.values[0]); }},
    {"stderr", 1, [](const Setting& s, Policy& p) { p.streams.err = host_path(s, s.values[0]); }},
    {"no-die-with-parent", 0, [](const Setting& s, Policy& p) { p.die_with_parent = !boolean(s); }},
    {"no-forward-signals", 0, [](const Setting& s, Policy& p) { p.forward_signals = !boolean(s); }},
};

const Row* find(std::string_view name) {
  const auto* row = std::find_if(std::begin(kRows), std::end(kRows),
                                 [&](const Row& candidate) { return name == candidate.name; });
  return row == std::end(kRows) ? nullptr : row;
}

}  // namespace

int values_of(std::string_view name) {
  const Row* row = find(name);
  return row == nullptr ? -1 : row->values;
}

bool is_place(std::string_view name) {
  const Row* row = find(name);
  return row != nullptr && row->is_place;
}

std::vector<std::string> setting_names() {
  std::vector<std::string> names;
  for (const Row& row : kRows) names.emplace_back(row.name);
  return names;
}

void apply(const Setting& setting, Policy& policy) {
  const Row* row = find(setting.name);
  if (row == nullptr) throw Error(setting.origin + ": there is no such setting");
  row->apply(setting, policy);
  policy.origins[setting.name] = setting.origin;
}

}  // namespace tare::sandbox
