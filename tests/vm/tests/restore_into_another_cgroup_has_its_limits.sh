#!/bin/bash
# Limits are the configuration's, not those of the images, in every way of managing cgroups that may
# not overwrite them. The mount options of the host's cgroup2 stay (the suite looks at the mount table).
. "$(dirname "$0")/../lib.sh"

for mode in '' ignore soft; do
  bundle "$COUNTER" '.linux.resources = {memory: {limit: 67108864}, pids: {limit: 50}}'
  quietly c
  wait_for counts_beyond 1
  checkpoint ${mode:+--manage-cgroups-mode "$mode"} c
  [ ! -d "$CGROUP" ] || fail "$mode: the cgroup is still there"
  edit_config '.linux.cgroupsPath = "/tare-test/elsewhere/deep" | .linux.resources.pids.limit = 40'
  restore ${mode:+--manage-cgroups-mode "$mode"} c
  wait_for counts_beyond "$(counted)"
  equal "$mode: limit of processes" "$(cat "$CGROUP_ROOT/tare-test/elsewhere/deep/pids.max")" 40
  equal "$mode: limit of memory" "$(cat "$CGROUP_ROOT/tare-test/elsewhere/deep/memory.max")" 67108864
  contains "$mode: its cgroup" "$(cat "/proc/$(runtime state c | jq .pid)/cgroup")" ':/tare-test/elsewhere/deep$'
  [ ! -d "$CGROUP" ] || fail "$mode: the old cgroup is back"
  runtime delete --force c
  [ ! -d "$CGROUP_ROOT/tare-test/elsewhere" ] || fail "$mode: the cgroup is left"
  rm -r "$WORK/images" "$BUNDLE/rootfs/tmp/count"
done
