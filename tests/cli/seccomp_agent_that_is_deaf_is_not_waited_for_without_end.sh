#!/bin/bash
# Shows: notify-8
. "$(dirname "$0")/lib.sh"

notify_mkdir
start_other_agent deaf
sleep 0.2
refused 'failed to connect with seccomp agent .* its listener accepts nobody' timeout 30 "$TARE" --root "$root" create --bundle "$bundle" c1
nothing_left
