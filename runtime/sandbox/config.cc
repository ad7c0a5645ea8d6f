// Everything that OCI can say is said in OCI's words here; what it cannot (times, output) is the
// supervisor's (watch.cc).
#include "runtime/sandbox/config.h"

#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <climits>

#include "oci/reader.h"
#include "runtime/base/error.h"
#include "runtime/base/paths.h"
#include "runtime/base/strings.h"
#include "runtime/base/sys.h"
#include "runtime/sandbox/default_places.h"
#include "runtime/sandbox/filters.h"
#include "runtime/sandbox/resources.h"

extern char** environ;

namespace tare::sandbox {
namespace {

constexpr const char* kPath = "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";
constexpr const char* kHome = "/tmp";

oci::Mount special(std::string destination, std::string type, oci::Strings options) {
  oci::Mount mount;
  mount.destination = std::move(destination);
  mount.source = type;
  mount.type = std::move(type);
  mount.options = std::move(options);
  return mount;
}

// Before everything that the policy mounts, so that it can be covered.
std::vector<oci::Mount> kernel_mounts() {
  return {special("/proc", "proc", {"nosuid", "noexec", "nodev"}),
          special("/dev/pts", "devpts",
                  {"nosuid", "noexec", "newinstance", "ptmxmode=0666", "mode=0620"}),
          special("/dev/shm", "tmpfs", {"nosuid", "nodev", "noexec", "mode=1777", "size=65536k"})};
}

oci::Strings hidden_of_proc() {
  return {"/proc/acpi",       "/proc/asound",        "/proc/interrupts",  "/proc/kcore",
          "/proc/keys",       "/proc/latency_stats", "/proc/sched_debug", "/proc/scsi",
          "/proc/timer_list", "/proc/timer_stats"};
}

void add_namespaces(const Policy& policy, oci::Linux& section) {
  for (const char* type : {"user", "mount", "pid", "ipc", "uts", "cgroup"}) {
    section.namespaces.push_back({type, ""});
  }
  if (policy.network != Network::Host) section.namespaces.push_back({"network", ""});
}

oci::User user_of(const Policy& policy) {
  oci::User user;
  user.uid = policy.identity.uid.value_or(::geteuid());
  user.gid = policy.identity.gid.value_or(::getegid());
  user.umask = 022;
  return user;
}

void add_mappings(const Policy& policy, const oci::User& user, oci::Linux& section) {
  section.uid_mappings = policy.identity.uid_mappings;
  section.gid_mappings = policy.identity.gid_mappings;
  if (section.uid_mappings.empty()) section.uid_mappings = {{user.uid, ::geteuid(), 1}};
  if (section.gid_mappings.empty()) section.gid_mappings = {{user.gid, ::getegid(), 1}};
}

const char* home(const Policy& policy) {
  return policy.default_view ? kHome : "/";
}

std::string_view name_of(std::string_view entry) {
  return entry.substr(0, entry.find('='));
}

oci::Strings environment(const Policy& policy) {
  oci::Strings env;
  if (policy.inherit_env) {
    for (char** entry = environ; *entry != nullptr; ++entry) env.emplace_back(*entry);
  } else {
    env.emplace_back(kPath);
    env.emplace_back(std::string("HOME=") + home(policy));
    for (char** entry = environ; *entry != nullptr; ++entry) {
      std::string_view name = name_of(*entry);
      if (name == "LANG" || name == "TERM" || name.starts_with("LC_")) env.emplace_back(*entry);
    }
  }
  for (const std::string& entry : policy.env) {
    std::erase_if(env, [&](const std::string& old) { return name_of(old) == name_of(entry); });
    env.push_back(entry);
  }
  return env;
}

// Whether the sandbox has the caller's directory where the caller has it.
bool is_visible(const std::string& path, const std::vector<Place>& places) {
  return std::any_of(places.begin(), places.end(), [&](const Place& place) {
    bool binds = place.kind == Place::Kind::ReadOnlyBind || place.kind == Place::Kind::Bind;
    bool shows = binds ? place.path == place.source : !place.layers.empty();
    return shows && is_within(path, place.path);
  });
}

std::string working_directory(const Policy& policy, const std::vector<Place>& places) {
  if (!policy.working_directory.empty()) return policy.working_directory;
  auto path = current_directory();
  return path && is_visible(*path, places) ? *path : home(policy);
}

oci::Capabilities capabilities_of(const Policy& policy) {
  oci::Capabilities sets;
  sets.bounding = sets.effective = sets.permitted = sets.inheritable = sets.ambient =
      policy.identity.capabilities;
  return sets;
}

}  // namespace

std::vector<Place> all_places(const Policy& policy) {
  std::vector<Place> places;
  if (policy.default_view) places = default_places(policy);
  places.insert(places.end(), policy.places.begin(), policy.places.end());
  return places;
}

Blueprint make_blueprint(const Policy& policy) {
  std::vector<Place> places = all_places(policy);
  View view = make_view(kernel_mounts(), places, policy);

  Blueprint blueprint;
  oci::Config& config = blueprint.config;
  config.oci_version = "1.2.0";
  config.root.emplace().readonly = true;
  config.hostname = policy.identity.hostname;
  config.mounts = std::move(view.mounts);

  oci::Process& process = config.process.emplace();
  process.args = policy.args;
  process.cwd = working_directory(policy, places);
  process.env = environment(policy);
  process.user = user_of(policy);
  process.capabilities = capabilities_of(policy);
  process.rlimits = policy.limits.rlimits;
  process.no_new_privileges = true;
  process.terminal = policy.streams.terminal;

  oci::Linux& section = config.linux_.emplace();
  add_namespaces(policy, section);
  add_mappings(policy, process.user, section);
  section.resources = all_resources(policy.limits);
  if (policy.seccomp.kind == Seccomp::Kind::File) {
    section.seccomp = read_profile(policy.seccomp.file);
  }
  // The filters of ours refuse them; another one may not.
  if (!built_in(policy.seccomp)) section.sysctl["user.max_user_namespaces"] = "0";
  section.masked_paths = hidden_of_proc();
  section.masked_paths.insert(section.masked_paths.end(), view.hidden.begin(), view.hidden.end());
  section.readonly_paths = {"/proc/bus", "/proc/fs", "/proc/irq", "/proc/sys",
                            "/proc/sysrq-trigger"};
  blueprint.entries = std::move(view.entries);
  blueprint.scratch = std::move(view.scratch);
  return blueprint;
}

}  // namespace tare::sandbox
