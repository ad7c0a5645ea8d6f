#!/bin/bash
. "$(dirname "$0")/lib.sh"

# A cgroup that others made and that cgroup.kill has emptied once.
script true
cgroup=$cgroup_mount/$tag/c1
mkdir -p "$cgroup"
echo 1 > "$cgroup/cgroup.kill"
for _ in 1 2 3; do
  tare run --bundle "$bundle" c1
done
script 'cat /proc/self/cgroup'
has "$(tare run --bundle "$bundle" c1)" "/$tag/c1"
[ -d "$cgroup" ] || fail 'removed a cgroup that it has not made'
rmdir "$cgroup" "$cgroup_mount/$tag"
