#!/bin/bash
# On cgroups, when the configuration asks for neither one nor limits.
. "$(dirname "$0")/lib.sh"

ordinary_user
script 'echo fine'
for when in '' --rootless=auto '--rootless auto' --rootless=true; do
  equal "$(user_tare $when run --bundle "$bundle" c1)" fine "$when"
done
refused 'permission denied' user_tare --rootless=false run --bundle "$bundle" c1
nothing_left
configure '.linux.cgroupsPath = "/\($t)/c1"' --arg t "$tag"
refused 'unable to apply cgroup configuration: rootless needs no limits .*permission denied' user_tare --rootless=true run --bundle "$bundle" c1
nothing_left
