// Which files an owner needs changes from kernel to kernel and from controller to controller, so
// the kernel has a list of them. What is on it and not in a cgroup is no error (own-6).
#include "cgroups/delegation.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>

#include "runtime/base/error.h"
#include "runtime/base/strings.h"
#include "runtime/base/sys.h"

namespace tare::cgroups {

std::vector<std::string> delegated_files(const std::optional<std::string>& kernel_list) {
  std::vector<std::string> files;
  constexpr std::string_view kWithoutList = "cgroup.procs\ncgroup.subtree_control\ncgroup.threads";
  for (std::string_view line : split(kernel_list ? *kernel_list : kWithoutList, '\n')) {
    if (!line.empty() && line.find('/') == std::string_view::npos) files.emplace_back(line);
  }
  return files;
}

void hand_over(const Fd& directory, const std::string& path, uid_t owner,
               const std::vector<std::string>& files) {
  constexpr gid_t kUnchanged = static_cast<gid_t>(-1);
  sys::fchownat(directory.get(), "", owner, kUnchanged, AT_EMPTY_PATH);
  for (const std::string& file : files) {
    if (::fchownat(directory.get(), file.c_str(), owner, kUnchanged, AT_SYMLINK_NOFOLLOW) != 0 &&
        errno != ENOENT) {
      throw Error(errno, "chown", std::string(path).append("/").append(file));
    }
  }
}

}  // namespace tare::cgroups
