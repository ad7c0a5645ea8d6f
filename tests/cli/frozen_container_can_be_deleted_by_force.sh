#!/bin/bash
. "$(dirname "$0")/lib.sh"

sleeper
tare run -d --bundle "$bundle" c1 < /dev/null > /dev/null
echo 1 > "$cgroup_mount/$tag/c1/cgroup.freeze"
eventually is_status paused c1
timeout 10 "$TARE" --root "$root" delete --force c1
nothing_left
