#!/bin/bash
# Shows: fd-2
. "$(dirname "$0")/lib.sh"

script 'echo "$LISTEN_FDS $LISTEN_PID"; cat <&3'
echo three > "$work/3"
equal "$(LISTEN_FDS=1 tare run --bundle "$bundle" c1 3< "$work/3")" $'1 1\nthree'
script 'echo "<$LISTEN_FDS>"'
equal "$(LISTEN_FDS=1 LISTEN_PID=1 tare run --bundle "$bundle" c1 3< "$work/3")" '<>'
