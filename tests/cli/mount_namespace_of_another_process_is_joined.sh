#!/bin/bash
# Shows: ns-3
. "$(dirname "$0")/lib.sh"

unshare --mount --propagation private sh -c 'echo up; exec sleep 1000' > "$work/up" &
holder=$!
eventually grep -q up "$work/up"
configure '.linux.namespaces |= map(if .type == "mount" then .path = "/proc/\($p)/ns/mnt" else . end)' --arg p $holder
before=$(sort /proc/self/mountinfo)
equal "$(inside 'readlink /proc/self/ns/mnt')" "$(readlink /proc/$holder/ns/mnt)"
equal "$(sort /proc/self/mountinfo)" "$before"
kill $holder
