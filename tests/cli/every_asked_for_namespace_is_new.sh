#!/bin/bash
# Shows: ns-1, ns-5
. "$(dirname "$0")/lib.sh"

configure '.linux.namespaces += [{type: "cgroup"}, {type: "time"}]'
script 'cd /proc/self/ns && for n in pid net ipc uts mnt cgroup time; do readlink $n; done'
tare run --bundle "$bundle" c1 > "$work/inside"
for n in pid net ipc uts mnt cgroup time; do readlink /proc/self/ns/$n; done > "$work/outside"
equal "$(comm -12 <(sort "$work/inside") <(sort "$work/outside"))" ''
equal "$(wc -l < "$work/inside")" 7
