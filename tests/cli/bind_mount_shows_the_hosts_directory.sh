#!/bin/bash
# Shows: mounts-2, mounts-5, mounts-29
. "$(dirname "$0")/lib.sh"

mkdir "$work/data"
echo content > "$work/data/file"
configure '.mounts += [{destination: "/mnt/data", source: $s, type: "bind", options: ["rbind"]}]' --arg s "$work/data"
equal "$(inside 'cat /mnt/data/file; echo new > /mnt/data/new')" content
equal "$(cat "$work/data/new")" new
[ -d "$bundle/rootfs/mnt/data" ] || fail 'the mount point was not made'
