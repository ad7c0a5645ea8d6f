#!/bin/bash
# Shows: mounts-8
. "$(dirname "$0")/lib.sh"

mkdir "$work/data"
configure '.mounts += [{destination: "/mnt", source: $s, type: "bind", options: ["bind", "ro", "nosuid", "nodev", "noexec"]}]' \
  --arg s "$work/data"
out=$(inside 'touch /mnt/x 2>&1; grep " /mnt " /proc/self/mountinfo | cut -d " " -f 6')
has "$out" 'Read-only file system'
has "$out" '^ro,nosuid,nodev,noexec'
