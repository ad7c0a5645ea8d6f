#!/bin/bash
# Shows: cg-1, cg-2
. "$(dirname "$0")/lib.sh"

mkdir -p "$cgroup_mount/$tag/c1"
sleep 1000 &
sleeping=$!
echo $sleeping > "$cgroup_mount/$tag/c1/cgroup.procs"
script true
refused 'not empty' tare create --bundle "$bundle" c1
kill -0 $sleeping
kill $sleeping
wait $sleeping || true
rmdir "$cgroup_mount/$tag/c1" "$cgroup_mount/$tag"
nothing_left
