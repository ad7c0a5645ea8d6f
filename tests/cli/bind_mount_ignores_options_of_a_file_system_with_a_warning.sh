#!/bin/bash
# Shows: mounts-11
. "$(dirname "$0")/lib.sh"

mkdir "$work/shared"
touch "$work/shared/file"
configure '.mounts += [{destination: "/mnt", source: $s, options: ["bind", "ro", "mode=755,size=1k"]}]' --arg s "$work/shared"
script 'ls /mnt; ! touch /mnt/x 2> /dev/null'
equal "$(tare run --bundle "$bundle" c1 2> "$work/err")" file
equal "$(grep -c 'do nothing in a bind mount: "mode=755,size=1k"' "$work/err")" 1

configure '.mounts[-1].options = ["bind", "context=system_u:object_r:x:s0"]'
refused 'a bind mount cannot have a label of its own' tare run --bundle "$bundle" c1
