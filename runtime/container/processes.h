// The processes of a container, as our pid namespace numbers them.
#pragma once

#include <sys/types.h>

#include <string>
#include <string_view>
#include <vector>

#include "runtime/container/record.h"

namespace tare {

// Of its whole cgroup, ascending. Of a container without one, if it has a pid namespace of its own:
// those of that namespace and of the namespaces below it; else throws, since nothing tells its
// processes from others. None when it is stopped and nothing outlived it.
std::vector<pid_t> processes_of(const ContainerRecord& record);

// The heading and those lines of a table of ps(1) whose PID is one of `pids`, which is ascending.
// Throws "couldn't find PID field in ps output".
std::string select_processes(std::string_view table, const std::vector<pid_t>& pids);

// The table that the host's ps prints with these arguments (none: "-ef"), cut down to `pids`.
std::string process_table(const std::vector<std::string>& arguments,
                          const std::vector<pid_t>& pids);

}  // namespace tare
