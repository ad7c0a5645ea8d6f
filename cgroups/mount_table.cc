// One line a mount (proc(5)): fields by blanks, then " - ", then the file system type. Blanks,
// tabs, newlines and backslashes in paths are octal escapes.
#include "cgroups/mount_table.h"

#include <fcntl.h>

#include "runtime/base/strings.h"
#include "runtime/base/sys.h"

namespace tare::cgroups {
namespace {

constexpr size_t kMaxTable = 64 << 20;
constexpr size_t kRoot = 3;
constexpr size_t kMountPoint = 4;
constexpr size_t kEscape = 4;  // \040

std::string unescape(std::string_view text) {
  std::string out;
  for (size_t i = 0; i < text.size(); ++i) {
    bool escape = text[i] == '\\' && i + kEscape <= text.size();
    if (escape) {
      int code = (text[i + 1] - '0') * 64 + (text[i + 2] - '0') * 8 + (text[i + 3] - '0');
      out += static_cast<char>(code);
      i += kEscape - 1;
    } else {
      out += text[i];
    }
  }
  return out;
}

}  // namespace

std::vector<MountedCgroup> parse_cgroup2_mounts(std::string_view mountinfo) {
  std::vector<MountedCgroup> mounts;
  for (std::string_view line : split(mountinfo, '\n')) {
    size_t separator = line.find(" - ");
    if (separator == std::string_view::npos) continue;
    auto fields = split(line.substr(0, separator), ' ');
    auto type = split(line.substr(separator + 3), ' ').front();
    if (type != "cgroup2" || fields.size() <= kMountPoint) continue;
    mounts.push_back({unescape(fields[kMountPoint]), unescape(fields[kRoot])});
  }
  return mounts;
}

std::vector<MountedCgroup> cgroup2_mounts() {
  return parse_cgroup2_mounts(sys::read_file_at(AT_FDCWD, "/proc/self/mountinfo", kMaxTable));
}

}  // namespace tare::cgroups
