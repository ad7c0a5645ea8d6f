#!/bin/bash
# One line, which go-runc decodes into unsigned integers.
. "$(dirname "$0")/lib.sh"

script 'i=0; while [ $i -lt 20000 ]; do i=$((i + 1)); done; sleep 1000 & sleep 1000 & wait'
tare create --bundle "$bundle" c1 < /dev/null > /dev/null
equal "$(tare events --stats c1 2>&1 | jq .data.pids.current)" 1 created
tare start c1
cgroup=$cgroup_mount/$tag/c1
three() { [ "$(wc -l < "$cgroup/cgroup.procs")" = 3 ]; }
eventually three
equal "$(tare events --stats c1 2>&1 | wc -l)" 1
statistics=$(tare events --stats --interval=1h c1 2>&1)
data() { jq -c "$1" <<< "$statistics"; }
equal "$(data 'del(.data)')" '{"type":"stats","id":"c1"}'
equal "$(data '.data | keys_unsorted[:8]')" \
  '["cpu","cpuset","memory","pids","blkio","hugetlb","intel_rdt","network_interfaces"]'
equal "$(data '[.data | del(.. | .psi?) | .. | numbers | select(. < 0 or . != floor)]')" '[]' 'odd numbers'

usage=$(awk '$1 == "usage_usec" { print $2 * 1000 }' "$cgroup/cpu.stat")
[ "$(data .data.cpu.usage.total)" -gt 0 ] || fail "no time was used"
[ "$(data .data.cpu.usage.total)" -le "$usage" ] || fail "$(data .data.cpu.usage) is more than $usage"
equal "$(data .data.pids.current)" 3
if [ -e "$cgroup/cpu.pressure" ]; then
  equal "$(data '.data.cpu.psi | map_values(keys)')" \
    '{"some":["avg10","avg300","avg60","total"],"full":["avg10","avg300","avg60","total"]}'
fi
sizes=$(cd "$cgroup" && ls | sed -n 's/^hugetlb\.\([0-9]*[KMG]B\)\.current$/\1/p' | sort)
equal "$(data '.data.hugetlb | keys[]' | tr -d '"')" "$sizes"
equal "$(data '.data.network_interfaces | map(.Name)')" '["lo"]'
equal "$(data '.data.network_interfaces[0] | keys_unsorted')" '["Name","RxBytes","RxPackets","RxErrors","RxDropped","TxBytes","TxPackets","TxErrors","TxDropped"]'
equal "$(data .data.intel_rdt)" '{}'

tare kill c1 KILL
eventually is_status stopped c1
refused '^container with id c1 is not running$' tare events --stats c1
refused '^container with id c1 is not running$' tare events c1
tare delete c1
refused '^container does not exist$' tare events --stats c1

# The interfaces of the host are not the container's.
configure '.linux.namespaces |= map(select(.type != "network")) | .mounts |= map(select(.type != "sysfs"))'
tare create --bundle "$bundle" c1 < /dev/null > /dev/null
equal "$(tare events --stats c1 | jq .data.network_interfaces)" null
tare delete c1
tare --cgroup-manager disabled create --bundle "$bundle" c1 < /dev/null > /dev/null
statistics=$(tare events --stats c1 2>&1)
equal "$(data '.data | .cpu.usage, .pids, .blkio, .hugetlb, .memory.usage')" \
  $'{"kernel":0,"user":0}\n{}\n{}\n{}\n{"limit":0,"failcnt":0}' 'without a cgroup'
equal "$(data '.data.network_interfaces')" null
refused 'has no cgroup' tare events c1
tare delete c1
