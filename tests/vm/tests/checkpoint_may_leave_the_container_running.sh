#!/bin/bash
# --leave-running, and --pre-dump, after which the images of a later checkpoint hold what has changed.
. "$(dirname "$0")/../lib.sh"

bundle "$COUNTER"
quietly c
wait_for counts_beyond 3
pid=$(runtime state c | jq .pid)
checkpoint --leave-running c
equal "pid" "$(runtime state c | jq .pid)" "$pid"
wait_for counts_beyond "$(counted)"
rm -r "$WORK/images"

runtime checkpoint --pre-dump --image-path "$WORK/earlier" --work-path "$WORK/logs" c
equal status "$(runtime state c | jq -r .status)" running
wait_for counts_beyond "$(counted)"
checkpoint --parent-path ../earlier c
[ -d "$WORK/images/parent/" ] || fail "the images do not know the earlier ones"
stopped_at=$(counted)
restore c
wait_for counts_beyond "$stopped_at"
