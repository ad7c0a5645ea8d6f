#!/bin/bash
. "$(dirname "$0")/lib.sh"

# One more descriptor each time: every step of create is the one that gets none.
script true
failures=0
for limit in $(seq 3 32); do
  (ulimit -n "$limit"; tare run --bundle "$bundle" c1) > "$work/out" 2> "$work/err" < /dev/null && continue
  has "$(cat "$work/err")" 'too many open files'
  equal "$(wc -l < "$work/err")" 1
  tare delete --force c1
  nothing_left
  failures=$((failures + 1))
done
[ "$failures" -ge 10 ] || fail "only $failures limits were too low"
