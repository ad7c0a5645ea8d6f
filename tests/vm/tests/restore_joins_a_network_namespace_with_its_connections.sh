#!/bin/bash
# The namespace is the engine's, and outlives both containers; a connection in it is taken up again.
. "$(dirname "$0")/../lib.sh"

unshare --net sleep 1000 &
ns=/proc/$!/ns/net
holder=$!
trap 'kill "$holder"; clean_up' EXIT
apart() { [ "$(readlink "$ns")" != "$(readlink /proc/self/ns/net)" ]; }
wait_for apart
nsenter --net="$ns" ip link set lo up
bundle 'mkfifo /tmp/q; nc -l -p 700 -e sh -c "while read x; do echo \$x \$x; done" & sleep 1
  exec 3<>/tmp/q; nc 127.0.0.1 700 <&3 >/tmp/answers & sleep 1
  i=0; while :; do i=$((i+1)); echo $i >&3; echo $i >/tmp/count; sleep 0.2; done' \
  '(.linux.namespaces[] | select(.type == "network")).path = "'"$ns"'"'
quietly c
answers() { wc -l <"$BUNDLE/rootfs/tmp/answers"; }
answered() { [ "$(answers)" -gt "$1" ]; }
wait_for answered 2
refused 'criu failed: type DUMP' runtime checkpoint --image-path "$WORK/images" --work-path "$WORK/logs" c
checkpoint --tcp-established c
before=$(answers)
restore --tcp-established c
equal "namespace" "$(stat -Lc %i "/proc/$(runtime state c | jq .pid)/ns/net")" "$(stat -Lc %i "$ns")"
wait_for answered "$((before + 2))"
runtime delete --force c
