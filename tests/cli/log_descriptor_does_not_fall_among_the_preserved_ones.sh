#!/bin/bash
# The log is opened before the container's descriptors are counted.
. "$(dirname "$0")/lib.sh"

arguments /bin/sh -c 'cd /proc/self/fd && for n in 3 4 5 6; do readlink $n; done; true'
out=$(tare --log "$work/log" run --preserve-fds 6 --bundle "$bundle" c1 8< /etc/passwd)
lacks "$out" "$work/log|anon_inode|socket"
