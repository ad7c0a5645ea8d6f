#!/bin/bash
# Shows: mounts-15, mounts-16, mounts-25
. "$(dirname "$0")/lib.sh"

mkdir -p "$work/volume/sub"
mount -t tmpfs below "$work/volume/sub"
touch "$work/volume/top" "$work/volume/sub/below"
chown 1000:1000 "$work/volume/top" "$work/volume/sub/below"
mounts_before=$(cat /proc/self/mountinfo)
configure '.mounts += [{destination: "/data", source: $v,
  uidMappings: [{containerID: 1000, hostID: 2000, size: 1}], gidMappings: [{containerID: 1000, hostID: 2000, size: 1}]}]' \
  --arg v "$work/volume"
look='stat -c %u /data/top; stat -c %u /data/sub/below || true'
expect() {  # OPTIONS SEEN
  configure '.mounts[5].options = $o' --argjson o "$1"
  equal "$(inside "$look" 2> /dev/null)" "$2" "$1"
}
expect '["rbind", "idmap"]' $'2000\n1000'
expect '["rbind"]' $'2000\n1000'
expect '["rbind", "ridmap"]' $'2000\n2000'
expect '["rbind", "ridmap", "ro", "rnosuid", "rslave"]' $'2000\n2000'
expect '["bind", "ridmap"]' 2000
