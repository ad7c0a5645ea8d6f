#!/bin/bash
# In the cgroup that systemd delegates to the user.
. "$(dirname "$0")/../lib.sh"
controller memory pids
ends 0 rootless "podman run -d --name c1 --network none -m 64m --pids-limit 50 $IMAGE sleep 1000"
pid=$(rootless "podman inspect -f '{{.State.Pid}}' c1")
group=$(cgroup_of "$pid")
value() { cat "$group/$1" "$group/../$1" 2>/dev/null | grep -vx max | head -n 1; }
equal memory.max "$(value memory.max)" 67108864
equal pids.max "$(value pids.max)" 50
ends 0 rootless "podman update -m 128m c1"
equal memory.max "$(value memory.max)" 134217728
