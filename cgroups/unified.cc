// Keys are names of files in the container's cgroup, known to us or not (spec: "every key is
// written"), so they are held to what the kernel names such files: a controller, a dot, and
// letters, digits, dots and underscores; nothing that leaves the directory. Of the core's own files
// only those that limit are the user's: cgroup.procs, cgroup.freeze, cgroup.subtree_control and the
// rest are how the runtime works. Files such as io.max take one line a write.
#include "cgroups/unified.h"

#include <algorithm>
#include <string_view>

#include "runtime/base/error.h"
#include "runtime/base/strings.h"

namespace tare::cgroups {
namespace {

constexpr std::string_view kCoreFiles[] = {"cgroup.max.depth", "cgroup.max.descendants",
                                           "cgroup.pressure"};

bool is_name_byte(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
         c == '.';
}

void check_key(const std::string& key, const std::string& pointer) {
  size_t dot = key.find('.');
  if (dot == 0 || dot == std::string::npos || !std::all_of(key.begin(), key.end(), is_name_byte)) {
    throw Error(pointer + ": not the name of a control file");
  }
  if (key.starts_with("cgroup.") &&
      std::find(std::begin(kCoreFiles), std::end(kCoreFiles), key) == std::end(kCoreFiles)) {
    throw Error(pointer + ": this file is the runtime's own");
  }
}

}  // namespace

void convert_unified(const oci::Map<std::string>& unified, std::vector<FileWrite>& writes) {
  for (const auto& [key, value] : unified) {
    std::string pointer = "linux.resources.unified[" + quote(key) + "]";
    check_key(key, pointer);
    // The kernel reads an empty text as zero, and what follows a NUL not at all.
    if (trim(value).empty() || value.find('\0') != std::string::npos) {
      throw Error(pointer + ": invalid value " + quote(value));
    }
    for (std::string_view line : split(value, '\n')) {
      if (trim(line).empty()) continue;
      writes.push_back({.file = key, .value = std::string(line), .pointer = pointer});
    }
  }
}

}  // namespace tare::cgroups
