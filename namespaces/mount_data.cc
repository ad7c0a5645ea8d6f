#include "namespaces/mount_data.h"

#include <sys/mount.h>

namespace tare::namespaces {

bool is_virtual(std::string_view type) {
  for (std::string_view name :
       {"proc", "sysfs", "mqueue", "devpts", "tmpfs", "cgroup2", "cgroup"}) {
    if (type == name) return true;
  }
  return false;
}

void add_super_options(uint64_t flags, std::vector<std::string>& data) {
  if ((flags & MS_SYNCHRONOUS) != 0) data.emplace_back("sync");
  if ((flags & MS_DIRSYNC) != 0) data.emplace_back("dirsync");
  if ((flags & MS_LAZYTIME) != 0) data.emplace_back("lazytime");
  if ((flags & MS_MANDLOCK) != 0) data.emplace_back("mand");
}

bool has_mode(const std::vector<std::string>& data) {
  for (const std::string& option : data) {
    if (option.starts_with("mode=")) return true;
  }
  return false;
}

}  // namespace tare::namespaces
