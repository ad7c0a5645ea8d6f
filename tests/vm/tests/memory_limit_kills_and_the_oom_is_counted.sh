# A process that takes more than memory.max is killed; the exit code and memory.events say so.
# Shows: mem-1, cg-3
. "$(dirname "$0")/../lib.sh"
limits='.linux.resources.memory = {limit: 16777216, swap: 16777216}'
hungry='dd if=/dev/zero of=/dev/null bs=64M count=1'

bundle "exec $hungry" "$limits"
capture run
equal "exit status" "$STATUS" 137

bundle "$hungry; echo \$?; sleep 1000" "$limits"
launch
wait_for grep -q '^137$' "$WORK/output"
equal memory.max "$(limit memory.max)" 16777216
at_least "oom_kill of memory.events" "$(counter memory.events oom_kill)" 1
wait_for status_is c running
