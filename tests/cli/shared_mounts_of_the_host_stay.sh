#!/bin/bash
# The container lets go of the host's mounts; where those are shared that must not reach the host.
. "$(dirname "$0")/lib.sh"
mount --make-rshared /
mounts_before=$(cat /proc/self/mountinfo)
inside true
equal "$(cat /proc/self/mountinfo)" "$mounts_before"
tare run --no-pivot --bundle "$bundle" c1
equal "$(cat /proc/self/mountinfo)" "$mounts_before"
configure '.linux.namespaces |= map(select(.type != "mount")) | del(.linux.maskedPaths, .linux.readonlyPaths)'
tare run --bundle "$bundle" c1
equal "$(awk '{ print $5 }' /proc/self/mountinfo)" "$(awk '{ print $5 }' <<< "$mounts_before")"
