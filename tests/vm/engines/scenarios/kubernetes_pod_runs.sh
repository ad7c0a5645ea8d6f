#!/bin/bash
# Through CRI, as the kubelet does: a sandbox of the RuntimeClass, two containers, probes, the end of each.
. "$(dirname "$0")/../lib.sh"
pod=$(cri pod p1 "$HANDLER" "$PARENT")
one=$(cri container "$pod" one -- sh -c 'trap "exit 5" TERM; while :; do sleep 0.1; done')
two=$(cri container "$pod" two -- sh -c 'sleep 1005 & sleep 0.5; exit 3')
says hello cri exec "$one" echo hello
ends 7 cri exec "$one" sh -c 'exit 7'
for i in 1 2 3; do says "$i" cri exec "$one" echo "$i"; done
ends 1 cri exec "$one" no-such-program
contains 'message' "$OUTPUT" 'executable file .*not found in \$PATH'
wait_for sh -c "$CRI status $two | grep -x 'exited 3'"
cri remove "$two"
says 'running 0' cri status "$one"
cri stop "$one" 10
says 'exited 5' cri status "$one"
cri remove "$one"
# What cannot be started says why.
ends 1 cri container "$pod" three -- /no/such/program
contains 'message' "$OUTPUT" 'no such file or directory'
cri stop-pod "$pod"
cri remove-pod "$pod"
wait_for sh -c '! pgrep -f "sleep 100[5]"'
