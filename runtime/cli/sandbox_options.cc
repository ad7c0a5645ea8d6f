// Flags are applied in their order; relative paths of the host start where we are.
#include "runtime/cli/sandbox_options.h"

#include <cmath>
#include <cstdlib>

#include "oci/names.h"
#include "runtime/base/error.h"
#include "runtime/base/paths.h"
#include "runtime/base/strings.h"
#include "runtime/base/sys.h"
#include "runtime/cli/duration.h"
#include "runtime/cli/limit_options.h"
#include "runtime/sandbox/view.h"

namespace tare::cli {
namespace {

using sandbox::Place;
using sandbox::Policy;
using Kind = Place::Kind;

constexpr size_t kMaxEnvFile = 1U << 20U;

Error invalid(const Given& given) {
  return Error("invalid value " + quote(given.value) + " for --" + given.option->name);
}

uint64_t size_of(const Given& given) {
  int64_t bytes = parse_size(given.value);
  if (bytes <= 0) throw invalid(given);
  return static_cast<uint64_t>(bytes);
}

template <typename T>
T number_of(const Given& given) {
  auto number = parse_number<T>(given.value);
  if (!number) throw invalid(given);
  return *number;
}

sandbox::Milliseconds duration_of(const Given& given) {
  auto duration = parse_duration(given.value);
  if (!duration || duration->count() < 0) throw invalid(given);
  return std::chrono::ceil<sandbox::Milliseconds>(*duration);
}

// "1.5" processors are 150 ms in every 100.
uint64_t quota_of(const Given& given) {
  char* end = nullptr;
  double processors = std::strtod(given.value.c_str(), &end);
  bool whole = end != given.value.c_str() && *end == 0;
  if (!whole || !std::isfinite(processors) || processors < 0.01 || processors > 1e6) {
    throw invalid(given);
  }
  return static_cast<uint64_t>(std::lround(processors * 100'000));
}

std::string on_host(const std::string& path) {
  if (path.starts_with('/')) return clean_absolute(path);
  auto here = sandbox::current_directory();
  if (!here) throw Error(quote(path) + " is relative to a directory that cannot be reached");
  return clean_absolute(absolute_from(*here, path));
}

std::string inside(const Given& given, const std::string& path) {
  if (!path.starts_with('/')) {
    throw Error("--" + std::string(given.option->name) + ": " + quote(path) + " is not absolute");
  }
  return clean_absolute(path);
}

Place place(const Given& given, Kind kind) {
  Place place;
  place.kind = kind;
  place.origin = std::string("--") + given.option->name;
  return place;
}

Place bind(const Given& given, Kind kind, bool may_be_missing = false) {
  Place made = place(given, kind);
  made.source = on_host(given.value);
  made.path = inside(given, given.second);
  made.may_be_missing = may_be_missing;
  return made;
}

Place same(const Given& given, Kind kind) {
  Place made = place(given, kind);
  made.source = made.path = on_host(given.value);
  return made;
}

// DST or DST:size=SIZE.
Place tmpfs(const Given& given) {
  constexpr std::string_view kSize = ":size=";
  Place made = place(given, Kind::Tmpfs);
  size_t at = given.value.rfind(kSize);
  made.path = inside(given, given.value.substr(0, at));
  if (at != std::string::npos) {
    int64_t bytes = parse_size(std::string_view(given.value).substr(at + kSize.size()));
    if (bytes <= 0) throw invalid(given);
    made.size = static_cast<uint64_t>(bytes);
  }
  return made;
}

Place symlink(const Given& given) {
  Place made = place(given, Kind::Symlink);
  made.source = given.value;
  made.path = inside(given, given.second);
  return made;
}

Place plain(const Given& given, Kind kind) {
  Place made = place(given, kind);
  made.path = inside(given, given.value);
  return made;
}

std::optional<Place> place_of(const Given& given) {
  switch (given.option->tag) {
    case Tag::RoBind:
      return bind(given, Kind::ReadOnlyBind);
    case Tag::TryRoBind:
      return bind(given, Kind::ReadOnlyBind, true);
    case Tag::Bind:
      return bind(given, Kind::Bind);
    case Tag::TryBind:
      return bind(given, Kind::Bind, true);
    case Tag::DevBind:
      return bind(given, Kind::DeviceBind);
    case Tag::TryDevBind:
      return bind(given, Kind::DeviceBind, true);
    case Tag::Ro:
      return same(given, Kind::ReadOnlyBind);
    case Tag::Rw:
      return same(given, Kind::Bind);
    case Tag::Hide:
      return plain(given, Kind::Hide);
    case Tag::Dir:
      return plain(given, Kind::Directory);
    case Tag::Tmpfs:
      return tmpfs(given);
    case Tag::Symlink:
      return symlink(given);
    default:
      return std::nullopt;
  }
}

// NAME=SOFT[:HARD], names and "unlimited" as in docker.
oci::Rlimit rlimit(const Given& given) {
  size_t equals = given.value.find('=');
  if (equals == std::string::npos) throw invalid(given);
  oci::Rlimit limit;
  for (char letter : given.value.substr(0, equals)) {
    limit.type += static_cast<char>(letter >= 'a' && letter <= 'z' ? letter - 'a' + 'A' : letter);
  }
  limit.type = "RLIMIT_" + limit.type;
  auto number = [&](const std::string& text) -> uint64_t {
    if (text == "unlimited" || text == "-1") return UINT64_MAX;
    auto value = parse_number<uint64_t>(text);
    if (!value) throw invalid(given);
    return *value;
  };
  std::string values = given.value.substr(equals + 1);
  size_t colon = values.find(':');
  limit.soft = number(values.substr(0, colon));
  limit.hard = colon == std::string::npos ? limit.soft : number(values.substr(colon + 1));
  return limit;
}

bool set_limit(const Given& given, sandbox::Limits& limits) {
  switch (given.option->tag) {
    case Tag::Memory:
      limits.memory = size_of(given);
      return true;
    case Tag::MemorySwap:
      limits.memory_and_swap = size_of(given);
      return true;
    case Tag::Cpus:
      limits.cpu_quota = quota_of(given);
      return true;
    case Tag::PidsLimit:
      limits.pids = number_of<uint64_t>(given);
      return true;
    case Tag::Ulimit:
      limits.rlimits.push_back(rlimit(given));
      return true;
    case Tag::Timeout:
      limits.wall_time = duration_of(given);
      return true;
    case Tag::CpuTime:
      limits.cpu_time = duration_of(given);
      return true;
    case Tag::KillAfter:
      limits.kill_after = duration_of(given);
      return true;
    case Tag::MaxOutput:
      limits.output = size_of(given);
      return true;
    case Tag::Limits:
      if (given.value != "strict" && given.value != "best-effort") throw invalid(given);
      limits.enforcement =
          given.value == "strict" ? sandbox::Enforcement::Strict : sandbox::Enforcement::BestEffort;
      return true;
    default:
      return false;
  }
}

oci::IdMapping mapping(const Given& given) {
  auto parts = split(given.value, ':');
  oci::IdMapping made;
  auto take = [&](size_t index, uint32_t& number) {
    auto value = parse_number<uint32_t>(parts[index]);
    if (!value) throw invalid(given);
    number = *value;
  };
  if (parts.size() != 3) throw invalid(given);
  take(0, made.container_id);
  take(1, made.host_id);
  take(2, made.size);
  return made;
}

bool set_identity(const Given& given, sandbox::Identity& identity) {
  switch (given.option->tag) {
    case Tag::Uid:
      identity.uid = number_of<uint32_t>(given);
      return true;
    case Tag::Gid:
      identity.gid = number_of<uint32_t>(given);
      return true;
    case Tag::MapRoot:
      identity.uid = identity.gid = 0;
      return true;
    case Tag::UidMap:
      identity.uid_mappings.push_back(mapping(given));
      return true;
    case Tag::GidMap:
      identity.gid_mappings.push_back(mapping(given));
      return true;
    case Tag::Hostname:
      identity.hostname = given.value;
      return true;
    case Tag::CapAdd:
      identity.capabilities.push_back(given.value.starts_with("CAP_") ? given.value
                                                                      : "CAP_" + given.value);
      return true;
    default:
      return false;
  }
}

void add_variable(const std::string& text, oci::Strings& env) {
  if (text.find('=') != std::string::npos) {
    env.push_back(text);
  } else if (const char* value = std::getenv(text.c_str())) {
    env.push_back(text + "=" + value);
  }
}

void add_file(const std::string& path, oci::Strings& env) {
  std::string text = sys::read_file_at(AT_FDCWD, path, kMaxEnvFile);
  for (std::string_view line : split(text, '\n')) {
    line = trim(line);
    if (!line.empty() && !line.starts_with('#')) add_variable(std::string(line), env);
  }
}

sandbox::Network network_of(const Given& given) {
  if (given.value == "none") return sandbox::Network::None;
  if (given.value == "host") return sandbox::Network::Host;
  throw invalid(given);
}

sandbox::Seccomp seccomp_of(const Given& given) {
  using SeccompKind = sandbox::Seccomp::Kind;
  if (given.value == "default") return {};
  if (given.value == "strict") return {SeccompKind::Strict, ""};
  if (given.value == "none") return {SeccompKind::None, ""};
  return {SeccompKind::File, on_host(given.value)};
}

void set_rest(const Given& given, Policy& policy) {
  switch (given.option->tag) {
    case Tag::Workdir:
      policy.working_directory = inside(given, given.value);
      break;
    case Tag::Network:
      policy.network = network_of(given);
      break;
    case Tag::Env:
      add_variable(given.value, policy.env);
      break;
    case Tag::EnvFile:
      add_file(given.value, policy.env);
      break;
    case Tag::Seccomp:
      policy.seccomp = seccomp_of(given);
      break;
    default:
      break;
  }
}

}  // namespace

sandbox::Policy sandbox_policy(const CommandLine& line) {
  Policy policy;
  policy.args = line.arguments;
  for (const Given& given : line.options.in_order()) {
    if (auto made = place_of(given)) {
      policy.places.push_back(std::move(*made));
    } else if (!set_limit(given, policy.limits) && !set_identity(given, policy.identity)) {
      set_rest(given, policy);
    }
  }
  const Options& options = line.options;
  policy.default_view = !options.flag(Tag::NoDefaultView);
  policy.read_only = options.flag(Tag::ReadOnly);
  policy.inherit_env = options.flag(Tag::InheritEnv);
  policy.streams.in = options.text(Tag::Stdin);
  policy.streams.out = options.text(Tag::Stdout);
  policy.streams.err = options.text(Tag::Stderr);
  policy.die_with_parent = !options.flag(Tag::NoDieWithParent);
  policy.forward_signals = !options.flag(Tag::NoForwardSignals);
  return policy;
}

}  // namespace tare::cli
