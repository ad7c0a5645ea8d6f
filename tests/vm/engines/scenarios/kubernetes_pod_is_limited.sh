#!/bin/bash
# Resources of a container, and their change while it runs.
. "$(dirname "$0")/../lib.sh"
controller memory cpu
pod=$(cri pod p1 "$HANDLER" "$PARENT")
one=$(cri container "$pod" one '{"memory": 67108864, "cpu_quota": 50000, "cpu_period": 100000, "cpu_shares": 512}' -- sleep 1006)
group=$(cgroup_of "$(pgrep -f 'sleep 100[6]' | head -n 1)")
equal memory.max "$(cat "$group/memory.max")" 67108864
equal cpu.max "$(cat "$group/cpu.max")" '50000 100000'
cri update "$one" '{"memory": 134217728}'
equal memory.max "$(cat "$group/memory.max")" 134217728
equal cpu.max "$(cat "$group/cpu.max")" '50000 100000'
cri update "$one" '{"cpu_quota": 70000, "cpu_period": 100000}'
equal cpu.max "$(cat "$group/cpu.max")" '70000 100000'
