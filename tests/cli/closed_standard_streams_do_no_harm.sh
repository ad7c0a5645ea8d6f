#!/bin/bash
# In all eight combinations no descriptor of ours may become the container's 0, 1 or 2.
. "$(dirname "$0")/lib.sh"

script 'for n in 0 1 2; do readlink /proc/self/fd/$n || echo closed; done > /tmp/fds'
for close in '0<&-' '1>&-' '2>&-' '0<&- 1>&-' '0<&- 2>&-' '1>&- 2>&-' '0<&- 1>&- 2>&-' ''; do
  eval "tare run --bundle '$bundle' c1 $close" || fail "status $? with $close"
  lacks "$(cat "$bundle/rootfs/tmp/fds")" 'socket|memfd|config|state|anon_inode'
done
