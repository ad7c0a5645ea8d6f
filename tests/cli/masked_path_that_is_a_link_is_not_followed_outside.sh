#!/bin/bash
# Shows: mask-3
. "$(dirname "$0")/lib.sh"

mkdir "$work/outside"
echo visible > "$work/outside/file"
ln -s "$work/outside" "$bundle/rootfs/link"
configure '.linux.maskedPaths = ["/link"]'
script true
status 0 tare run --bundle "$bundle" c1
equal "$(cat "$work/outside/file")" visible
nothing_left
