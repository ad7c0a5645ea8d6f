#!/bin/bash
. "$(dirname "$0")/lib.sh"

# Without no_new_privs the filter is loaded early: what comes after it may use no call that a profile
# written for Linux 5.0 does not know.
jq '.linux.seccomp | .syscalls |= map(.names -= ["clone3", "close_range", "openat2", "execveat",
  "faccessat2", "pidfd_open", "pidfd_getfd", "pidfd_send_signal", "mount_setattr", "fchmodat2",
  "epoll_pwait2", "process_madvise", "futex_waitv"]) | .syscalls |= map(select(.names != []))' \
  "$source_root/tests/bundles/engines/docker-default.json" > "$work/profile.json"
has "$(jq -c . "$work/profile.json")" SCMP_ACT_ERRNO
lacks "$(jq -c . "$work/profile.json")" close_range
configure '.process.noNewPrivileges = false | .linux.seccomp = $p[0]' --slurpfile p "$work/profile.json"
has "$(inside 'grep ^Seccomp: /proc/self/status')" '2$'
