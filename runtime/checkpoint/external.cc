// criu wants every mount that it cannot trace to a file system of the container's own named twice:
// at the dump by its place and by a name, at the restore by that name and what to take instead. The
// name is the destination as configured, so that the images say the same on every host.
#include "runtime/checkpoint/external.h"

#include <fcntl.h>
#include <linux/openat2.h>
#include <sys/stat.h>
#include <unistd.h>

#include <climits>

#include "oci/mount_options.h"
#include "runtime/base/error.h"
#include "runtime/base/paths.h"
#include "runtime/base/strings.h"
#include "runtime/base/sys.h"

namespace tare {
namespace {

constexpr const char* kNull = "/dev/null";
// Every container has them; bound from the host where a user namespace forbids making them.
constexpr const char* kDefaultDevices[] = {"/dev/null",   "/dev/zero",    "/dev/full",
                                           "/dev/random", "/dev/urandom", "/dev/tty"};

bool is_cgroup(const oci::Mount& mount) {
  return mount.type == "cgroup" || mount.type == "cgroup2";
}

bool is_idmapped(const oci::Mount& mount, const oci::MountOptions& options) {
  return options.idmap || options.ridmap || options.inline_mapping || !mount.uid_mappings.empty() ||
         !mount.gid_mappings.empty();
}

std::optional<Fd> find_in_root(const Fd& root, const std::string& path) {
  return sys::try_openat2(root.get(), path, O_PATH | O_CLOEXEC,
                          RESOLVE_IN_ROOT | RESOLVE_NO_MAGICLINKS);
}

void add_device(std::vector<CriuPair>& pairs, const std::string& path) {
  std::string clean = clean_absolute(path);
  for (const CriuPair& known : pairs) {
    if (known.key == clean) return;
  }
  pairs.push_back({clean, clean});
}

void add_devices(std::vector<CriuPair>& pairs, const oci::Config& config) {
  for (const char* path : kDefaultDevices) add_device(pairs, path);
  if (!config.linux_) return;
  for (const oci::Device& device : config.linux_->devices) add_device(pairs, device.path);
}

const std::vector<oci::Namespace>& namespaces_of(const oci::Config& config) {
  static const std::vector<oci::Namespace> kNone;
  return config.linux_ ? config.linux_->namespaces : kNone;
}

// What criu passes by, and by which name; the key is runc's too. nullptr: not of this kind.
struct Passed {
  const char* type;
  const char* criu;
  const char* key;
};
constexpr Passed kPassed[] = {{"network", "net", "extRootNetNS"}, {"pid", "pid", "extRootPidNS"}};

const Passed* find_passed(const std::string& type) {
  for (const Passed& passed : kPassed) {
    if (type == passed.type) return &passed;
  }
  return nullptr;
}

// criu 4 looks for a source in the table of mounts by its text: "bundle/./x" is not there.
std::string as_in_mount_table(const std::string& path) {
  auto fd = sys::try_openat(AT_FDCWD, path, O_PATH);
  return fd ? place_of(*fd) : path;
}

}  // namespace

std::string link_text(const std::string& proc_entry) {
  char path[PATH_MAX];
  Fd proc = sys::openat(AT_FDCWD, "/proc", O_PATH | O_DIRECTORY);
  ssize_t size = ::readlinkat(proc.get(), proc_entry.c_str(), path, sizeof path);
  if (size < 0) throw Error(errno, "readlink", "/proc/" + proc_entry);
  return {path, static_cast<size_t>(size)};
}

std::string place_of(const Fd& fd) {
  return link_text("self/fd/" + std::to_string(fd.get()));
}

std::vector<HostMount> host_mounts(const oci::Config& config, const std::string& bundle,
                                   const std::string& cgroup_source) {
  std::vector<HostMount> found;
  for (size_t i = 0; i < config.mounts.size(); ++i) {
    const oci::Mount& mount = config.mounts[i];
    Scope scope("mount " + mount.destination);
    oci::MountOptions options = oci::parse_mount_options(mount.options);
    if (options.remount) continue;
    if (is_idmapped(mount, options)) {
      throw Error("criu cannot make an idmapped mount again");
    }
    HostMount host{i, clean_absolute(mount.destination), "", options.recursive};
    if (options.bind || mount.type == "bind") {
      host.source = absolute_from(bundle, mount.source.value_or(""));
    } else if (is_cgroup(mount) && !has_namespace(config, "cgroup")) {
      host.source = cgroup_source;
    } else {
      continue;
    }
    found.push_back(std::move(host));
  }
  return found;
}

std::vector<CriuPair> mounts_for_dump(const oci::Config& config,
                                      const std::vector<HostMount>& mounts, const Fd& root) {
  std::vector<CriuPair> pairs;
  for (const HostMount& mount : mounts) {
    auto target = find_in_root(root, mount.destination);
    pairs.push_back({target ? place_of(*target) : mount.destination, mount.destination});
  }
  if (config.linux_) {
    for (const std::string& path : config.linux_->masked_paths) {
      auto target = find_in_root(root, path);
      if (!target || S_ISDIR(sys::fstat(*target, path).st_mode)) continue;
      pairs.push_back({place_of(*target), kNull});
    }
  }
  add_devices(pairs, config);
  return pairs;
}

std::vector<CriuPair> mounts_for_restore(const oci::Config& config,
                                         const std::vector<HostMount>& mounts) {
  std::vector<CriuPair> pairs;
  pairs.reserve(mounts.size());
  for (const HostMount& mount : mounts) {
    pairs.push_back({mount.destination, as_in_mount_table(mount.source)});
  }
  add_devices(pairs, config);  // the masks' /dev/null among them
  return pairs;
}

std::vector<std::string> namespaces_for_dump(const oci::Config& config) {
  std::vector<std::string> externals;
  for (const oci::Namespace& wanted : namespaces_of(config)) {
    const Passed* passed = find_passed(wanted.type);
    if (passed == nullptr || wanted.path.empty()) continue;
    auto status = sys::try_fstatat(AT_FDCWD, wanted.path);
    if (!status) throw Error(ENOENT, wanted.type + " namespace", wanted.path);
    externals.push_back(std::string(passed->criu) + "[" + std::to_string(status->st_ino) +
                        "]:" + passed->key);
  }
  return externals;
}

JoinedNamespaces namespaces_for_restore(const oci::Config& config) {
  JoinedNamespaces joined;
  for (const oci::Namespace& wanted : namespaces_of(config)) {
    if (wanted.path.empty()) continue;
    if (const Passed* passed = find_passed(wanted.type)) {
      joined.keys.emplace_back(passed->key);
      joined.fds.push_back(sys::openat(AT_FDCWD, wanted.path, O_RDONLY));
    } else if (wanted.type != "cgroup") {
      // criu's short names are those of /proc/PID/ns.
      joined.by_path.push_back({wanted.type == "mount" ? "mnt" : wanted.type, wanted.path});
    } else {
      throw Error("criu cannot join a " + wanted.type + " namespace: " + wanted.path);
    }
  }
  return joined;
}

bool has_namespace(const oci::Config& config, std::string_view type) {
  for (const oci::Namespace& wanted : namespaces_of(config)) {
    if (wanted.type == type) return true;
  }
  return false;
}

bool has_new_namespace(const oci::Config& config, std::string_view type) {
  for (const oci::Namespace& wanted : namespaces_of(config)) {
    if (wanted.type == type) return wanted.path.empty();
  }
  return false;
}

}  // namespace tare
