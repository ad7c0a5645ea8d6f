#!/bin/bash
# Shows: ns-3
. "$(dirname "$0")/lib.sh"

sleeper
tare run -d --bundle "$bundle" c1 < /dev/null > /dev/null
configure '.linux.namespaces |= map(if .type == "pid" then .path = "/proc/\($p)/ns/pid" else . end)
  | .linux.cgroupsPath = "/\($t)/c2"' --arg p "$(pid_of)" --arg t "$tag"
script 'readlink /proc/self/ns/pid; test $$ != 1 && ls -d /proc/1'
equal "$(tare run --bundle "$bundle" c2)" "$(readlink "/proc/$(pid_of)/ns/pid")"$'\n/proc/1'
equal "$(state_of)" running
tare delete --force c1
