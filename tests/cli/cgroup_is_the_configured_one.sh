#!/bin/bash
# Shows: cgp-2, cgp-4, cgp-7
. "$(dirname "$0")/lib.sh"

configure '.linux.cgroupsPath = "/\($t)/deep/c1"' --arg t "$tag"
sleeper
tare create --bundle "$bundle" c1 < /dev/null > /dev/null
has "$(cat "/proc/$(pid_of)/cgroup")" "^0::.*/$tag/deep/c1$"
tare delete c1
[ ! -d "$cgroup_mount/$tag" ] || fail 'parents made for it are left'
