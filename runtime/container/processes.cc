// A container's processes are those of its cgroup: create makes sure that nobody else is in there,
// and nobody leaves it by himself. Without a cgroup the pid namespace says the same. Namespaces are
// compared by their numbers in nsfs, going up from each process with NS_GET_PARENT (ioctl_ns(2)),
// because the container may have made some below its own.
//
// What ps(1) prints is partly the container's own text. Only the heading says where the number is,
// and a line that has none there is left out.
#include "runtime/container/processes.h"

#include <fcntl.h>
#include <linux/nsfs.h>
#include <sys/ioctl.h>

#include <algorithm>
#include <cerrno>

#include "cgroups/cgroup.h"
#include "runtime/base/error.h"
#include "runtime/base/strings.h"
#include "runtime/base/sys.h"
#include "runtime/container/host_program.h"

namespace tare {
namespace {

// The pid namespace of process `name`; nothing when it is gone or not ours to look at.
Fd try_open_pid_namespace(const Fd& proc, const std::string& name) {
  return Fd(::openat(proc.get(), (name + "/ns/pid").c_str(), O_RDONLY | O_CLOEXEC));
}

bool is_same_or_below(Fd ns, ino_t wanted) {
  while (ns) {
    if (sys::fstat(ns, "pid namespace").st_ino == wanted) return true;
    ns = Fd(::ioctl(ns.get(), NS_GET_PARENT));  // EPERM: beyond our own
  }
  return false;
}

std::vector<pid_t> namespace_members(const ProcessIdentity& init) {
  std::vector<pid_t> pids;
  Fd proc = sys::openat(AT_FDCWD, "/proc", O_RDONLY | O_DIRECTORY);
  Fd own = try_open_pid_namespace(proc, std::to_string(init.pid));
  // Asked in this order: what was opened is init's if it still lives.
  if (!open_process(init)) return pids;
  if (!own) throw Error(errno, "open", "pid namespace of the container");
  ino_t wanted = sys::fstat(own, "pid namespace").st_ino;
  for (const std::string& name : sys::list_directory(proc)) {
    auto pid = parse_number<pid_t>(name);
    if (pid && is_same_or_below(try_open_pid_namespace(proc, name), wanted)) pids.push_back(*pid);
  }
  return pids;
}

}  // namespace

std::vector<pid_t> processes_of(const ContainerRecord& record) {
  std::vector<pid_t> pids;
  if (record.phase == Phase::Creating) return pids;  // who is in the cgroup is not known yet
  if (!record.cgroup.path.empty()) {
    pids = cgroups::processes(record.cgroup.path);
  } else if (record.private_pid_namespace) {
    pids = namespace_members(record.init);
  } else if (open_process(record.init)) {
    throw Error("container " + record.id + " has neither a cgroup nor a pid namespace of its own")
        .with_hint("its processes cannot be told from others");
  }
  std::sort(pids.begin(), pids.end());
  pids.erase(std::unique(pids.begin(), pids.end()), pids.end());
  return pids;
}

std::string select_processes(std::string_view table, const std::vector<pid_t>& pids) {
  auto lines = split(table, '\n');
  auto heading = words(lines.front());
  auto column = std::find(heading.begin(), heading.end(), "PID") - heading.begin();
  size_t index = static_cast<size_t>(column);
  if (index == heading.size()) throw Error("couldn't find PID field in ps output");
  std::string selected(lines.front());
  selected += '\n';
  for (size_t i = 1; i < lines.size(); ++i) {
    auto fields = words(lines[i]);
    if (fields.size() <= index) continue;
    auto pid = parse_number<pid_t>(fields[index]);
    if (pid && std::binary_search(pids.begin(), pids.end(), *pid)) {
      selected.append(lines[i]) += '\n';
    }
  }
  return selected;
}

std::string process_table(const std::vector<std::string>& arguments,
                          const std::vector<pid_t>& pids) {
  std::vector<std::string> command = arguments;
  if (command.empty()) command.emplace_back("-ef");
  command.insert(command.begin(), "ps");
  return select_processes(output_of(command), pids);
}

}  // namespace tare
