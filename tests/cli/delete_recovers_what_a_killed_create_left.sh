#!/bin/bash
# SIGKILL in the middle: whatever is left, `delete --force` removes it.
. "$(dirname "$0")/lib.sh"

script 'sleep 9'
tare create --bundle "$bundle" c1 < /dev/null > /dev/null
tare delete c1
for delay in 0.001 0.003 0.006 0.01 0.02 0.04; do
  "$TARE" --root "$root" create --bundle "$bundle" c1 < /dev/null > /dev/null 2>&1 &
  creator=$!
  sleep $delay
  kill -KILL $creator 2> /dev/null || true
  wait $creator 2> /dev/null || true
  status 0 tare delete --force c1
  nothing_left
done
