#!/bin/bash
# Shows: sec-6
. "$(dirname "$0")/lib.sh"

start_agent
notify_mkdir
configure '.linux.seccomp.flags = ["SECCOMP_FILTER_FLAG_WAIT_KILLABLE_RECV"]'
# That the flag arrives at the kernel can only be seen where it is asked for.
command -v strace > /dev/null || fail 'strace is needed'
script 'mkdir /tmp/x; ls /tmp'
equal "$(strace -f -qq -o "$work/trace" -e trace=seccomp "$TARE" --root "$root" run --bundle "$bundle" c1)" x-agent
has "$(cat "$work/trace")" 'SECCOMP_SET_MODE_FILTER, SECCOMP_FILTER_FLAG_NEW_LISTENER\|(SECCOMP_FILTER_FLAG_WAIT_KILLABLE_RECV|0x20).*\) = [0-9]'
# Without a notification there is nothing to wait for, and nothing wrong with the flag.
configure '.linux.seccomp.syscalls[].action = "SCMP_ACT_ERRNO"'
rm -r "$bundle"/rootfs/tmp/*
has "$(inside 'mkdir /tmp/x 2>&1; true')" 'not permitted'
