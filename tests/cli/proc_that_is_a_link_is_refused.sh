#!/bin/bash
# CVE-2019-19921, CVE-2023-27561 and others began here.
. "$(dirname "$0")/lib.sh"

mkdir "$bundle/rootfs/elsewhere"
rmdir "$bundle/rootfs/proc"
ln -s elsewhere "$bundle/rootfs/proc"
script true
refused 'proc at /proc: .*must be mounted on ordinary directory' tare create --bundle "$bundle" c1
nothing_left
