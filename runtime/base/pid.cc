// /proc/PID/stat is parsed from the last ')' on: the command name before it is the process's own
// choice and may hold anything.
#include "runtime/base/pid.h"

#include <fcntl.h>

#include <algorithm>
#include <utility>

#include "runtime/base/error.h"
#include "runtime/base/strings.h"
#include "runtime/base/sys.h"

namespace tare {
namespace {

constexpr size_t kStateField = 0;       // counted from behind the command name
constexpr size_t kStartTimeField = 19;  // field 22 of the file

struct Stat {
  char state = '?';
  uint64_t start_time = 0;
};

std::optional<Stat> read_stat(pid_t pid) {
  std::string path = "/proc/" + std::to_string(pid) + "/stat";
  std::optional<std::string> text;
  try {
    text = sys::try_read_file_at(AT_FDCWD, path);
  } catch (const Error& error) {
    // The process died between open and read: reading its file gives ESRCH. "Not there" is a value.
    if (error.error() != ESRCH) throw;
  }
  if (!text) return std::nullopt;
  size_t close = text->rfind(')');
  if (close == std::string::npos || close + 2 > text->size()) return std::nullopt;
  auto fields = split(std::string_view(*text).substr(close + 2), ' ');
  if (fields.size() <= kStartTimeField || fields[kStateField].size() != 1) return std::nullopt;
  auto start = parse_number<uint64_t>(fields[kStartTimeField]);
  if (!start) return std::nullopt;
  return Stat{fields[kStateField][0], *start};
}

bool has_exited(const Stat& stat) {
  return stat.state == 'Z' || stat.state == 'X';
}

const std::string& boot_id() {
  static const std::string id(trim(sys::read_file_at(AT_FDCWD, "/proc/sys/kernel/random/boot_id")));
  return id;
}

}  // namespace

ProcessIdentity identify(pid_t pid) {
  auto stat = read_stat(pid);
  if (!stat) throw Error(ESRCH, "identify process", std::to_string(pid));
  return {pid, stat->start_time, boot_id()};
}

std::optional<Fd> open_process(const ProcessIdentity& identity) {
  if (identity.pid <= 0) return std::nullopt;
  auto pidfd = sys::try_pidfd_open(identity.pid);
  if (!pidfd) return std::nullopt;
  auto stat = read_stat(identity.pid);
  if (!stat || has_exited(*stat)) return std::nullopt;
  if (stat->start_time != identity.start_time || boot_id() != identity.boot_id) return std::nullopt;
  return pidfd;
}

// proc(5): the field Pid of a pidfd's fdinfo; -1 when it has been reaped, 0 when it is not in our
// pid namespace.
std::optional<pid_t> pid_of(const Fd& pidfd) {
  constexpr std::string_view kField = "\nPid:\t";
  std::string path = "/proc/self/fdinfo/" + std::to_string(pidfd.get());
  std::string text = sys::read_file_at(AT_FDCWD, path);
  size_t begin = text.find(kField);
  if (begin == std::string::npos) return std::nullopt;
  begin += kField.size();
  auto pid =
      parse_number<pid_t>(std::string_view(text).substr(begin, text.find('\n', begin) - begin));
  return pid && *pid > 0 ? pid : std::nullopt;
}

bool is_alive(pid_t id) {
  auto stat = read_stat(id);
  return stat && !has_exited(*stat);
}

void signal_listed(const std::function<std::vector<pid_t>()>& list, int signal) {
  std::vector<std::pair<pid_t, Fd>> opened;
  for (pid_t pid : list()) {
    if (auto pidfd = sys::try_pidfd_open(pid)) opened.emplace_back(pid, std::move(*pidfd));
  }
  std::vector<pid_t> members = list();
  std::sort(members.begin(), members.end());
  for (const auto& [pid, pidfd] : opened) {
    if (std::binary_search(members.begin(), members.end(), pid)) {
      sys::pidfd_send_signal(pidfd, signal);
    }
  }
}

}  // namespace tare
