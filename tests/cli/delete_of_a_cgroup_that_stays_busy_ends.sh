#!/bin/bash
# Removing a cgroup is bounded: one on which something is mounted cannot be removed.
. "$(dirname "$0")/lib.sh"

arguments /bin/true
tare create --bundle "$bundle" c1 < /dev/null > /dev/null
group=$cgroup_mount/$tag/c1
mount --bind "$group" "$group"
began=$SECONDS
refused "unable to remove container's cgroup: $group still has processes after 10 s: none that we can see" tare delete c1
took=$((SECONDS - began))
[ $took -ge 9 ] && [ $took -le 20 ] || fail "it took $took s"
equal "$(state_of)" stopped
umount "$group"
tare delete c1
