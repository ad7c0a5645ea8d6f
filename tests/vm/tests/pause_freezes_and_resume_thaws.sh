# A paused container does not get a single tick.
. "$(dirname "$0")/../lib.sh"
needs pause
bundle 'i=0; while :; do i=$((i + 1)); echo $i >/count; done'
launch
wait_for test -s "$BUNDLE/rootfs/count"
runtime pause c
status_is c paused || fail "state is not paused"
equal "frozen of cgroup.events" "$(counter cgroup.events frozen)" 1
usage=$(counter cpu.stat usage_usec)
sleep 2
equal "CPU time while paused" "$(counter cpu.stat usage_usec)" "$usage"
runtime resume c
moved() { [ "$(counter cpu.stat usage_usec)" -gt "$usage" ]; }
wait_for moved
