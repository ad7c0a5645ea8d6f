#!/bin/bash
# Shows: mounts-9
. "$(dirname "$0")/lib.sh"

mkdir -p "$work/data/sub"
mount -t tmpfs tmpfs "$work/data/sub"
mounts_before=$(cat /proc/self/mountinfo)
configure '.mounts += [{destination: "/mnt", source: $s, type: "bind", options: ["rbind", "rro"]}]' --arg s "$work/data"
has "$(inside 'touch /mnt/sub/x 2>&1')" 'Read-only file system'
