#!/bin/bash
. "$(dirname "$0")/lib.sh"

running
cgroup=$cgroup_mount/$tag/c1
pid=$(pid_of)
where() { tare exec "$@" c1 tail -n 1 /proc/self/cgroup; }
mkdir "$cgroup/foo"
for process in $(cat "$cgroup/cgroup.procs"); do echo "$process" > "$cgroup/foo/cgroup.procs" || true; done
# The container's own cgroup still takes processes,
equal "$(where)" "0::/$tag/c1"
# until it gives controllers to its children.
controller=$(cut -d ' ' -f 1 "$cgroup/cgroup.controllers")
if [ -n "$controller" ]; then
  eventually sh -c "for p in \$(cat $cgroup/cgroup.procs); do echo \$p > $cgroup/foo/cgroup.procs; done; echo +$controller > $cgroup/cgroup.subtree_control"
  equal "$(where)" "0::/$tag/c1/foo"
  exec_refused ' adding pid [0-9]+ to cgroups.*device or resource busy' --cgroup / c1 true
  equal "$(where --cgroup foo)" "0::/$tag/c1/foo"
  echo "-$controller" > "$cgroup/cgroup.subtree_control"
fi
# Gone altogether: init's.
mkdir "$cgroup_mount/$tag-elsewhere"
eventually sh -c "cat $cgroup/cgroup.procs $cgroup/foo/cgroup.procs | while read p; do echo \$p > $cgroup_mount/$tag-elsewhere/cgroup.procs; done; rmdir $cgroup/foo $cgroup"
equal "$(where)" "0::/$tag-elsewhere"
kill -KILL "$pid"
tare delete --force c1
eventually rmdir "$cgroup_mount/$tag-elsewhere"
