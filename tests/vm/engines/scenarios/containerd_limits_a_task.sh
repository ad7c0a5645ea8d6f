#!/bin/bash
# Memory and CPU.
. "$(dirname "$0")/../lib.sh"
controller memory cpu
ctr_run -d --memory-limit 67108864 --cpu-quota 50000 --cpu-period 100000 "$IMAGE" c1 sleep 1000
group=$(cgroup_of "$(ctr tasks ls | sed -n 's/^c1 *\([0-9]*\) .*/\1/p')")
equal memory.max "$(cat "$group/memory.max")" 67108864
equal cpu.max "$(cat "$group/cpu.max")" '50000 100000'
