# A process that exec adds is counted and limited with the others.
. "$(dirname "$0")/../lib.sh"
bundle 'sleep 1000' '.linux.resources.memory = {limit: 16777216, swap: 16777216}'
launch
capture runtime exec c sh -c 'cat /proc/self/cgroup'
equal "cgroup of the new process" "$OUTPUT" "0::/"
capture runtime exec c dd if=/dev/zero of=/dev/null bs=64M count=1
equal "exit status" "$STATUS" 137
at_least "oom_kill of memory.events" "$(counter memory.events oom_kill)" 1
wait_for status_is c running
