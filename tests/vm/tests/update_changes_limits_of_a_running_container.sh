# update writes the files of the running container; the others keep their values.
. "$(dirname "$0")/../lib.sh"
needs update
bundle 'sleep 1000' '.linux.resources = {pids: {limit: 20}, memory: {limit: 33554432}, cpu: {quota: 20000, period: 100000}}'
launch
runtime update --pids-limit 30 --memory 67108864 c
equal pids.max "$(limit pids.max)" 30
equal memory.max "$(limit memory.max)" 67108864
equal cpu.max "$(limit cpu.max)" "20000 100000"
