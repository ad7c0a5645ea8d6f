#!/bin/bash
# At creation, and its own limit of processes without being asked.
. "$(dirname "$0")/../lib.sh"
controller memory cpu pids
podman run -d --name c1 -m 64m --memory-swap 96m --cpus 0.5 "$IMAGE" >/dev/null
group=$(cgroup_of "$(podman_pid c1)")
value() { cat "$group/$1" "$group/../$1" 2>/dev/null | grep -vx max | grep -v '^max ' | head -n 1; }
equal memory.max "$(value memory.max)" 67108864
equal memory.swap.max "$(value memory.swap.max)" 33554432
equal cpu.max "$(value cpu.max)" '50000 100000'
equal pids.max "$(value pids.max)" 2048
