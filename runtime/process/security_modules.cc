// Reads what the kernel says of its security modules, from the runtime's own /sys and /proc, which
// no container has touched. AppArmor: "enabled" of the module and our own attr/apparmor/current.
// SELinux: its file system is there and a policy is loaded (without one the kernel takes any text
// for a label, and every process is "kernel").
#include "runtime/process/security_modules.h"

#include <cerrno>

#include "runtime/base/error.h"
#include "runtime/base/strings.h"
#include "runtime/base/sys.h"

namespace tare::process {
namespace {

constexpr size_t kMaxContext = 4096;

// Without the NUL or the newline that the kernel puts behind a label.
std::string without_end(std::string text) {
  while (text.ends_with('\0') || text.ends_with('\n')) text.pop_back();
  return text;
}

std::string line(const std::string& path) {
  return without_end(sys::try_read_file_at(AT_FDCWD, path).value_or(""));
}

// Also a profile may be called unconfined_x, and one of mode unconfined confines nothing.
bool is_confined(std::string_view label) {
  return !label.empty() && label != "unconfined" && !label.ends_with(" (unconfined)");
}

}  // namespace

SecurityModules security_modules(const std::string& root) {
  SecurityModules modules;
  modules.apparmor = line(root + "/sys/module/apparmor/parameters/enabled") == "Y";
  if (modules.apparmor) {
    modules.confined = is_confined(line(root + "/proc/self/attr/apparmor/current"));
  }
  std::string selinux = root + "/sys/fs/selinux";
  if (sys::try_fstatat(AT_FDCWD, selinux + "/enforce")) {
    modules.selinux_dir = selinux;
    modules.selinux = line(root + "/proc/self/attr/current") != "kernel";
  }
  return modules;
}

// selinuxfs: what is written to "context" can be read from the same open file in its canonical
// form.
std::string canonical_context(const SecurityModules& modules, const std::string& context) {
  if (modules.selinux_dir.empty()) return context;
  std::string path = modules.selinux_dir + "/context";
  try {
    Fd file = sys::openat(AT_FDCWD, path, O_RDWR);
    sys::write_once(file, context, path);
    return without_end(sys::read_all(file, kMaxContext, path));
  } catch (const Error& error) {
    if (error.error() == EINVAL) throw Error(quote(context) + " is not known to the policy");
    return context;  // we may not ask; whoever sets the label will be told
  }
}

std::vector<std::string> profile_parts(const std::string& profile) {
  std::vector<std::string> parts;
  for (size_t at = 0;;) {
    size_t end = profile.find("//&", at);
    std::string part = profile.substr(at, end == std::string::npos ? end : end - at);
    // ":ns://name" is another spelling of ":ns:name".
    size_t colon = part.starts_with(':') ? part.find(':', 1) : std::string::npos;
    if (colon != std::string::npos && part.substr(colon + 1).starts_with("//")) {
      part.erase(colon + 1, 2);
    }
    parts.push_back(std::move(part));
    if (end == std::string::npos) return parts;
    at = end + 3;
  }
}

}  // namespace tare::process
