// Mounts are made in the container's namespaces, so what the kernel allows depends on who owns
// those: a file system that shows a namespace (proc: pid, sysfs: network, mqueue: ipc) can be
// mounted by nobody but the owner of that namespace, and only some file systems at all in a user
// namespace (FS_USERNS_MOUNT; user_namespaces(7)).
#include <unistd.h>

#include <algorithm>
#include <cerrno>

#include "oci/mount_options.h"
#include "runtime/base/paths.h"
#include "runtime/base/strings.h"
#include "runtime/check/host_file.h"
#include "runtime/check/requirement.h"

namespace tare::check {
namespace {

constexpr int kCapSysAdmin = 21;

bool has_mounts(const Subject& subject) {
  return !subject.config.mounts.empty();
}

bool is_bind(const oci::Mount& mount) {
  return oci::parse_mount_options(mount.options).bind;
}

// The file system that is made anew; empty: none is.
std::string new_filesystem(const oci::Mount& mount) {
  oci::MountOptions options = oci::parse_mount_options(mount.options);
  if (options.bind || options.remount) return "";
  std::string type = mount.type.value_or("");
  return type == "cgroup" ? "cgroup2" : type;
}

void sources_are_there(const Subject& subject, Findings& findings) {
  if (!subject.config.root) return;
  std::string root = clean_absolute(absolute_from(subject.bundle, subject.config.root->path));
  for (size_t i = 0; i < subject.config.mounts.size(); ++i) {
    const oci::Mount& mount = subject.config.mounts[i];
    if (!is_bind(mount) || !mount.source || mount.source->empty()) continue;
    std::string source = absolute_from(subject.bundle, *mount.source);
    // What is in the root file system an earlier mount may have brought.
    if (exists(source) || is_within(clean_absolute(source), root)) continue;
    bool hidden = exists(parent_path(source)) && !may(X_OK, parent_path(source));
    findings.error(oci::pointer("mounts", i, "source"),
                   quote(source) + (hidden ? " cannot be looked at" : " is not there"),
                   hidden ? "get the right to search " + quote(parent_path(source))
                          : "make it before the container, or correct the source");
  }
}

void types_are_known(const Subject& subject, Findings& findings) {
  for (size_t i = 0; i < subject.config.mounts.size(); ++i) {
    std::string type = new_filesystem(subject.config.mounts[i]);
    if (type.empty() || subject.host.kernel.has_filesystem(type)) continue;
    findings.error(oci::pointer("mounts", i, "type"),
                   "this kernel has no file system " + quote(type) + ", nor a module for it",
                   "install the module (package of kernel modules), use another file system, or "
                   "add the option \"bind\" if a directory is meant");
  }
}

// --- in a user namespace ---

bool mounts_in_user_namespace(const Subject& subject) {
  return has_mounts(subject) && subject.has("user");
}

void filesystems_are_for_users(const Subject& subject, Findings& findings) {
  constexpr std::string_view kForUsers[] = {"proc",   "sysfs",  "tmpfs",   "ramfs",
                                            "devpts", "mqueue", "cgroup2", "overlay",
                                            "fuse",   "bpf",    "binder"};
  for (size_t i = 0; i < subject.config.mounts.size(); ++i) {
    std::string type = new_filesystem(subject.config.mounts[i]);
    std::string_view family = std::string_view(type).substr(0, type.find('.'));
    if (type.empty() ||
        std::find(std::begin(kForUsers), std::end(kForUsers), family) != std::end(kForUsers)) {
      continue;
    }
    findings.error(oci::pointer("mounts", i, "type"),
                   "the kernel lets nobody mount " + quote(type) + " in a user namespace",
                   "mount it on the host and bind it, or leave the user namespace out");
  }
}

void filesystems_have_their_namespace(const Subject& subject, Findings& findings) {
  struct Owner {
    std::string_view type, ns;
  };
  constexpr Owner kOwners[] = {{"proc", "pid"}, {"sysfs", "network"}, {"mqueue", "ipc"}};
  for (size_t i = 0; i < subject.config.mounts.size(); ++i) {
    std::string type = new_filesystem(subject.config.mounts[i]);
    for (const Owner& owner : kOwners) {
      if (type != owner.type || subject.has(owner.ns)) continue;
      std::string ns(owner.ns);
      std::string what = type + " shows the host's ";
      what.append(ns).append(
          " namespace, which the container's user namespace does not own: the kernel will refuse "
          "it");
      findings.error(oci::pointer("mounts", i), what,
                     "add a " + ns + " namespace, or bind the host's directory read-only instead");
    }
  }
}

void procfs_is_whole(const Subject& subject, Findings& findings) {
  const Namespaces& namespaces = subject.host.namespaces;
  if (namespaces.powers != 0 || namespaces.proc != EPERM) return;
  for (size_t i = 0; i < subject.config.mounts.size(); ++i) {
    if (new_filesystem(subject.config.mounts[i]) != "proc") continue;
    findings.error(oci::pointer("mounts", i),
                   "parts of our own /proc are covered, so the kernel refuses a new procfs to a "
                   "user namespace",
                   "we seem to be in a container: have it made with an uncovered /proc (Docker: "
                   "--security-opt systempaths=unconfined), or bind /proc");
  }
}

// --- idmapped ---

bool is_idmapped(const oci::Mount& mount) {
  oci::MountOptions options = oci::parse_mount_options(mount.options);
  return options.idmap || options.ridmap || !mount.uid_mappings.empty() ||
         !mount.gid_mappings.empty();
}

bool wants_idmapped(const Subject& subject) {
  const auto& mounts = subject.config.mounts;
  return std::any_of(mounts.begin(), mounts.end(), is_idmapped);
}

void idmaps_are_possible(const Subject& subject, Findings& findings) {
  const User& user = subject.host.user;
  bool powerful = user.has(kCapSysAdmin) && user.initial_user_namespace;
  for (size_t i = 0; i < subject.config.mounts.size(); ++i) {
    if (!is_idmapped(subject.config.mounts[i])) continue;
    std::string pointer = oci::pointer("mounts", i);
    if (!subject.host.kernel.has("idmappedMounts")) {
      findings.error(pointer, "this kernel has no idmapped mounts", "Linux 5.12 has them");
    } else if (!powerful) {
      findings.error(pointer,
                     "idmapped mounts of the host's file systems need CAP_SYS_ADMIN in the initial "
                     "user namespace",
                     "run as root, or give the files to the ids that the container's map to");
    }
  }
}

// --- the terminal ---

bool wants_terminal(const Subject& subject) {
  return subject.config.process && subject.config.process->terminal;
}

void terminal_has_devpts(const Subject& subject, Findings& findings) {
  for (const oci::Mount& mount : subject.config.mounts) {
    std::string destination = clean_absolute(mount.destination);
    bool pts = destination == "/dev/pts" && (mount.type == "devpts" || is_bind(mount));
    if (pts || (destination == "/dev" && is_bind(mount))) return;
  }
  findings.error("/process/terminal", "a terminal needs a devpts file system at /dev/pts",
                 "add the mount that `tare spec` writes for /dev/pts, or set terminal to false");
}

constexpr Requirement<Subject> kRequirements[] = {
    {"mount-source", has_mounts, sources_are_there},
    {"mount-type", has_mounts, types_are_known},
    {"mount-for-users", mounts_in_user_namespace, filesystems_are_for_users},
    {"mount-owner", mounts_in_user_namespace, filesystems_have_their_namespace},
    {"mount-procfs", mounts_in_user_namespace, procfs_is_whole},
    {"mount-idmapped", wants_idmapped, idmaps_are_possible},
    {"terminal", wants_terminal, terminal_has_devpts},
};

}  // namespace

Requirements<Subject> mount_requirements() {
  return kRequirements;
}

}  // namespace tare::check
