#!/bin/bash
. "$(dirname "$0")/lib.sh"

mkdir "$work/data"
for destination in /proc/sys /proc/self /proc/1/attr; do
  configure '.mounts = .mounts[0:5] + [{destination: $d, source: $s, type: "bind", options: ["bind"]}]' \
    --arg d "$destination" --arg s "$work/data"
  refused 'proc' tare create --bundle "$bundle" c1
  nothing_left
done
