#!/bin/bash
. "$(dirname "$0")/lib.sh"

# Two processes that count, one of them in a cgroup below the container's.
script 'count() { while :; do date +%s%N > "/tmp/$1"; sleep 0.01; done; }
  count a & count b & wait'
tare run -d --bundle "$bundle" c1 < /dev/null > /dev/null
cgroup=$cgroup_mount/$tag/c1
mkdir "$cgroup/inner"
tail -n 1 "$cgroup/cgroup.procs" > "$cgroup/inner/cgroup.procs"
counts() { cat "$bundle/rootfs/tmp/a" "$bundle/rootfs/tmp/b"; }
changes() { local before; before=$(counts); sleep 0.1; [ "$(counts)" != "$before" ]; }
eventually test -s "$bundle/rootfs/tmp/b"

for round in 1 2; do
  equal "$(tare pause c1 2>&1)" ''
  is_status paused c1
  grep -qx 'frozen 1' "$cgroup/inner/cgroup.events" || fail 'what is below is not frozen'
  ! changes || fail "something runs in a paused container (round $round)"
  equal "$(tare list | awk '$1 == "c1" { print $3 }')" paused
  equal "$(tare resume c1 2>&1)" ''
  is_status running c1
  eventually changes
done
tare delete --force c1
