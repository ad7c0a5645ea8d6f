#!/bin/bash
# Shows: mounts-6, mounts-30
# With it the type means nothing; without it a type of that name is none.
. "$(dirname "$0")/lib.sh"
mkdir -p "$work/data/sub"
mount -t tmpfs tmpfs "$work/data/sub"
mounts_before=$(cat /proc/self/mountinfo)
touch "$work/data/seen" "$work/data/sub/below"
for type in '"none"' '"bind"' '"tmpfs"' '"nonesuch"' '""' null; do
  configure '.mounts = .mounts[0:5] + [{destination: "/mnt", source: $s, type: $t, options: ["bind"]}]' \
    --arg s "$work/data" --argjson t "$type"
  equal "$(inside 'ls /mnt /mnt/sub')" $'/mnt:\nseen\nsub\n\n/mnt/sub:' "$type"
  configure '.mounts[5].options = ["rbind"]'
  equal "$(inside 'ls /mnt/sub')" below "$type"
done
for type in '"bind"' '"rbind"' '""' null; do
  configure '.mounts[5].type = $t | .mounts[5].options = ["ro"]' --argjson t "$type"
  refused '/mounts/5/type' tare create --bundle "$bundle" c1
  nothing_left
done
