#!/bin/bash
# Of a running container; what is not named stays.
. "$(dirname "$0")/../lib.sh"
controller memory cpu pids
podman run -d --name c1 -m 64m --cpus 1 "$IMAGE" >/dev/null
group=$(cgroup_of "$(podman_pid c1)")
value() { cat "$group/$1" "$group/../$1" 2>/dev/null | grep -vx max | grep -v '^max ' | head -n 1; }
podman update -m 128m --pids-limit 60 c1
equal memory.max "$(value memory.max)" 134217728
equal pids.max "$(value pids.max)" 60
equal cpu.max "$(value cpu.max)" '100000 100000'
systemctl daemon-reload
equal 'memory.max after a reload' "$(value memory.max)" 134217728
