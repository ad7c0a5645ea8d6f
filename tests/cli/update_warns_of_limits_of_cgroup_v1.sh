#!/bin/bash
. "$(dirname "$0")/lib.sh"

sleeper
tare run -d --bundle "$bundle" c1 < /dev/null > /dev/null
text=$(tare update --cpu-rt-period 1000000 --cpu-rt-runtime 900000 --kernel-memory 1m --kernel-memory-tcp nonsense c1 2>&1)
has "$text" 'cpu.realtimePeriod exists on cgroup v1 only: ignored'
has "$text" 'cpu.realtimeRuntime exists on cgroup v1 only: ignored'
equal "$(grep -c 'Kernel memory settings are ignored' <<< "$text")" 1
equal "$(wc -l <<< "$text")" 3

# With a document, options do not count, wrong ones neither.
text=$(echo '{"memory": {"swappiness": 1}}' | tare update -r - --memory nonsense --cpu-rt-period 1 c1 2>&1)
has "$text" 'memory.swappiness exists on cgroup v1 only: ignored'
equal "$(wc -l <<< "$text")" 1
tare delete --force c1
