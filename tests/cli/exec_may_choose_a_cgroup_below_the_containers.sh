#!/bin/bash
. "$(dirname "$0")/lib.sh"

running
cgroup=$cgroup_mount/$tag/c1
mkdir -p "$cgroup/sub/deep" "$cgroup_mount/$tag/c1-neighbour"
where() { tare exec "$@" c1 tail -n 1 /proc/self/cgroup; }
equal "$(where)" "0::/$tag/c1"
equal "$(where --cgroup /)" "0::/$tag/c1"
equal "$(where --cgroup sub)" "0::/$tag/c1/sub"
equal "$(where --cgroup /sub/deep)" "0::/$tag/c1/sub/deep"
equal "$(where --cgroup cpu,memory:sub --cgroup pids:sub)" "0::/$tag/c1/sub"
for outside in .. ../c1-neighbour sub/../../c1-neighbour; do
  exec_refused "bad sub cgroup path: $outside" --cgroup $outside c1 true
done
exec_refused "can't open cgroup .*/none: no such file or directory" --cgroup none c1 true
exec_refused 'invalid --cgroup argument: sub \(missing' --cgroup sub --cgroup sub c1 true
exec_refused 'invalid --cgroup argument: :sub \(empty' --cgroup :sub c1 true
exec_refused 'controller cpu specified multiple times' --cgroup cpu:sub --cgroup cpu:sub c1 true
rmdir "$cgroup/sub/deep" "$cgroup/sub" "$cgroup_mount/$tag/c1-neighbour"
tare delete --force c1
