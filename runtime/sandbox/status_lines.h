// What is told while a command runs: bubblewrap's --json-status-fd.
#pragma once

#include <sys/types.h>

#include <string>

namespace tare::sandbox {

// {"child-pid":N,"pid-namespace":N,…}: the command's process as we see it, and its namespaces.
std::string child_line(pid_t command);
// {"exit-code":N}: as a shell counts.
std::string exit_line(int status);

// Of a reader who is gone there is nobody to tell.
void tell(int fd, const std::string& line);

}  // namespace tare::sandbox
