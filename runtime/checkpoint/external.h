// What of a container belongs to the host and is therefore not in its images: bind mounts, masks,
// bound devices, namespaces joined by path.
#pragma once

#include <string>
#include <vector>

#include "oci/config.h"
#include "runtime/base/fd.h"
#include "runtime/checkpoint/criu_message.h"

namespace tare {

// A mount of the configuration whose content is the host's. In the images it is known by
// `destination`, whatever links that path contained.
struct HostMount {
  size_t index = 0;         // in the configuration's list
  std::string destination;  // clean, as configured
  std::string source;       // absolute host path
  bool recursive = false;
};

// In the configuration's order. `cgroup_source` is what a mount of cgroup2 shows where the
// container has no cgroup namespace. Throws for a mount that criu could not make again as it was:
// an idmapped one.
std::vector<HostMount> host_mounts(const oci::Config& config, const std::string& bundle,
                                   const std::string& cgroup_source);

// For the dump. `root` is the container's root directory, through which the paths are looked up.
std::vector<CriuPair> mounts_for_dump(const oci::Config& config,
                                      const std::vector<HostMount>& mounts, const Fd& root);
// For the restore: what each is to be made from.
std::vector<CriuPair> mounts_for_restore(const oci::Config& config,
                                         const std::vector<HostMount>& mounts);

// Network and pid namespaces joined by path, as criu names them in a dump:
// "net[4026532]:extRootNetNS".
std::vector<std::string> namespaces_for_dump(const oci::Config& config);

// The namespaces to join in a restore. Those that criu gets as descriptors are opened.
struct JoinedNamespaces {
  std::vector<CriuPair> by_path;  // kind, path
  std::vector<std::string> keys;  // of `fds`
  std::vector<Fd> fds;
};
JoinedNamespaces namespaces_for_restore(const oci::Config& config);

// The text of a link in /proc, such as "self/fd/3".
std::string link_text(const std::string& proc_entry);
// Where in its own mount namespace an open file is.
std::string place_of(const Fd& fd);

// Whether the container has a namespace of this kind ("network", "mount") other than ours, and
// whether it was made for it.
bool has_namespace(const oci::Config& config, std::string_view type);
bool has_new_namespace(const oci::Config& config, std::string_view type);

}  // namespace tare
