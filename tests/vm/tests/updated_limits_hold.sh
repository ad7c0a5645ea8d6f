# What an update writes is in force for what runs already: no memory below its use, no further process.
# Shows: pids-1, mem-9
. "$(dirname "$0")/../lib.sh"
bundle 'while :; do sleep 0.2; echo forks; done' \
  '.linux.resources = {pids: {limit: 20}, memory: {limit: 67108864}}'
launch
wait_for grep -q forks "$WORK/output"
refused 'rejecting memory limit' runtime update -r - c <<<'{"memory": {"limit": 1024, "checkBeforeUpdate": true}}'
refused 'rejecting memory\+swap limit' runtime update -r - c \
  <<<'{"memory": {"limit": 1024, "swap": 2048, "checkBeforeUpdate": true}}'
equal memory.max "$(limit memory.max)" 67108864
wait_for status_is c running

runtime pause c
runtime update --pids-limit 1 c
wait_for status_is c paused
equal pids.max "$(limit pids.max)" 1
runtime resume c
wait_for grep -q "can't fork" "$WORK/output"
