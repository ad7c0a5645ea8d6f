// The configuration is the one that a run is made of. The root, there in memory, is a directory
// here; a runtime makes mount points in it by itself.
//
// Where other runtimes ask for more than ours, they get it: a tmpfs of its own for /dev; and a user
// 0 in the user namespace, as whom they set up the container (runc, nsexec.c). With one id to map
// that has to be the command's too.
#include "runtime/sandbox/export_bundle.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <string_view>

#include "oci/json.h"
#include "oci/plain_text.h"
#include "oci/reader.h"
#include "runtime/base/error.h"
#include "runtime/base/paths.h"
#include "runtime/base/strings.h"
#include "runtime/base/sys.h"
#include "runtime/sandbox/default_places.h"
#include "runtime/sandbox/filters.h"
#include "runtime/sandbox/policy_plan.h"
#include "runtime/sandbox/policy_text.h"

namespace tare::sandbox {
namespace {

constexpr std::string_view kPrefix = "org.tare.";
constexpr const char* kVersion = "1.0.2";  // says all that is said here; every runtime knows it
// Are about the time while it runs, or about what only the caller has.
constexpr std::string_view kUnsayable[] = {
    "timeout", "cpu-time", "kill-after", "max-output",         "seccomp-fd",        "limits",
    "stdin",   "stdout",   "stderr",     "no-die-with-parent", "no-forward-signals"};

// --- config.json ---

void annotate(oci::Config& config, std::string_view name, std::string value) {
  config.annotations[std::string(kPrefix) + std::string(name)] = std::move(value);
}

void annotate(const Policy& policy, oci::Config& config) {
  const Policy unchanged;
  auto defaults = policy_document(unchanged);
  for (const auto& [name, value] : policy_document(policy)) {
    if (std::find(std::begin(kUnsayable), std::end(kUnsayable), name) == std::end(kUnsayable)) {
      continue;
    }
    std::string text = oci::json::plain_text(value);
    bool is_default = std::any_of(defaults.begin(), defaults.end(), [&, &key = name](auto& member) {
      return member.name == key && oci::json::plain_text(member.value) == text;
    });
    if (!is_default) annotate(config, name, std::move(text));
  }
  if (policy.network == Network::Pasta) annotate(config, "network", "pasta");
  annotate(config, "policy-sha256", policy_digest(policy));
}

bool maps_root(const std::vector<oci::IdMapping>& mappings) {
  return std::any_of(mappings.begin(), mappings.end(),
                     [](const oci::IdMapping& map) { return map.container_id == 0; });
}

void become_root_inside(oci::Config& config) {
  oci::User& user = config.process->user;
  oci::Linux& section = *config.linux_;
  if (maps_root(section.uid_mappings) && maps_root(section.gid_mappings)) return;
  annotate(config, "user", std::to_string(user.uid) + ":" + std::to_string(user.gid));
  user.uid = user.gid = 0;
  section.uid_mappings = {{0, ::geteuid(), 1}};
  section.gid_mappings = {{0, ::getegid(), 1}};
}

bool is_file(const oci::Mount& mount) {
  auto status = sys::try_fstatat(AT_FDCWD, mount.source.value_or(""));
  return mount.type == "bind" && status && !S_ISDIR(status->st_mode);
}

// crun takes what has options for a whole tree for a directory (1.8, open_mount_target).
void name_options_of_files_plainly(std::vector<oci::Mount>& mounts) {
  for (oci::Mount& mount : mounts) {
    if (!is_file(mount)) continue;
    for (std::string& option : mount.options) {
      for (const char* recursive : {"rbind", "rro", "rnosuid", "rnodev", "rnoexec"}) {
        if (option == recursive) option.erase(0, 1);
      }
    }
  }
}

void give_dev_a_tmpfs(std::vector<oci::Mount>& mounts) {
  auto is_dev = [](const oci::Mount& mount) { return mount.destination == "/dev"; };
  if (std::any_of(mounts.begin(), mounts.end(), is_dev)) return;
  oci::Mount dev;
  dev.destination = "/dev";
  dev.type = dev.source = "tmpfs";
  dev.options = {"nosuid", "noexec", "mode=755", "size=65536k"};
  auto below = std::find_if(mounts.begin(), mounts.end(), [](const oci::Mount& mount) {
    return is_within(mount.destination, "/dev");
  });
  mounts.insert(below, std::move(dev));
}

// Nobody sees them, and runc gives a tmpfs the mode of what it covers.
void leave_out_what_is_covered(std::vector<oci::Mount>& mounts) {
  std::vector<oci::Mount> seen;
  for (oci::Mount& mount : mounts) {
    if (mount.destination != "/") {
      std::erase_if(seen, [&](const oci::Mount& earlier) {
        return is_within(earlier.destination, mount.destination);
      });
    }
    seen.push_back(std::move(mount));
  }
  mounts = std::move(seen);
}

bool is_empty(const oci::Resources& resources) {
  return !resources.memory && !resources.cpu && !resources.pids && resources.unified.empty();
}

oci::Config portable(oci::Config config, const Policy& policy) {
  config.oci_version = kVersion;
  config.root->path = "rootfs";
  leave_out_what_is_covered(config.mounts);
  give_dev_a_tmpfs(config.mounts);
  name_options_of_files_plainly(config.mounts);
  oci::Linux& section = *config.linux_;
  if (section.resources && is_empty(*section.resources)) section.resources.reset();
  if (auto ours = built_in(policy.seccomp)) section.seccomp = seccomp_profile(*ours);
  // Runtimes take it for one of the host's.
  if (section.sysctl.erase("user.max_user_namespaces") > 0) {
    annotate(config, "max-user-namespaces", "0");
  }
  annotate(policy, config);
  become_root_inside(config);
  return config;
}

// --- rootfs ---

// Modes are as they are given, whatever the caller's umask.
class NoUmask {
 public:
  NoUmask() : saved_(::umask(0)) {}
  ~NoUmask() { ::umask(saved_); }
  NoUmask(const NoUmask&) = delete;
  NoUmask& operator=(const NoUmask&) = delete;

 private:
  mode_t saved_;
};

// Made where it is missing. Links of the policy's lead nowhere out of the root.
Fd directory_in(const Fd& root, const std::string& path) {
  constexpr uint64_t kFlags = O_RDONLY | O_DIRECTORY | O_CLOEXEC;
  std::string relative = path == "/" ? "." : path;
  if (auto there = sys::try_openat2(root.get(), relative, kFlags, RESOLVE_IN_ROOT)) {
    return std::move(*there);
  }
  Fd parent = directory_in(root, parent_path(path));
  std::string name(base_name(path));
  sys::mkdirat(parent.get(), name, 0755);
  return sys::openat(parent.get(), name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW);
}

void make(const Fd& root, const RootEntry& entry) {
  if (entry.kind == RootEntry::Kind::Directory) {
    directory_in(root, entry.path);
    return;
  }
  Fd parent = directory_in(root, parent_path(entry.path));
  std::string name(base_name(entry.path));
  sys::try_unlinkat(parent.get(), name);  // the last one at a path counts
  if (entry.kind == RootEntry::Kind::Symlink) {
    if (::symlinkat(entry.content.c_str(), parent.get(), name.c_str()) == 0) return;
    throw Error(errno, "symlink", entry.path);
  }
  Fd file = sys::openat(parent.get(), name, O_WRONLY | O_CREAT | O_EXCL, entry.mode);
  sys::write_all(file, entry.content, entry.path);
}

mode_t mode_of(const oci::Mount& mount) {
  constexpr std::string_view kMode = "mode=";
  for (const std::string& option : mount.options) {
    if (option.starts_with(kMode)) {
      return static_cast<mode_t>(std::stoul(option.substr(kMode.size()), nullptr, 8));
    }
  }
  return 0755;
}

// As the mount will be: some runtimes give a tmpfs the mode of what it covers. What lies below
// another mount is made there, by the runtime.
void make_mount_points(const Fd& root, const std::vector<oci::Mount>& mounts) {
  for (auto mount = mounts.begin(); mount != mounts.end(); ++mount) {
    bool below = std::any_of(mounts.begin(), mount, [&](const oci::Mount& other) {
      return is_within(mount->destination, other.destination);
    });
    if (below) continue;
    if (is_file(*mount)) {
      make(root, {RootEntry::Kind::File, mount->destination, "", 0644});
    } else {
      Fd directory = directory_in(root, mount->destination);
      if (::fchmod(directory.get(), mode_of(*mount)) != 0) {
        throw Error(errno, "chmod", mount->destination);
      }
    }
  }
}

// --- what a run keeps in memory: files to be bound, upper directories of overlays ---

constexpr const char* kScratch = "scratch";

// The option with a relative path made one of `scratch`.
std::string settled(const std::string& option, const std::string& scratch) {
  for (std::string_view key : {"upperdir=", "workdir="}) {
    if (!option.starts_with(key) || option[key.size()] == '/') continue;
    return std::string(key) + scratch + "/" + option.substr(key.size());
  }
  return option;
}

void settle_scratch(const Scratch& scratch, const std::string& directory, oci::Config& config) {
  for (oci::Mount& mount : config.mounts) {
    if (mount.type == "overlay") {
      for (std::string& option : mount.options) option = settled(option, directory);
    }
    for (const RootEntry& file : scratch.files) {
      if (mount.source == file.path) mount.source = directory + file.path;
    }
  }
}

void make_scratch(const Scratch& scratch, const Fd& bundle) {
  if (scratch.files.empty() && scratch.directories.empty()) return;
  sys::mkdirat(bundle.get(), kScratch, 0700);
  Fd directory = sys::openat(bundle.get(), kScratch, O_RDONLY | O_DIRECTORY);
  for (const std::string& name : scratch.directories) directory_in(directory, "/" + name);
  for (const RootEntry& file : scratch.files) make(directory, file);
}

// In a mount of the container there is nothing yet that could hold it.
void check_in_root(const std::vector<RootEntry>& entries, const std::vector<oci::Mount>& mounts) {
  for (const RootEntry& entry : entries) {
    for (size_t i = 0; i < entry.after; ++i) {
      if (!is_within(entry.path, mounts[i].destination)) continue;
      throw Error(quote(entry.path) + " lies in the " + mounts[i].type.value_or("mount") + " at " +
                  quote(mounts[i].destination) + ", where a bundle cannot have it");
    }
  }
}

Fd empty_directory(const std::string& path) {
  sys::try_mkdirat(AT_FDCWD, path, 0755);
  Fd directory = sys::openat(AT_FDCWD, path, O_RDONLY | O_DIRECTORY);
  if (!sys::list_directory(directory).empty()) throw Error(ENOTEMPTY, "export to", quote(path));
  return directory;
}

}  // namespace

oci::Map<std::string> export_bundle(const Policy& policy, const std::string& directory) {
  Blueprint blueprint = proven_blueprint(policy);
  check_in_root(blueprint.entries, blueprint.config.mounts);
  oci::Config config = portable(std::move(blueprint.config), policy);
  std::string here = current_directory().value_or("/");
  settle_scratch(blueprint.scratch, clean_absolute(absolute_from(here, directory)) + "/" + kScratch,
                 config);
  NoUmask plain;
  Fd bundle = empty_directory(directory);
  sys::mkdirat(bundle.get(), "rootfs", 0755);
  Fd root = sys::openat(bundle.get(), "rootfs", O_RDONLY | O_DIRECTORY);
  for (const RootEntry& entry : blueprint.entries) make(root, entry);
  make_scratch(blueprint.scratch, bundle);
  make_mount_points(root, config.mounts);
  sys::write_all(sys::openat(bundle.get(), "config.json", O_WRONLY | O_CREAT | O_EXCL, 0644),
                 oci::write_config(config), "config.json");
  return config.annotations;
}

}  // namespace tare::sandbox
