#!/bin/bash
# Shows: cg-3, mem-1, pids-1
. "$(dirname "$0")/lib.sh"

grep -qw memory "$cgroup_mount/cgroup.controllers" || skip 'no memory controller on the cgroup2 hierarchy'
configure '.linux.resources = {memory: {limit: 67108864}, pids: {limit: 20}}'
sleeper
tare create --bundle "$bundle" c1 < /dev/null > /dev/null
equal "$(cat "$cgroup_mount/$tag/c1/memory.max")" 67108864
equal "$(cat "$cgroup_mount/$tag/c1/pids.max")" 20
tare delete c1
