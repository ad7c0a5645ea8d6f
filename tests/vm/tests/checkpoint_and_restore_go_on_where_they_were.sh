#!/bin/bash
# Twice, for what was restored has to be a container like any other.
. "$(dirname "$0")/../lib.sh"

bundle "$COUNTER"
quietly c
wait_for counts_beyond 3
for _ in 1 2; do
  checkpoint c
  [ -e "$WORK/images/inventory.img" ] || fail "no images"
  [ -s "$WORK/logs/dump.log" ] || fail "no log in the work path"
  refused 'does not exist' runtime state c
  [ ! -d "$CGROUP" ] || fail "the cgroup is still there"
  stopped_at=$(counted)
  sleep 0.3
  equal "count while there is no container" "$(counted)" "$stopped_at"

  restore --pid-file "$WORK/pid" c
  [ -s "$WORK/logs/restore.log" ] || fail "no log in the work path"
  equal status "$(runtime state c | jq -r .status)" running
  equal "pid file" "$(cat "$WORK/pid")" "$(runtime state c | jq -r .pid)"
  wait_for counts_beyond "$stopped_at"
  at_least "count, which began anew" "$(counted)" "$stopped_at"
  grep -q "$CGROUPS_PATH" "/proc/$(cat "$WORK/pid")/cgroup" || fail "it is in another cgroup"
done
refused 'not stopped' runtime delete c
runtime kill c KILL
wait_for status_is c stopped
runtime delete c
[ ! -d "$CGROUP" ] || fail "the cgroup is still there"
