#!/bin/bash
. "$(dirname "$0")/lib.sh"

running
echo 1 > "$cgroup_mount/$tag/c1/cgroup.freeze"
eventually is_status paused c1
exec_refused 'cannot exec in a paused container \(use --ignore-paused to override\)$' c1 true
tare exec --ignore-paused c1 echo thawed > "$work/said" &
waiting=$!
sleep 0.3
[ ! -s "$work/said" ] || fail 'it ran in a frozen cgroup'
echo 0 > "$cgroup_mount/$tag/c1/cgroup.freeze"
wait $waiting
equal "$(cat "$work/said")" thawed
tare delete --force c1
