#!/bin/bash
# For roots that pivot_root(2) refuses; what was mounted below them stays out of reach all the same.
. "$(dirname "$0")/lib.sh"

script 'ls /; cat /proc/1/comm; grep -c . /proc/self/mountinfo'
out=$(tare run --no-pivot --bundle "$bundle" c1)
has "$out" '^proc$'
has "$out" '^sh$'
lacks "$out" '^(home|boot|srv|opt)$'

# No full view of /proc is left, however often it is mounted: it would let a nested user namespace have one
# without our masks.
mkdir -p "$work/proc"
for target in /proc "$work/proc"; do mount -t proc proc "$target"; done
mounts_before=$(cat /proc/self/mountinfo)
configure '.process.capabilities |= map_values(. + ["CAP_SETFCAP"])'
script 'unshare -mrpf mount -t proc proc /proc 2>&1'
status 1 tare run --no-pivot --bundle "$bundle" c1
has "$(cat "$work/out")" 'permission denied|Operation not permitted'
