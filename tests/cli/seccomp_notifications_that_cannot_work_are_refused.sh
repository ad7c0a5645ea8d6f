#!/bin/bash
# Shows: notify-10, notify-12, sec-6
. "$(dirname "$0")/lib.sh"

not_created() {
  refused "$1" tare create --bundle "$bundle" c1
  nothing_left
}
notify write
not_created 'SCMP_ACT_NOTIFY cannot be used for the write syscall'
notify mkdir
configure '.linux.seccomp.defaultAction = "SCMP_ACT_NOTIFY"'
not_created 'SCMP_ACT_NOTIFY cannot be used as default action'
notify mkdir
configure 'del(.linux.seccomp.listenerPath)'
not_created 'seccomp listenerPath is not set'
configure 'del(.linux.seccomp.syscalls) | .linux.seccomp.listenerMetadata = "m"'
not_created 'listenerMetadata: must not be set without listenerPath'
