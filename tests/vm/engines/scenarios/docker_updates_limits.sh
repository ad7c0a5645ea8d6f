#!/bin/bash
# Of a running container; what is not named stays, and the systemd unit knows it too.
. "$(dirname "$0")/../lib.sh"
controller memory cpu pids
docker run -d --name c1 -m 64m --memory-swap 64m --pids-limit 50 --cpus 1 "$IMAGE" >/dev/null
group=$(cgroup_of "$(docker_pid c1)")
docker update --memory 128m --memory-swap 160m c1
equal memory.max "$(cat "$group/memory.max")" 134217728
equal memory.swap.max "$(cat "$group/memory.swap.max")" 33554432
equal pids.max "$(cat "$group/pids.max")" 50
equal cpu.max "$(cat "$group/cpu.max")" '100000 100000'
docker update --cpus 0.5 --pids-limit 60 c1
equal cpu.max "$(cat "$group/cpu.max")" '50000 100000'
equal pids.max "$(cat "$group/pids.max")" 60
equal memory.max "$(cat "$group/memory.max")" 134217728
systemctl daemon-reload
equal 'memory.max after a reload' "$(cat "$group/memory.max")" 134217728
equal 'pids.max after a reload' "$(cat "$group/pids.max")" 60
