#!/bin/bash
. "$(dirname "$0")/lib.sh"

echo 'no program' > "$bundle/rootfs/bin/garbage"
chmod 755 "$bundle/rootfs/bin/garbage"
arguments /bin/garbage
refused 'exec format error' tare run --bundle "$bundle" c1
nothing_left
