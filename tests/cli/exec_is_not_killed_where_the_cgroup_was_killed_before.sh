#!/bin/bash
# Linux 6.18 kills what is born into a cgroup whose cgroup.kill was ever written.
. "$(dirname "$0")/lib.sh"

running
mkdir "$cgroup_mount/$tag/c1/sub"
echo 1 > "$cgroup_mount/$tag/c1/sub/cgroup.kill"
equal "$(tare exec --cgroup sub c1 echo alive)" alive
rmdir "$cgroup_mount/$tag/c1/sub"
tare delete --force c1
# A cgroup that was there before the container.
mkdir -p "$cgroup_mount/$tag/c1"
echo 1 > "$cgroup_mount/$tag/c1/cgroup.kill"
running
equal "$(tare exec c1 echo alive)" alive
tare delete --force c1
rmdir "$cgroup_mount/$tag/c1" "$cgroup_mount/$tag" 2> /dev/null || true
