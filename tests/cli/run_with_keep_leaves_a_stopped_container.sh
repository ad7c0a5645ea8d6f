#!/bin/bash
# Shows: state-6, state-7
# BuildKit reads state and cgroup after the end.
. "$(dirname "$0")/lib.sh"

script 'exit 3'
status 3 tare run --keep --bundle "$bundle" c1
equal "$(state_of)" stopped
equal "$(pid_of)" 0
[ -d "$cgroup_mount/$tag/c1" ] || fail 'the cgroup is gone'
tare delete c1
