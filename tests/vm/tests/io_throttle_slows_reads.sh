# io.max holds: reading 4 MiB from the disk at 1 MiB/s takes seconds.
# Shows: blk-3, cg-3
. "$(dirname "$0")/../lib.sh"
disk=$(lsblk -dnro MAJ:MIN,TYPE | awk '$2 == "disk" { print $1; exit }')
[ -n "$disk" ] || skip "no disk"
throttle='.linux.resources.blockIO = {
  throttleReadBpsDevice: [{major: ($disk | split(":")[0] | tonumber), minor: ($disk | split(":")[1] | tonumber), rate: 1048576}],
  throttleWriteIOPSDevice: [{major: ($disk | split(":")[0] | tonumber), minor: ($disk | split(":")[1] | tonumber), rate: 500}]}'
bundle 'read -r before _ </proc/uptime; cat /data >/dev/null; read -r after _ </proc/uptime
  echo "$((${after%.*} - ${before%.*}))"; sleep 1000'
edit_config "$throttle" --arg disk "$disk"
head -c 4194304 /dev/urandom >"$BUNDLE/rootfs/data"
sync "$BUNDLE/rootfs/data"
create
equal io.max "$(limit io.max)" "$disk rbps=1048576 wbps=max riops=max wiops=500"
echo 1 >/proc/sys/vm/drop_caches
runtime start c
wait_for grep -q . "$WORK/output"
at_least "seconds for 4 MiB at 1 MiB/s" "$(cat "$WORK/output")" 3
