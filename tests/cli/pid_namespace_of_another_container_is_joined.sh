#!/bin/bash
# Shows: ns-3, state-7
. "$(dirname "$0")/lib.sh"

sleeper
tare run -d --bundle "$bundle" c1 < /dev/null > /dev/null
configure '.linux.namespaces |= map(if .type == "pid" then .path = "/proc/\($p)/ns/pid" else . end)
  | .linux.cgroupsPath = "/\($t)/c2"' --arg p "$(pid_of)" --arg t "$tag"
# A hook inside is told the number that its container has there.
configure '.hooks.startContainer = [{path: "/bin/sh", args: ["sh", "-c", "cat > /tmp/state"]}]'
script 'echo $$; exit 0'
pid=$(tare run --bundle "$bundle" c2)
equal "$(jq .pid "$bundle/rootfs/tmp/state")" "$pid"
[ "$pid" != 1 ] || fail 'it is the first process there'
configure 'del(.hooks)'
script 'readlink /proc/self/ns/pid; test $$ != 1 && ls -d /proc/1'
equal "$(tare run --bundle "$bundle" c2)" "$(readlink "/proc/$(pid_of)/ns/pid")"$'\n/proc/1'
equal "$(state_of)" running
tare delete --force c1
