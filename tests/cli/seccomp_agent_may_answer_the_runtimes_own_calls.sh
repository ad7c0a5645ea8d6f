#!/bin/bash
# Shows: notify-1, sec-10, sec-11
# Every call that tare-init makes between the filter and the program waits for an agent, which therefore
# has to have the listener before the first of them.
. "$(dirname "$0")/lib.sh"

start_agent
notify accept4 capset close close_range execve exit_group faccessat2 fchdir getcwd getppid openat openat2 \
  prctl recvfrom recvmsg sched_yield sendmmsg sendmsg setgroups setresgid setresuid statx umask wait4
for new_privileges in true false; do
  configure ".process.noNewPrivileges = $new_privileges"
  equal "$(inside 'echo it runs')" 'it runs' "noNewPrivileges $new_privileges"
done
# A startContainer hook runs under the filter, too.
notify_mkdir
configure '.hooks = {startContainer: [{path: "/bin/mkdir", args: ["mkdir", "/tmp/hook"]}]}'
equal "$(inside 'ls /tmp')" hook-agent
