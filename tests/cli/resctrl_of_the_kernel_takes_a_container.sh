#!/bin/bash
# The other scripts about resctrl use one of their own; this is the kernel's, where the machine has it.
# Shows: rdt-1, rdt-10, rdt-13, rdt-14
. "$(dirname "$0")/lib.sh"

grep -q resctrl /proc/filesystems || skip 'the kernel or the processor has no resctrl'
resctrl=$(awk '$4 == "/" && $0 ~ / - resctrl / { print $5; exit }' /proc/self/mountinfo)
if [ -z "$resctrl" ]; then
  resctrl=$work/resctrl
  mkdir "$resctrl"
  mount -t resctrl resctrl "$resctrl" || skip 'resctrl cannot be mounted'
  mounts_before=$(cat /proc/self/mountinfo)
fi
group=$resctrl/$tag

sleeper
monitoring=false
[ ! -d "$resctrl/mon_groups" ] || monitoring=true
schemata=$(sed 's/ //g' "$resctrl/schemata" | head -n 1)  # of the default group: certainly possible
configure '.linux.intelRdt = {enableMonitoring: $m, schemata: [$s]}' --argjson m $monitoring --arg s "$schemata"
tare create --bundle "$bundle" "$tag" < /dev/null > /dev/null
equal "$(cat "$group/tasks")" "$(pid_of "$tag")"
equal "$(sed 's/ //g' "$group/schemata" | head -n 1)" "$schemata"
if $monitoring; then equal "$(cat "$group/mon_groups/$tag/tasks")" "$(pid_of "$tag")"; fi
tare start "$tag"
tare delete --force "$tag"
[ ! -e "$group" ] || fail 'the group is left'

configure '.linux.intelRdt = {schemata: ["X9:0=1"]}'
refused 'write "X9:0=1" to .*: invalid argument \(Unknown or unsupported resource name' \
  tare create --bundle "$bundle" "$tag"
[ ! -e "$group" ] || fail 'the group is left'
