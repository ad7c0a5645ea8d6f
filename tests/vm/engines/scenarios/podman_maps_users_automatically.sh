#!/bin/bash
# --userns=auto: a range that nobody else has.
. "$(dirname "$0")/../lib.sh"
grep -q '^containers:' /etc/subuid || { echo containers:200000:655360 | tee -a /etc/subuid >>/etc/subgid; }
podman run -d --name c1 --userns auto "$IMAGE" >/dev/null
podman run -d --name d1 --userns auto:size=2000 "$IMAGE" >/dev/null
says 0 podman exec c1 id -u
first=$(stat -c %u "/proc/$(podman_pid c1)") second=$(stat -c %u "/proc/$(podman_pid d1)")
at_least 'first user' "$first" 200000
at_least 'first user of the other' "$second" 200000
[ "$first" != "$second" ] || fail 'both have the same range'
contains 'map' "$(podman exec d1 cat /proc/self/uid_map)" ' 2000$'
podman run --rm --uidmap 0:300000:1000 --gidmap 0:300000:1000 "$IMAGE" touch /x
