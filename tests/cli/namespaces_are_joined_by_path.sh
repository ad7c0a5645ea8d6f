#!/bin/bash
# Shows: ns-3
. "$(dirname "$0")/lib.sh"

unshare --net --uts sh -c 'hostname joined; exec sleep 1000' &
holder=$!
eventually sh -c "[ \"\$(nsenter -u -t $holder hostname)\" = joined ]"
configure '.linux.namespaces |= map(if .type == "network" then .path = "/proc/\($p)/ns/net"
  elif .type == "uts" then .path = "/proc/\($p)/ns/uts" else . end) | del(.hostname)' --arg p $holder
equal "$(inside 'readlink /proc/self/ns/net; hostname')" "$(readlink /proc/$holder/ns/net)"$'\njoined'
kill $holder
