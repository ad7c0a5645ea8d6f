// What later commands do with a cgroup they know by the path in a container's record. Killing is
// cgroup.kill alone: it takes frozen and forking processes too, and cannot be outrun.
// Waiting is poll(2) on cgroup.events with a growing timeout: the kernel tells of changes at most
// every 10 ms per file, far longer than a killed process takes to be gone.
#include <fcntl.h>
#include <poll.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>

#include "cgroups/cgroup.h"
#include "cgroups/control_file.h"
#include "cgroups/walk.h"
#include "runtime/base/error.h"
#include "runtime/base/paths.h"
#include "runtime/base/pid.h"
#include "runtime/base/strings.h"
#include "runtime/base/sys.h"

namespace tare::cgroups {
namespace {

using Clock = std::chrono::steady_clock;
using std::chrono::microseconds;

constexpr std::chrono::seconds kPatience{10};
constexpr microseconds kFirstPause{50};
constexpr microseconds kLongestPause{10000};

// A wait that gets slower and has an end.
class Patience {
 public:
  bool exhausted() const { return Clock::now() >= end_; }

  // Until the file behind `events` changes or the pause is over; without one, the pause.
  void pause(const Fd& events) {
    pollfd event{.fd = events.get(), .events = POLLPRI, .revents = 0};
    timespec timeout{.tv_sec = 0, .tv_nsec = std::chrono::nanoseconds(next_).count()};
    ::ppoll(&event, 1, &timeout, nullptr);
    next_ = std::min(next_ * 2, kLongestPause);
  }

 private:
  Clock::time_point end_ = Clock::now() + kPatience;
  microseconds next_ = kFirstPause;
};

// Waits for "`key` `value`" in cgroup.events; also satisfied when the cgroup vanishes. False when
// patience is exhausted.
bool wait_for_event(const Fd& directory, std::string_view key, uint64_t value, Patience& patience) {
  auto events = sys::try_openat(directory.get(), "cgroup.events", O_RDONLY);
  if (!events) return true;
  for (;;) {
    char text[256];
    ssize_t length = ::pread(events->get(), text, sizeof text, 0);
    if (length < 0 && errno == ENODEV) return true;
    if (length < 0) throw Error(errno, "read", "cgroup.events");
    if (keyed_value({text, static_cast<size_t>(length)}, key) == value) return true;
    if (patience.exhausted()) return false;
    patience.pause(*events);
  }
}

bool has_event(const std::string& path, std::string_view key) {
  auto events = read_control(AT_FDCWD, path + "/cgroup.events");
  return events && keyed_value(*events, key) == 1;
}

// False when the file or its cgroup is not there.
bool write_if_there(const Fd& directory, const std::string& path, const char* file,
                    std::string_view value) {
  int error = try_write_control(directory.get(), file, value);
  if (error == 0) return true;
  if (error == ENOENT || error == ENODEV) return false;
  throw Error(error, "write", path + "/" + file);
}

// False: EBUSY, it has processes or children.
bool try_remove_directory(int dirfd, const std::string& name) {
  if (::unlinkat(dirfd, name.c_str(), AT_REMOVEDIR) == 0) return true;
  if (errno == ENOENT || errno == ENODEV) return true;
  if (errno == EBUSY) return false;
  throw Error(errno, "rmdir", name);
}

[[noreturn]] void report_survivors(const std::string& path) {
  std::string pids;
  for (pid_t pid : processes(path)) pids += " " + std::to_string(pid);
  throw Error("unable to remove container's cgroup: " + path +
              " still has processes after 10 s:" + (pids.empty() ? " none that we can see" : pids));
}

void remove_subtree(const std::string& path) {
  Patience patience;
  for (;;) {
    // Opened first, so that nothing but a cgroup is ever removed, whatever a record says.
    auto directory = open_cgroup(path);
    if (!directory || try_remove_directory(AT_FDCWD, path)) return;
    write_if_there(*directory, path, "cgroup.kill", "1");
    if (!wait_for_event(*directory, "populated", 0, patience)) report_survivors(path);
    walk(*directory, {.enter = {}, .leave = [](const Fd& parent, const std::string& name) {
                        try_remove_directory(parent.get(), name);
                      }});
    if (try_remove_directory(AT_FDCWD, path)) return;
    if (patience.exhausted()) report_survivors(path);
    patience.pause(Fd());
  }
}

// Nothing without such a cgroup, else whether it got there.
std::optional<bool> set_frozen(const Fd& directory, const std::string& path, bool frozen) {
  if (!write_if_there(directory, path, "cgroup.freeze", frozen ? "1" : "0")) return std::nullopt;
  if (!frozen && !frozen_ancestor(path).empty()) return false;
  Patience patience;
  return wait_for_event(directory, "frozen", frozen ? 1 : 0, patience);
}

}  // namespace

bool is_frozen(const std::string& path) {
  return has_event(path, "frozen");
}

bool is_populated(const std::string& path) {
  return has_event(path, "populated");
}

bool is_frozen_itself(const std::string& path) {
  return trim(read_control(AT_FDCWD, path + "/cgroup.freeze").value_or("")) == "1";
}

std::string frozen_ancestor(const std::string& path) {
  std::string ancestor = parent_path(path);
  // The root has no such file, and what lies above it is none of ours.
  while (auto freeze = read_control(AT_FDCWD, ancestor + "/cgroup.freeze")) {
    if (trim(*freeze) == "1") return ancestor;
    ancestor = parent_path(ancestor);
  }
  return "";
}

bool freeze(const std::string& path) {
  auto directory = open_cgroup(path);
  auto done = directory ? set_frozen(*directory, path, true) : std::nullopt;
  if (!done || *done) return done.has_value();
  // Never half frozen.
  write_if_there(*directory, path, "cgroup.freeze", "0");
  throw Error(path + " could not be frozen within 10 s");
}

bool thaw(const std::string& path) {
  auto directory = open_cgroup(path);
  auto done = directory ? set_frozen(*directory, path, false) : std::nullopt;
  if (!done || *done) return done.has_value();
  std::string ancestor = frozen_ancestor(path);
  if (ancestor.empty()) ancestor = "something above it";
  throw Error(path + " is thawed, but " + ancestor + " is frozen");
}

std::vector<pid_t> processes(const std::string& path) {
  std::vector<pid_t> pids;
  auto top = open_cgroup(path);
  if (!top) return pids;
  walk(*top, {.enter =
                  [&pids](const Fd& directory) {
                    std::string text = read_control(directory.get(), "cgroup.procs").value_or("");
                    for (std::string_view line : split(text, '\n')) {
                      // 0: a process that our pid namespace does not show
                      auto pid = parse_number<pid_t>(line);
                      if (pid && *pid > 0) pids.push_back(*pid);
                    }
                  },
              .leave = {}});
  return pids;
}

bool kill_all(const std::string& path) {
  auto directory = open_cgroup(path);
  return directory && write_if_there(*directory, path, "cgroup.kill", "1");
}

void signal_all(const std::string& path, int signal) {
  if (signal == SIGKILL) {
    kill_all(path);
  } else {
    signal_listed([&path] { return processes(path); }, signal);
  }
}

void remove(const std::string& path, const std::vector<std::string>& parents) {
  if (!path.empty()) remove_subtree(path);
  for (auto parent = parents.rbegin(); parent != parents.rend(); ++parent) {
    // Others may have come to live there.
    if (!open_cgroup(*parent)) continue;
    if (!try_remove_directory(AT_FDCWD, *parent)) return;
  }
  // Made for another container that went before us: whoever leaves last removes them.
  for (std::string parent = parent_path(path); is_marked_created(parent);
       parent = parent_path(parent)) {
    if (!try_remove_directory(AT_FDCWD, parent)) return;
  }
}

uint64_t oom_kills(const std::string& path) {
  auto events = read_control(AT_FDCWD, path + "/memory.events");
  return events ? keyed_value(*events, "oom_kill").value_or(0) : 0;
}

}  // namespace tare::cgroups
