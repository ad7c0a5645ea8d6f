#!/bin/bash
# Shows: uts-1, uts-2, uts-3, ns-3
. "$(dirname "$0")/lib.sh"

unshare --uts sh -c 'hostname joined; echo before > /proc/sys/kernel/domainname; sleep 1000' &
holder=$!
names='hostname; cat /proc/sys/kernel/domainname'
theirs() { nsenter -u -t $holder sh -c "$names"; }
eventually eval '[ "$(theirs)" = $'\''joined\nbefore'\'' ]'
configure '.linux.namespaces |= map(if .type == "uts" then .path = "/proc/\($p)/ns/uts" else . end)
  | del(.hostname) | .domainname = "after"' --arg p $holder
equal "$(inside "$names")" $'joined\nafter'
equal "$(theirs)" $'joined\nafter'
kill $holder
