// The way back from a policy to settings: a row for each that is no place, and a function for
// places. tests/unit/sandbox_policy_test.cc holds the rows against those of settings.cc.
#include "runtime/sandbox/policy_text.h"

#include <optional>

#include "runtime/base/data_url.h"
#include "runtime/base/sha256.h"
#include "runtime/base/strings.h"

namespace tare::sandbox {
namespace {

using oci::json::Array;
using oci::json::Object;
using oci::json::Value;
using Shown = std::optional<Value>;

// As policy_file.cc reads it.
std::string escaped(std::string text) {
  for (size_t at = 0; (at = text.find("${", at)) != std::string::npos; at += 3) {
    text.insert(at, 1, '$');
  }
  return text;
}

Shown text(const std::string& value) {
  if (value.empty()) return std::nullopt;
  return Value(escaped(value));
}

template <typename T>
Shown number(const std::optional<T>& value) {
  if (!value) return std::nullopt;
  return Value(*value);
}

Shown time(const std::optional<Milliseconds>& value) {
  if (!value) return std::nullopt;
  return Value(std::to_string(value->count()) + "ms");
}

Shown texts(const std::vector<std::string>& values) {
  if (values.empty()) return std::nullopt;
  Array array;
  for (const std::string& value : values) array.emplace_back(escaped(value));
  return Value(std::move(array));
}

// Of 100 ms: 150000 µs are 1.5 processors.
Shown processors(const std::optional<uint64_t>& quota) {
  if (!quota) return std::nullopt;
  std::string digits = std::to_string(*quota);
  if (digits.size() < 6) digits.insert(0, 6 - digits.size(), '0');
  digits.insert(digits.size() - 5, 1, '.');
  return Value(oci::json::OtherNumber{digits});
}

std::string bound(uint64_t value) {
  return value == UINT64_MAX ? "unlimited" : std::to_string(value);
}

Shown rlimits(const std::vector<oci::Rlimit>& limits) {
  std::vector<std::string> all;
  all.reserve(limits.size());
  for (const oci::Rlimit& limit : limits) {
    constexpr std::string_view kPrefix = "RLIMIT_";
    all.push_back(limit.type.substr(kPrefix.size()) + "=" + bound(limit.soft) + ":" +
                  bound(limit.hard));
  }
  return texts(all);
}

Shown mappings(const std::vector<oci::IdMapping>& maps) {
  std::vector<std::string> all;
  all.reserve(maps.size());
  for (const oci::IdMapping& map : maps) {
    all.push_back(std::to_string(map.container_id) + ":" + std::to_string(map.host_id) + ":" +
                  std::to_string(map.size));
  }
  return texts(all);
}

const char* network_name(Network network) {
  switch (network) {
    case Network::None:
      return "none";
    case Network::Host:
      return "host";
    case Network::Pasta:
      return "pasta";
  }
  return "";
}

Shown filter(const Seccomp& seccomp) {
  switch (seccomp.kind) {
    case Seccomp::Kind::Default:
      return Value("default");
    case Seccomp::Kind::Strict:
      return Value("strict");
    case Seccomp::Kind::None:
      return Value("none");
    case Seccomp::Kind::File:
      return Value(escaped(seccomp.file));
    case Seccomp::Kind::Program:
      return std::nullopt;
  }
  return std::nullopt;
}

Shown program(const Seccomp& seccomp) {
  if (seccomp.kind != Seccomp::Kind::Program) return std::nullopt;
  return Value(data_url(seccomp.program));
}

struct Row {
  const char* name;
  Shown (*value)(const Policy&);
};

constexpr Row kRows[] = {
    {"no-default-view", [](const Policy& p) { return Shown(Value(!p.default_view)); }},
    {"diff", [](const Policy& p) { return text(p.diff); }},
    {"read-only", [](const Policy& p) { return Shown(Value(p.read_only)); }},
    {"workdir", [](const Policy& p) { return text(p.working_directory); }},
    {"network", [](const Policy& p) { return Shown(Value(network_name(p.network))); }},
    {"memory", [](const Policy& p) { return number(p.limits.memory); }},
    {"memory-swap", [](const Policy& p) { return number(p.limits.memory_and_swap); }},
    {"cpus", [](const Policy& p) { return processors(p.limits.cpu_quota); }},
    {"pids-limit", [](const Policy& p) { return number(p.limits.pids); }},
    {"ulimit", [](const Policy& p) { return rlimits(p.limits.rlimits); }},
    {"timeout", [](const Policy& p) { return time(p.limits.wall_time); }},
    {"cpu-time", [](const Policy& p) { return time(p.limits.cpu_time); }},
    {"kill-after", [](const Policy& p) { return time(p.limits.kill_after); }},
    {"max-output", [](const Policy& p) { return number(p.limits.output); }},
    {"limits",
     [](const Policy& p) {
       bool strict = p.limits.enforcement == Enforcement::Strict;
       return Shown(Value(strict ? "strict" : "best-effort"));
     }},
    {"uid", [](const Policy& p) { return number(p.identity.uid); }},
    {"gid", [](const Policy& p) { return number(p.identity.gid); }},
    {"uidmap", [](const Policy& p) { return mappings(p.identity.uid_mappings); }},
    {"gidmap", [](const Policy& p) { return mappings(p.identity.gid_mappings); }},
    {"hostname", [](const Policy& p) { return text(p.identity.hostname); }},
    {"cap-add", [](const Policy& p) { return texts(p.identity.capabilities); }},
    {"env", [](const Policy& p) { return texts(p.env); }},
    {"inherit-env", [](const Policy& p) { return Shown(Value(p.inherit_env)); }},
    {"seccomp", [](const Policy& p) { return filter(p.seccomp); }},
    {"seccomp-fd", [](const Policy& p) { return program(p.seccomp); }},
    {"stdin", [](const Policy& p) { return text(p.streams.in); }},
    {"stdout", [](const Policy& p) { return text(p.streams.out); }},
    {"stderr", [](const Policy& p) { return text(p.streams.err); }},
    {"no-die-with-parent", [](const Policy& p) { return Shown(Value(!p.die_with_parent)); }},
    {"no-forward-signals", [](const Policy& p) { return Shown(Value(!p.forward_signals)); }},
};

Object named(const char* name, const std::string& value) {
  return {{name, Value(escaped(value))}};
}

// SRC DST, with "-try" where SRC may be missing.
Object two(const Place& place, const std::string& name) {
  return {{name + (place.may_be_missing ? "-try" : ""),
           Value(Array{Value(escaped(place.source)), Value(escaped(place.path))})}};
}

Object data(const Place& place, const char* name) {
  return {
      {name, Value(Array{Value(escaped(data_url(place.content))), Value(escaped(place.path))})}};
}

}  // namespace

Object place_document(const Place& place) {
  switch (place.kind) {
    case Place::Kind::ReadOnlyBind:
      return two(place, "ro-bind");
    case Place::Kind::Bind:
      return two(place, "bind");
    case Place::Kind::DeviceBind:
      return two(place, "dev-bind");
    case Place::Kind::Tmpfs:
      return named("tmpfs",
                   place.path + (place.size ? ":size=" + std::to_string(*place.size) : ""));
    case Place::Kind::Directory:
      return named("dir", place.path);
    case Place::Kind::Symlink:
      return {{"symlink", Value(Array{Value(escaped(place.source)), Value(escaped(place.path))})}};
    case Place::Kind::Hide:
      return named("hide", place.path);
    case Place::Kind::File:
      return data(place, "file");
    case Place::Kind::ReadOnlyData:
      return data(place, "ro-bind-data");
    case Place::Kind::Data:
      return data(place, "bind-data");
    case Place::Kind::ReadOnlyOverlay:
      return named("ro-overlay", place.path);
    case Place::Kind::TemporaryOverlay:
      return named("tmp-overlay", place.path);
    case Place::Kind::Overlay:
      return {{"overlay", Value(Array{Value(escaped(place.source)), Value(escaped(place.work)),
                                      Value(escaped(place.path))})}};
  }
  return {};
}

Object policy_document(const Policy& policy) {
  Object document{{"version", Value(1U)}};
  for (const Row& row : kRows) {
    if (Shown value = row.value(policy)) document.push_back({row.name, std::move(*value)});
  }
  Array files;
  auto add_before = [&](const std::vector<std::string>& layers, std::optional<uint32_t> mode) {
    for (const std::string& layer : layers) files.emplace_back(named("overlay-src", layer));
    if (mode) files.emplace_back(named("perms", octal(*mode)));
  };
  for (const Place& place : policy.places) {
    add_before(place.layers, place.mode);
    files.emplace_back(place_document(place));
  }
  add_before(policy.layers, policy.mode);
  if (!files.empty()) document.push_back({"files", Value(std::move(files))});
  return document;
}

std::string policy_text(const Policy& policy) {
  return oci::json::write(Value(policy_document(policy)), {.width = 2}) + "\n";
}

std::string policy_digest(const Policy& policy) {
  return sha256(policy_text(policy));
}

}  // namespace tare::sandbox
