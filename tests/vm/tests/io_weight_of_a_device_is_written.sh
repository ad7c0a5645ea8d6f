# A weight of one device stands in the file of whoever shares out its time: BFQ, or the cost model.
# Shows: blk-2
. "$(dirname "$0")/../lib.sh"
disk=$(lsblk -dnro MAJ:MIN,TYPE | awk '$2 == "disk" { print $1; exit }')
[ -n "$disk" ] || skip "no disk"
[ -e "$CGROUP_ROOT/io.cost.qos" ] || skip "this kernel has no cost model for block devices"
trap 'echo "$disk enable=0" >"$CGROUP_ROOT/io.cost.qos"; clean_up' EXIT
echo "$disk enable=1" >"$CGROUP_ROOT/io.cost.qos"
bundle true
edit_config '.linux.resources.blockIO = {weightDevice: [{weight: 1000, major: ($disk | split(":")[0] | tonumber),
  minor: ($disk | split(":")[1] | tonumber)}]}' --arg disk "$disk"
create
contains io.weight "$(limit io.weight)" "^$disk 10000$"
