#!/bin/bash
. "$(dirname "$0")/lib.sh"

sleeper
tare run -d --bundle "$bundle" c1 < /dev/null > /dev/null
above=$cgroup_mount/$tag
freeze() { echo "$1" > "$above/cgroup.freeze"; }

# Frozen from above only: nothing of ours to take back, and it is said where to look.
freeze 1
eventually is_status paused c1
refused "container not paused.*$above" tare resume c1
freeze 0
eventually is_status running c1

# Paused besides: it stays so when the ancestor is thawed.
freeze 1
eventually is_status paused c1
tare pause c1
freeze 0
is_status paused c1
tare resume c1
is_status running c1

# Resumed below a frozen ancestor: said at once, and only the ancestor remains.
tare pause c1
freeze 1
refused "is thawed, but $above is frozen" timeout 5 "$TARE" --root "$root" resume c1
freeze 0
eventually is_status running c1
tare delete --force c1
