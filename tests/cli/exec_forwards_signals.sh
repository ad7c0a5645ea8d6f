#!/bin/bash
. "$(dirname "$0")/lib.sh"

running
"$TARE" --root "$root" exec c1 sh -c 'trap "echo got; exit 7" USR1; echo up; while :; do sleep 0.1; done' \
  < /dev/null > "$work/out" 2>&1 &
runner=$!
eventually grep -q up "$work/out"
kill -USR1 $runner
got=0
wait $runner || got=$?
equal $got 7
has "$(cat "$work/out")" got
equal "$(state_of)" running
tare delete --force c1
