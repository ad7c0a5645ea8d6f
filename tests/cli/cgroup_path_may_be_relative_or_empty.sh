#!/bin/bash
# Both are beside the runtime's own cgroup; an empty one takes the id.
. "$(dirname "$0")/lib.sh"

mkdir "$cgroup_mount/$tag" "$cgroup_mount/$tag/runtime"
in_cgroup() { (echo $BASHPID > "$cgroup_mount/$tag/runtime/cgroup.procs"; "$@"); }
script 'cat /proc/self/cgroup'
while read -r filter expected; do
  plain_config > "$bundle/config.json"
  configure "$filter"
  script 'grep ^0: /proc/self/cgroup'
  equal "$(in_cgroup tare run --bundle "$bundle" c1)" "0::/$tag/$expected"
done << 'END'
.linux.cgroupsPath="a/b" a/b
.linux.cgroupsPath="" c1
del(.linux.cgroupsPath) c1
END
rmdir "$cgroup_mount/$tag/runtime" "$cgroup_mount/$tag"
