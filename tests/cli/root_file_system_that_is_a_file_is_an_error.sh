#!/bin/bash
# Shows: root-3, bundle-2
. "$(dirname "$0")/lib.sh"

rm -r "$bundle/rootfs"
echo > "$bundle/rootfs"
script true
refused 'not a directory' tare create --bundle "$bundle" c1
nothing_left
