#!/bin/bash
# Shows: mounts-29
. "$(dirname "$0")/lib.sh"

echo content > "$work/file"
configure '.mounts += [{destination: "/etc/a/file", source: $s, type: "bind", options: ["bind"]}]' --arg s "$work/file"
equal "$(inside 'cat /etc/a/file')" content
[ -f "$bundle/rootfs/etc/a/file" ] || fail 'not a file'
equal "$(cat "$bundle/rootfs/etc/a/file")" ''
