#!/bin/bash
. "$(dirname "$0")/lib.sh"

script true
for limit in 4 5 6 8 12; do
  (ulimit -n $limit; tare run --bundle "$bundle" c1) > "$work/out" 2> "$work/err" < /dev/null && continue
  has "$(cat "$work/err")" 'too many open files'
  tare delete --force c1
  nothing_left
done
