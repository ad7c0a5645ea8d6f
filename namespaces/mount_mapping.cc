// A mount is mapped before it is attached, for good, by somebody who has CAP_SYS_ADMIN in the user
// namespace that owns the file system and in the one that carries the mapping (mount_setattr(2)).
// For what the host has mounted that is tare; for file systems that tare-init makes in a user
// namespace it is tare-init, with a namespace below its own. The kernel refuses the very namespace
// that owns the file system, so there the container's own mapping is carried by a namespace below
// that maps every id to itself.
#include "namespaces/mount_mapping.h"

#include <fcntl.h>
#include <sys/mount.h>
#include <unistd.h>

#include <cerrno>
#include <utility>

#include "namespaces/mapping_namespace.h"
#include "oci/inline_mapping.h"
#include "runtime/base/paths.h"
#include "runtime/base/strings.h"
#include "runtime/base/sys.h"

namespace tare::namespaces {
namespace {

using act::OpKind;
using act::Step;

constexpr size_t kMaxMountTable = 64U << 20;

std::string key_of(const IdMaps& maps) {
  return map_text(maps.uids) + "/" + map_text(maps.gids);
}

// Why the kernel said no, as far as the errno tells: it is about the file system `name`.
Error refusal(int error, const std::string& what, const std::string& name) {
  std::string text = what + ": id mapping";
  if (error == EINVAL) text += ": " + name + " does not support idmapped mounts";
  Error result(error, text, "");
  if (error == EPERM) {
    result.with_hint(name + " belongs to a user namespace that is not ours to change, or the " +
                     "source is an idmapped mount already");
  }
  return result;
}

// Spaces and the like are octal numbers in the mount table (proc_pid_mountinfo(5)).
std::string unescape(std::string_view text) {
  std::string result;
  for (size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '\\' || i + 3 >= text.size()) {
      result += text[i];
      continue;
    }
    result +=
        static_cast<char>((text[i + 1] - '0') * 64 + (text[i + 2] - '0') * 8 + text[i + 3] - '0');
    i += 3;
  }
  return result;
}

struct TableEntry {
  std::string id, at, type;
};

std::vector<TableEntry> mount_table() {
  std::vector<TableEntry> table;
  std::string text = sys::read_file_at(AT_FDCWD, "/proc/self/mountinfo", kMaxMountTable);
  for (std::string_view line : split(text, '\n')) {
    std::vector<std::string_view> fields = split(line, ' ');
    for (size_t i = 6; i + 1 < fields.size(); ++i) {
      if (fields[i] != "-") continue;
      table.push_back({std::string(fields[0]), unescape(fields[4]), std::string(fields[i + 1])});
      break;
    }
  }
  return table;
}

// Zero or an errno.
int try_map(const Fd& tree, bool recursive, const Fd& user_namespace) {
  try {
    sys::mount_setattr(tree, recursive, MOUNT_ATTR_IDMAP, 0, 0, user_namespace.get());
    return 0;
  } catch (const Error& error) {  // it says too little
    return error.error();
  }
}

int try_map_mount(const std::string& path, const Fd& user_namespace) {
  try {
    return try_map(sys::open_tree(AT_FDCWD, path, OPEN_TREE_CLONE), false, user_namespace);
  } catch (const Error& error) {  // nobody asked for this mount by itself
    return error.error();
  }
}

// The file system that refuses a mapping with `error`: that of `source`, or the first mounted below
// it that does so by itself.
std::string culprit(int error, const std::string& source, const Fd& user_namespace) {
  std::string top = std::to_string(sys::mount_id(source));
  std::string name = "its file system";
  std::vector<TableEntry> table = mount_table();
  for (const TableEntry& mount : table) {
    if (mount.id == top) name = "file system type " + mount.type;
  }
  if (try_map_mount(source, user_namespace) == error) return name;
  for (const TableEntry& mount : table) {
    if (mount.id == top || !is_within(mount.at, clean_absolute(source))) continue;
    if (try_map_mount(mount.at, user_namespace) != error) continue;
    return "file system type " + mount.type + ", mounted at " + quote(mount.at) + ",";
  }
  return "a file system mounted below";
}

// Ranges relative to the container become ranges of ours.
std::vector<oci::IdMapping> absolute(const std::vector<oci::InlineRange>& ranges,
                                     const std::vector<oci::IdMapping>& container) {
  std::vector<oci::IdMapping> reversed = container;
  for (oci::IdMapping& line : reversed) std::swap(line.host_id, line.container_id);
  std::vector<oci::IdMapping> result;
  for (const oci::InlineRange& range : ranges) {
    if (!range.relative) {
      result.push_back(range.ids);
      continue;
    }
    for (const oci::IdMapping& part : seen_from({range.ids}, reversed)) result.push_back(part);
  }
  return result;
}

}  // namespace

IdMaps own_mapping(const oci::Mount& mount, const oci::MountOptions& options,
                   const ContainerMapping& container) {
  if (!options.inline_mapping) return {mount.uid_mappings, mount.gid_mappings};
  auto mapping = oci::parse_inline_mapping(*options.inline_mapping);
  if (!mapping) throw Error("malformed id mapping " + quote(*options.inline_mapping));
  return {absolute(mapping->uids, container.maps.uids),
          absolute(mapping->gids, container.maps.gids)};
}

const Fd& MountMappings::namespace_of(const MountMapping& mapping) {
  bool own = !mapping.own.uids.empty();
  if (!own && container_.joined_slot >= 0) {
    return steps_.fds()[static_cast<size_t>(container_.joined_slot)];
  }
  const IdMaps& maps = own ? mapping.own : container_.maps;
  auto [found, fresh] = ours_.try_emplace(key_of(maps));
  if (fresh) found->second = make_mapping_namespace(maps);
  return found->second;
}

void MountMappings::map_tree(const MountMapping& mapping, const Fd& tree,
                             const std::string& source) {
  const Fd& user_namespace = namespace_of(mapping);
  int error = try_map(tree, mapping.recursive, user_namespace);
  if (error == 0) return;
  throw refusal(error, quote(source), culprit(error, source, user_namespace));
}

int MountMappings::slot_of(const MountMapping& mapping) {
  auto [found, fresh] = slots_.try_emplace(key_of(mapping.own));
  if (!fresh) return found->second;
  if (!container_.has_namespace) {
    return found->second = steps_.slot(sys::dup_cloexec(namespace_of(mapping)));
  }
  if (container_.joined_slot >= 0 && ::geteuid() != 0) {
    // The process that makes it would be within reach of those who are there already.
    throw Error("an ordinary user cannot idmap a mount in a user namespace that is joined");
  }
  found->second = steps_.empty_slot();
  later_.push_back(mapping.own);
  Step& sync = steps_.add(OpKind::Sync, mapping.what + ": id mapping");
  sync.number = static_cast<uint32_t>(act::SyncPoint::MountMapping);
  sync.fd = found->second;
  return found->second;
}

void MountMappings::map_slot(const MountMapping& mapping, int slot, const std::string& type) {
  int user_namespace = slot_of(mapping);
  Step& step = steps_.add(OpKind::Attributes, mapping.what);
  step.fd = slot;
  step.fd2 = user_namespace;
  step.a = MOUNT_ATTR_IDMAP;
  step.flags = mapping.recursive ? act::flag::kRecursive : 0;
  step.text = type;  // for mapping_error()
}

void MountMappings::map_clone(const MountMapping& mapping, int slot, const std::string& source) {
  std::string type = "of " + quote(source);
  if (!container_.has_namespace || !container_.host_is_ours) return map_slot(mapping, slot, type);
  later_.push_back(mapping.own);
  Step& sync = steps_.add(OpKind::Sync, mapping.what);
  sync.number = static_cast<uint32_t>(act::SyncPoint::MountMapping);
  sync.fd2 = slot;
  sync.flags = mapping.recursive ? act::flag::kRecursive : 0;
  sync.text = type;  // for mapping_error()
}

void map_received(const Step& step, const Fd& tree, const Fd& user_namespace) {
  bool recursive = (step.flags & act::flag::kRecursive) != 0;
  int error = try_map(tree, recursive, user_namespace);
  if (error != 0) throw mapping_error(error, step);
}

bool is_mapping(const act::Step& step) {
  return step.kind == OpKind::Attributes && (step.a & MOUNT_ATTR_IDMAP) != 0;
}

Error mapping_error(int error, const act::Step& step) {
  return refusal(error, step.what, "file system type " + step.text);
}

}  // namespace tare::namespaces
