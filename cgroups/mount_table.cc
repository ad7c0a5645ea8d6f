// One line a mount (proc(5)): fields by blanks, then " - ", then the file system type. Blanks,
// tabs, newlines and backslashes in paths are octal escapes.
#include "cgroups/mount_table.h"

#include <fcntl.h>

#include <optional>

#include "runtime/base/strings.h"
#include "runtime/base/sys.h"

namespace tare::cgroups {
namespace {

constexpr size_t kMaxTable = 64 << 20;
constexpr size_t kRoot = 3;
constexpr size_t kMountPoint = 4;
constexpr size_t kDigits = 3;

bool is_octal(char c) {
  return c >= '0' && c <= '7';
}

// The three digits behind a backslash as a byte; nothing when there are none.
std::optional<char> octal(std::string_view digits) {
  if (digits.size() < kDigits) return std::nullopt;
  int code = 0;
  for (char c : digits.substr(0, kDigits)) {
    if (!is_octal(c)) return std::nullopt;
    code = code * 8 + (c - '0');
  }
  return static_cast<char>(code);
}

std::string unescape(std::string_view text) {
  std::string out;
  for (size_t i = 0; i < text.size(); ++i) {
    auto byte = text[i] == '\\' ? octal(text.substr(i + 1)) : std::nullopt;
    out += byte.value_or(text[i]);
    if (byte) i += kDigits;
  }
  return out;
}

}  // namespace

std::vector<Mounted> parse_mounts(std::string_view mountinfo, std::string_view type) {
  std::vector<Mounted> mounts;
  for (std::string_view line : split(mountinfo, '\n')) {
    size_t separator = line.find(" - ");
    if (separator == std::string_view::npos) continue;
    auto fields = split(line.substr(0, separator), ' ');
    auto found = split(line.substr(separator + 3), ' ').front();
    if (found != type || fields.size() <= kMountPoint) continue;
    mounts.push_back({unescape(fields[kMountPoint]), unescape(fields[kRoot])});
  }
  return mounts;
}

std::vector<Mounted> mounts_of(std::string_view type) {
  return parse_mounts(sys::read_file_at(AT_FDCWD, "/proc/self/mountinfo", kMaxTable), type);
}

}  // namespace tare::cgroups
